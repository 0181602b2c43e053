#!/bin/sh
# The command itself: help for every verb, and exit codes 0 (done), 1 (what it looked at is bad), 2 (it could not run).
tmp=$(mktemp -d) && trap 'rm -rf "$tmp"' EXIT
claim() { # claim TEXT EXPECTED-STATUS COMMAND...
    text=$1 want=$2
    shift 2
    "$@" >"$tmp/out" 2>"$tmp/err" </dev/null
    got=$?
    if [ $got = "$want" ]; then echo "ok - $text"; else echo "not ok - $text: exit status $got, expected $want"; cat "$tmp/err"; fi
}
claim 'help_is_no_error' 0 "$AIRSEAM" help
verbs=$(sed -n 's/^  \([a-z]*\) .*/\1/p' "$tmp/out" | grep -v '^help$')
[ -n "$verbs" ] && echo 'ok - help_lists_verbs' || echo 'not ok - help_lists_verbs'
for verb in $verbs; do
    claim "${verb}_has_help" 0 "$AIRSEAM" "$verb" --help
    grep -q "^usage: airseam $verb" "$tmp/out" && echo "ok - ${verb}_help_says_usage" || echo "not ok - ${verb}_help_says_usage"
    claim "${verb}_refuses_unknown_options" 2 "$AIRSEAM" "$verb" --no-such-option
done
claim 'version_is_printed' 0 "$AIRSEAM" --version
claim 'no_verb_is_an_error' 2 "$AIRSEAM"
claim 'unknown_verbs_are_an_error' 2 "$AIRSEAM" frobnicate
claim 'replay_without_input_is_an_error' 2 "$AIRSEAM" replay
claim 'missing_files_are_an_error' 2 "$AIRSEAM" dump "$tmp/none"
: >"$tmp/empty"
claim 'empty_files_are_an_error' 2 "$AIRSEAM" dump "$tmp/empty"
printf 'plain words\nand nothing else\n' >"$tmp/words"
claim 'unknown_containers_are_an_error' 2 "$AIRSEAM" replay "$tmp/words"
claim 'wrong_editions_are_an_error' 2 "$AIRSEAM" dump --edition 021=9.9 "$tmp/words"
claim 'wrong_sites_are_an_error' 2 "$AIRSEAM" replay --site 1/2=91,0,0 "$tmp/words"
claim 'wrong_dates_are_an_error' 2 "$AIRSEAM" convert --date yesterday "$tmp/words" "$tmp/x.ast"
printf '\060\000\005\200\001\060\000\005\200\001' >"$tmp/cut.ast"
claim 'nothing_decodable_is_a_failure' 1 "$AIRSEAM" dump "$tmp/cut.ast"
