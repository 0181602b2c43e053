#!/bin/sh
# headers.sh O: every header compiles alone, without a warning. CC and PKG_CFLAGS come from make. Prints what the compiler says.
O=$1
bad=0
for header in $(find lib daemon sim tests/support -name '*.h' 2>/dev/null | LC_ALL=C sort); do
    case $header in lib/*) system=-D_XOPEN_SOURCE=700 ;; *) system=-D_GNU_SOURCE ;; esac
    echo 'extern int headers_alone;' | ${CC:-gcc} -std=c11 -Wall -Wextra -Wpedantic -Werror $system -Ilib -I. -Itests "-I$O" ${PKG_CFLAGS-} -fsyntax-only -include "$header" -x c - || bad=1
done
exit $bad
