#!/bin/sh
# embed.sh [PATH=FILE | FILE...]: writes a C source on standard output that holds each file's octets and the table of asset.h. A file without a path is
# served at / under its own name. The assembler reads the files (.incbin), so that they need not become text first.
set -eu

type_of() {
    case $1 in
    *.html) echo "text/html; charset=utf-8" ;;
    *.js | *.mjs) echo "text/javascript; charset=utf-8" ;;
    *.css) echo "text/css; charset=utf-8" ;;
    *.json) echo "application/json" ;;
    *.svg) echo "image/svg+xml" ;;
    *.png) echo "image/png" ;;
    *.ico) echo "image/x-icon" ;;
    *.woff2) echo "font/woff2" ;;
    *.txt) echo "text/plain; charset=utf-8" ;;
    *) echo "application/octet-stream" ;;
    esac
}

rows=
n=0
echo '/* Made by daemon/web/embed.sh. */'
echo '#include "daemon/web/asset.h"'
for argument in "$@"; do
    case $argument in
    *=*) path=${argument%%=*} file=${argument#*=} ;;
    *) path=/${argument##*/} file=$argument ;;
    esac
    [ -r "$file" ] || { echo "embed: $file cannot be read" >&2; exit 1; }
    sum=$(cksum <"$file")
    sum=${sum% *}-${sum#* }
    printf '__asm__(".section .rodata\\n.balign 16\\nasset_%d:\\n.incbin \\"%s\\"\\nasset_%d_end:\\n.byte 0\\n.previous\\n");\n' $n "$file" $n
    echo "extern const uint8_t asset_$n[], asset_${n}_end[];"
    rows="$rows    {\"$path\", \"$(type_of "$path")\", asset_$n, asset_${n}_end, \"\\\\\"$sum\\\\\"\"},
"
    n=$((n + 1))
done
echo 'const struct asset asset_table[] = {'
printf '%b' "$rows"
echo '};'
echo "const size_t asset_count = $n;"
