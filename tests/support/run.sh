#!/bin/sh
# run.sh RESULT.tap PROGRAM [ARG...]: run one test program or script and leave its results as TAP in RESULT.tap, its words in RESULT.log.
# A program that says nothing, dies or hangs is one failure more; a skipped test ("skip ..." on its output) is marked as such.
tap=$1
shift
log=${tap%.tap}.log
CK_TAP_LOG_FILE_NAME=$tap.check
export CK_TAP_LOG_FILE_NAME
rm -f "$tap" "$tap.check"
timeout -k 10 "${TEST_TIMEOUT:-1200}" "$@" >"$log" 2>&1 </dev/null
status=$?
{
    [ ! -f "$tap.check" ] || grep -E '^(ok|not ok)' "$tap.check"
    grep -E '^(ok|not ok|skip)( |$)' "$log"
} >"$tap.new"
rm -f "$tap.check"
if [ $status -ne 0 ] && ! grep -q '^not ok' "$tap.new"; then
    if [ $status -eq 124 ] || [ $status -eq 137 ]; then why='took too long or was killed'; else why="ended with status $status"; fi
    echo "not ok - $* $why" >>"$tap.new"
elif [ ! -s "$tap.new" ]; then
    echo "not ok - $* reported nothing" >>"$tap.new"
fi
mv "$tap.new" "$tap"
