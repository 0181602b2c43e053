#!/bin/sh
# Handoffs of the daemon: a scenario, all centres in one node, a log that airseam handoffs reads, and commands.
dir=$(mktemp -d)
trap 'kill $daemon 2>/dev/null; rm -rf "$dir"' EXIT
ok() { if [ "$1" -eq 0 ]; then echo "ok - $2"; else echo "not ok - $2"; fi; }
port=$((20000 + $$ % 20000))
cp -r config/centres.yaml config/areas "$dir/"
"$AIRSEAM" sensors --where flags=border --csv >"$dir/border.csv"
cat >"$dir/airseamd.yaml" <<Y
clock: {kind: scenario, listen: "udp://127.0.0.1:$port"}
sensors: {files: [border.csv]}
http: {listen: none}
control: {socket: $dir/socket}
handoff: {centres: [centres.yaml], log: $dir/handoffs.log, journal: $dir/handoffs.journal}
feeds: [{name: all, listen: "udp://127.0.0.1:$((port + 1))"}]
Y
"$AIRSEAMD" --config "$dir/airseamd.yaml" 2>"$dir/err" & daemon=$!
for _ in $(seq 100); do [ -S "$dir/socket" ] && break; sleep 0.1; done
"$AIRSEAM" simulate --aircraft 300 --duration 240 --rate 30 --clock "udp://127.0.0.1:$port" --to "udp://127.0.0.1:$((port + 1))" --quiet
ctl() { "$AIRSEAM" ctl --socket "$dir/socket" "$@" 2>&1; }
ctl --json handoffs >"$dir/list"; grep -q '"transfer"' "$dir/list"; ok $? "dialogues under way are listed"
ctl handoff accept KZZZ-1 >"$dir/no"; grep -q 'no such' "$dir/no"; ok $? "a transfer that is not there is not accepted"
ctl handoff dance 1 >"$dir/no"; grep -q 'expected: handoff' "$dir/no"; ok $? "a command that is none is refused"
ctl quit >/dev/null; wait $daemon; ok $? "the daemon leaves"
grep " closed " "$dir/handoffs.log" | grep "side=sender" | grep -q "outcome=accepted"; ok $? "the log tells of aircraft handed over"
[ -s "$dir/handoffs.journal" ]; ok $? "the journal holds what has to survive"
sed 's/centres.yaml/nowhere.yaml/' "$dir/airseamd.yaml" >"$dir/bad.yaml"
"$AIRSEAMD" --config "$dir/bad.yaml" 2>"$dir/err"; [ $? -ne 0 ] && grep -q 'nowhere.yaml' "$dir/err"; ok $? "a file of centres that is not there is told"
