#!/bin/sh
# Each check of `make arch` is silent about a small tree that obeys, and names the violation that is planted in a copy of it.
set -u
here=$(cd "$(dirname "$0")" && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
CC=${CC:-gcc}
failed=0

clean_tree() {
    rm -rf "$scratch/tree"
    mkdir -p "$scratch/tree/lib/low" "$scratch/tree/lib/high" "$scratch/tree/daemon" "$scratch/tree/sim"
    cd "$scratch/tree" || exit 1
    printf 'low:\nhigh: low   # upper\n' >lib/LAYERS
    printf '# grants\nhigh: geodesic.h geod_*\n' >lib/ALLOW
    printf '#ifndef LOW_ADD_H\n#define LOW_ADD_H\nstruct add { int n; };\nint add(int a, int b);\nstruct add *add_new(void);\n#endif\n' >lib/low/add.h
    cat >lib/low/add.c <<'C'
#include "low/add.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>
static const char *const names[] = {"one", "two"};
int add(int a, int b)
{
    char text[16];
    strncpy(text, names[a & 1], sizeof text - 1);
    return (int)sqrt(a + b + text[0]);
}
struct add *add_new(void)
{
    return calloc(1, sizeof(struct add));
}
C
    printf '#include "low/add.h"\nint sum(int a);\nint sum(int a)\n{\n    return add(a, a);\n}\n' >lib/high/sum.c
    printf '#include "high/sum.h"\n#include "daemon/loop.h"\n#include <sys/socket.h>\n' >daemon/loop.c
    : >daemon/loop.h
    : >lib/high/sum.h
    printf '#include "daemon/loop.h"\n#include "sim/world.h"\n' >sim/world.c
    : >sim/world.h
}
compile() {
    for source in lib/*/*.c; do
        mkdir -p "O/$(dirname "$source")"
        $CC -std=c11 -O2 -fPIE -fstack-protector-strong -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3 -D_XOPEN_SOURCE=700 -Ilib -c "$source" -o "O/${source%.c}.o" || echo "cannot compile $source"
    done
}
report() { # report CONDITION CLAIM
    if [ "$1" = 0 ]; then echo "ok - $2"; else echo "not ok - $2"; failed=1; fi
}
catches() { # catches CHECK PATTERN CLAIM: the check fails on the tree as it is now and its words match
    case $1 in purity | prefix) compile ;; esac
    words=$(sh "$here/$1.sh" O 2>&1) && words='passed'
    echo "$words" | grep -q -- "$2"
    report $? "$1 catches $3"
    echo "$words" | grep -q -- "$2" || echo "$words"
    clean_tree
}

clean_tree
compile
for check in layers purity prefix headers budget; do
    words=$(sh "$here/$check.sh" O 2>&1)
    report $? "$check accepts a tree that obeys"
    [ -z "$words" ] || echo "$words"
done
clean_tree

echo '#include "high/sum.h"' >>lib/low/add.h
catches layers 'lib/low/add.h:7: low may not include high' 'a room that includes a room above it'
mkdir lib/other && echo 'int other;' >lib/other/other.h
catches layers 'room other is not in lib/LAYERS' 'a room without a row'
printf 'low: high\nhigh: low\n' >lib/LAYERS
catches layers 'low needs high' 'a row that needs what is not above it in the file'
echo '#include <time.h>' >>lib/low/add.c
catches layers 'lib may not include <time.h>' 'a clock in the library'
echo '#include <sys/socket.h>' >>lib/low/add.c
catches layers 'lib may not include <sys/socket.h>' 'a socket in the library'
echo '#include <event2/event.h>' >>lib/low/add.c
catches layers 'lib may not include <event2/event.h>' 'an event loop in the library'
echo '#include <geodesic.h>' >>lib/low/add.c
catches layers 'lib may not include <geodesic.h>' 'a grant used by a room that it is not for'
echo '#include "daemon/loop.h"' >>lib/high/sum.c
catches layers 'lib may not include "daemon/loop.h"' 'a library that includes the daemon'
echo '#include "../low/add.h"' >>lib/high/sum.c
catches layers 'include by room' 'an include by path'
echo '#include "sim/world.h"' >>daemon/loop.c
catches layers 'daemon may not include "sim/world.h"' 'a daemon that includes the simulator'
echo '#include "daemon/main.h"' >>sim/world.c
catches layers 'sim may not include "daemon/main.h"' "a simulator that includes the daemon's main"

cat >>lib/low/add.c <<'C'
#include <time.h>
long add_now(void) { return (long)time(0); }
C
catches purity 'lib/low/add.o: lib may not use time' 'a clock'
printf '#include <stdio.h>\nvoid add_log(void) { puts("x"); }\n' >>lib/low/add.c
catches purity 'lib may not use puts' 'a line of output'
printf 'int add_random(void) { return rand(); }\n' >>lib/low/add.c
catches purity 'lib may not use rand' 'a hidden random generator'
printf 'int sum(int a); int add_up(void) { return sum(1); }\n' >>lib/low/add.c
catches purity 'low may not use high: sum' 'a call upwards that no include betrays'
printf 'void *add_grow(void *p) { return realloc(p, 99); }\n' >>lib/low/add.c
catches purity 'add_grow allocates (realloc)' 'an allocation after birth'

printf 'int helper(void) { return 1; }\n' >>lib/low/add.c
catches prefix 'exports helper' 'an exported name without its module'
printf 'int additive(void) { return 1; }\n' >>lib/low/add.c
catches prefix 'exports additive' 'a name that only begins like its module'
printf 'int add_count(void) { static int n; return ++n; }\n' >>lib/low/add.c
catches prefix 'has writable data: 4 octets in .bss' 'a static counter'
printf 'int add_seed(void) { static int n = 7; return ++n; }\n' >>lib/low/add.c
catches prefix 'octets in .data' 'an initialised static'
printf 'int add_own(void) { static _Thread_local int n; return ++n; }\n' >>lib/low/add.c
catches prefix 'octets in .tbss' 'thread-local data'

echo 'size_t add_size(void);' >>lib/low/add.h
catches headers 'unknown type name' 'a header that needs another before it'

{ echo 'int add_long(int a)'; echo '{'; yes '    a++;' | head -60; echo '    return a;'; echo '}'; } >>lib/low/add.c
catches budget 'lib/low/add.c:[0-9]*: function of 61 lines' 'a function of 61 lines'
{ echo 'int add_tight(int a) {'; yes '    a++;' | head -61; echo '}'; } >>daemon/loop.c
catches budget 'daemon/loop.c:[0-9]*: function of 61 lines' 'a long function whose brace stands on its first line'
printf 'int add_wide(int a, int b, int c,\n             int d, int e, int f, int g)\n{\n    return a;\n}\n' >>lib/low/add.c
catches budget 'function of 7 parameters' 'seven parameters'
yes '// x' | head -601 >lib/high/sum.c
catches budget 'lib/high/sum.c: 601 lines, limit 600' 'a file of 601 lines'
yes '// x' | head -151 >lib/high/sum.h
catches budget 'lib/high/sum.h: 151 lines, limit 150' 'a header of 151 lines'
exit $failed
