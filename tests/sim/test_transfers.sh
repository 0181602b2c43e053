#!/bin/sh
# Handoffs of a replay: every cross-border flight once, by message, as in 2005, and by telephone.
dir=$(mktemp -d) && trap 'rm -rf "$dir"' EXIT
ok() { if [ "$1" -eq 0 ]; then echo "ok - $2"; else echo "not ok - $2"; fi; }
"$AIRSEAM" simulate config/scenarios/border-rush.yaml --duration 600 --rate 0 --out "$dir/run.tape" --quiet || { echo "not ok - a scenario is simulated"; exit 0; }
replay() { "$AIRSEAM" replay "$dir/run.tape" --digest --handoffs "$dir/$1.log" --centres config/centres.yaml ${2:+--centres "$2"}; }
plain=$("$AIRSEAM" replay "$dir/run.tape" --digest)
[ "$(replay now)" = "$plain" ]; ok $? "handoffs do not change the picture"
replay then config/centres-2005.yaml >/dev/null
replay voice config/centres-voice.yaml >/dev/null

closed() { grep " closed " "$dir/$1.log" | grep "side=sender" | grep -c "outcome=$2"; }
[ "$(closed now accepted)" -gt 50 ]; ok $? "aircraft are handed over by message"
[ "$(closed now dropped)" -eq 0 ]; ok $? "no agreement by message drops one"
[ "$(closed then dropped)" -gt 0 ]; ok $? "in 2005 responsibility ended at the boundary with Mexico"
[ "$(closed voice voice)" -gt 0 ]; ok $? "by telephone they are handed over too"

# an owner entry says who has it now; between two that a handoff made, somebody else must have had it
awk '$3 == "owner" { for (i = 4; i <= NF; i++) { if ($i ~ /^with=/) to = $i; if ($i ~ /^track=/) track = $i }
     if (track in has && has[track] == to) { print; bad = 1 } has[track] = to } END { exit bad }' "$dir/now.log"
ok $? "each transfer changes the owner once"
awk '$3 == "closed" && /side=sender/ { for (i = 4; i <= NF; i++) if ($i ~ /^transfer=/) { if ($i in seen) bad = 1; seen[$i] = 1 } } END { exit bad }' "$dir/now.log"
ok $? "each transfer ends once"
[ "$(replay again)" = "$plain" ] && cmp -s "$dir/now.log" "$dir/again.log"; ok $? "the same tape gives the same log"
printf 'centres:\n  - {code: KZLA}\n' >"$dir/bad.yaml"
"$AIRSEAM" replay "$dir/run.tape" --centres "$dir/bad.yaml" >"$dir/out" 2>&1; [ $? -eq 2 ] && grep -q 'bad.yaml:2:' "$dir/out"; ok $? "mistakes in a centres file are told by line"
