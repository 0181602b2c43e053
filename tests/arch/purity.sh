#!/bin/sh
# purity.sh O: what the library's objects under O/lib call. Prints one line per violation.
# Allowed: symbols of rooms that the room may see, memory and string functions, snprintf, allocation (in *_new alone), libm, assert,
# the compiler's own checks, and what lib/ALLOW grants to the room. No clock, file, socket, thread, log, random number, sort or environment.
O=$1
{
    # "defined SYMBOL ROOM", then "uses ROOM OBJECT SYMBOL", then "calls ROOM OBJECT FUNCTION ALLOCATOR"
    for source in lib/*/*.c; do
        object=$O/${source%.c}.o
        room=${source#lib/}
        nm --defined-only --extern-only "$object" | awk -v room="${room%%/*}" '{ print "defined", $NF, room }'
    done
    for source in lib/*/*.c; do
        object=$O/${source%.c}.o
        room=${source#lib/}
        nm -u "$object" | awk -v room="${room%%/*}" -v object="${object#"$O"/}" '{ print "uses", room, object, $NF }'
        objdump -dr --no-show-raw-insn "$object" | awk -v room="${room%%/*}" -v object="${object#"$O"/}" '
            /^[0-9a-f]+ <.*>:$/ { name = $2; gsub(/[<>:]/, "", name); sub(/\.(part|isra|constprop|cold).*/, "", name) }
            /R_[A-Z0-9_]+[ \t]+(malloc|calloc|realloc|aligned_alloc|strdup|strndup)/ { sub(/[-+]0x.*/, "", $NF); print "calls", room, object, name, $NF }'
    done
} | awk '
function pattern(glob) { gsub(/[.+]/, "\\\\&", glob); gsub(/\*/, ".*", glob); return "^" glob "$" }
function granted(room, symbol,    i) {
    for (i = 1; i <= grants; i++) if (grant_room[i] == room && symbol ~ grant_symbol[i]) return 1
    return 0
}
function plain(symbol,    base) {
    base = symbol
    if (base ~ /^__.*_chk$/) { sub(/^__/, "", base); sub(/_chk$/, "", base) }   # the forms of _FORTIFY_SOURCE
    if (base ~ /^__isoc99_/) return 0
    sub(/^__(isoc23_)?/, "", base)
    if (base ~ /^(strtok|strerror|strsignal|strcoll|strxfrm|strftime|strptime|memfrob|strfry|memccpy)/) return 0
    if (base ~ /^(mem|str)[a-z]+$/ || base ~ /^v?snprintf$/ || base ~ /^(malloc|calloc|realloc|aligned_alloc|free)$/) return 1
    if (symbol ~ /^(__assert_fail|__stack_chk_fail|_GLOBAL_OFFSET_TABLE_|__errno_location)$/) return 1
    sub(/[fl]$/, "", base)
    return (base in libm) || ((base "f") in libm) || ((base "l") in libm)
}
BEGIN {
    n = split("acos acosh asin asinh atan atan2 atanh cbrt ceil copysign cos cosh erf erfc exp exp2 expm1 fabs fdim floor fma fmax fmin " \
              "fmod frexp hypot ilogb ldexp llrint llround log log10 log1p log2 logb lrint lround modf nan nearbyint nextafter pow " \
              "remainder remquo rint round scalbln scalbn sin sincos sinh sqrt tan tanh tgamma trunc", names, " ")
    for (i = 1; i <= n; i++) libm[names[i]] = 1
    while ((getline line < "lib/LAYERS") > 0) {
        sub(/#.*/, "", line)
        n = split(line, word, /[ :\t]+/)
        for (i = 1; i <= n; i++) if (word[i] != "") sees[word[1], word[i]] = 1
    }
    while ((getline line < "lib/ALLOW") > 0) {
        sub(/#.*/, "", line)
        if (split(line, word, /[ :\t]+/) < 3) continue
        grant_room[++grants] = word[1]
        grant_symbol[grants] = pattern(word[3])
    }
}
function violation(why) { print why; bad = 1 }
$1 == "defined" { home[$2] = $3 }
$1 == "uses" && ($4 in home) && !(($2, home[$4]) in sees) { violation($3 ": " $2 " may not use " home[$4] ": " $4) }
$1 == "uses" && !($4 in home) && !plain($4) && !granted($2, $4) { violation($3 ": lib may not use " $4) }
$1 == "calls" && $4 !~ /_new$/ { violation($3 ": " $4 " allocates (" $5 "): only *_new may") }
END { exit bad }'
