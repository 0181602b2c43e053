#!/bin/sh
# The counting of results itself: whatever a test program does, it is counted, and nobody else's results are lost.
here=$(cd "$(dirname "$0")/../support" && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch" || exit 1
failed=0

program() { # program NAME: a script from standard input
    { echo '#!/bin/sh'; cat; } >"$1"
    chmod +x "$1"
}
expect() { # expect PROGRAM SUMMARY CLAIM: run alone it is counted so
    TEST_TIMEOUT=1 sh "$here/run.sh" "$1.sh.tap" "./$1" 2>/dev/null
    last=$(sh "$here/tally.sh" . "$1.sh.tap" | tail -1)
    if [ "$last" = "$2" ]; then echo "ok - $3"; else echo "not ok - $3: $last"; failed=1; fi
}

printf 'echo ok - a; echo ok - b\n' | program good
expect good '2 passed, 0 failed' 'passed claims are counted'
printf 'echo ok - a; echo not ok - b; exit 1\n' | program bad
expect bad '1 passed, 1 failed' 'a failed claim is one failure'
printf 'echo ok - a; kill -SEGV $$\n' | program crash
expect crash '1 passed, 1 failed' 'a crash is one failure and keeps what went before'
printf 'echo ok - a; exit 7\n' | program status
expect status '1 passed, 1 failed' 'a bad status is a failure although all claims passed'
printf 'echo hello\n' | program silent
expect silent '0 passed, 1 failed' 'a program that claims nothing is a failure'
printf 'echo ok - a; sleep 9\n' | program hang
expect hang '1 passed, 1 failed' 'a program that hangs is stopped and counted'
printf 'echo ok - a; echo "skip - b: no data"\n' | program skips
expect skips '1 passed, 0 failed, 1 skipped' 'a skip is neither passed nor failed'
expect absent '0 passed, 1 failed' 'a program that is not there is a failure'
cat <<'EOT' | program check
echo 'ok 1 - file.c:case:first: Passed' >"$CK_TAP_LOG_FILE_NAME"
echo 'ok 2 - file.c:case:second: Passed' >>"$CK_TAP_LOG_FILE_NAME"
echo 'skip - second: no data'
EOT
TEST_TIMEOUT=1 sh "$here/run.sh" check.tap ./check
last=$(sh "$here/tally.sh" . check.tap | tail -1)
if [ "$last" = '1 passed, 0 failed, 1 skipped' ]; then echo 'ok - a Check test that skips is not counted twice'; else echo "not ok - Check: $last"; failed=1; fi

for name in good crash; do sh "$here/run.sh" "$name.sh.tap" "./$name" 2>/dev/null; done
last=$(sh "$here/tally.sh" . good.sh.tap crash.sh.tap missing.tap | tail -1)
if [ "$last" = '3 passed, 2 failed' ]; then echo 'ok - results of several programs add up, a missing one fails'; else echo "not ok - sum: $last"; failed=1; fi
if [ -f good.sh.tap ] && [ ! -f crash.sh.tap ]; then echo 'ok - only clean results are remembered'; else echo 'not ok - only clean results are remembered'; failed=1; fi
exit $failed
