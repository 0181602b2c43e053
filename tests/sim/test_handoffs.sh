#!/bin/sh
# airseam handoffs: a log whose figures are known by hand.
set -u
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
claim() {
    if eval "$2"; then echo "ok - $1"; else echo "not ok - $1"; fi
}
cat >"$dir/make.py" <<'E2'
import sys
kind = sys.argv[1]
T = 1763683200
def ns(s): return int((T + s) * 1e9)
def line(i, centre, other, words): print(f'2025-11-21T00:{i // 60:02d}:{i % 60:02d}.000Z {centre} closed transfer={centre}-{i} with={other} track={i} callsign=ABC{i} side=sender state=CLOSED {words} same_track=1')
for i in range(1, 101):
    t0, human, system = 10 * i, i / 10, 0.05 + (11 if i > 98 and kind == 'slow' else 0)
    if kind == 'voice':
        line(i, 'KZAB', 'MMTY', f'by_voice=1 outcome=voice mode=manual initiated_ns={ns(t0)} boundary_ns={ns(t0 + 60)} called_ns={ns(t0)} agreed_ns={ns(t0 + 20 + i)} speed_mps=200.0 sigma_s=1.0')
    elif i == 50:
        line(i, 'MMTY', 'KZAB', f'why=refused outcome=dropped-at-the-boundary mode=automatic initiated_ns={ns(t0)} boundary_ns={ns(t0 + 180)} speed_mps=200.0 sigma_s=1.0')
    else:
        a = t0 + system / 2
        line(i, 'KZAB' if i % 2 else 'MMTY', 'MMTY' if i % 2 else 'KZAB',
             f'outcome=accepted mode=automatic initiated_ns={ns(t0)} delivered_ns={ns(a)} displayed_ns={ns(a)} accepted_ns={ns(a + human)} seen_ns={ns(t0 + system + human)} boundary_ns={ns(t0 + 180)} speed_mps=200.0 sigma_s=1.0')
print('2025-11-21T00:00:00.000Z KZAB told transfer=KZAB-1 with=MMTY side=sender state=OFFERED why=unaccepted')
print('what is this?')
E2
for kind in good slow voice; do "$PYTHON" "$dir/make.py" $kind >"$dir/$kind.log"; done
"$AIRSEAM" handoffs --json --worst 3 "$dir/good.log" "$dir/voice.log" >"$dir/json" 2>"$dir/err"
cat >"$dir/check.py" <<'E2'
import json, sys
good, voice = json.load(open(sys.argv[1]))
all_, *pairs = good['pairs']
assert [(p['from'], p['to']) for p in pairs] == [('KZAB', 'MMTY'), ('MMTY', 'KZAB')] and sum(p['transfers'] for p in pairs) == all_['transfers'] == 100
assert all_['outcomes'] == {'accepted': 99, 'dropped at the boundary': 1} and all_['late'] == 1 and all_['keeps_oldi'] and good['told'] == 1 and good['lines_passed_over'] == 1
t = all_['times']
near = lambda a, b: abs(a - b) < 1e-4
human = sorted(i / 10 for i in range(1, 101) if i != 50)
assert t['human_s']['count'] == 99 and near(t['human_s']['p50'], human[49]) and near(t['human_s']['p99'], human[98]) and near(t['human_s']['most'], 10), 'exact percentiles by nearest rank'
assert near(t['system_s']['most'], 0.05) and near(t['total_s']['most'], 10.05) and near(t['margin_s']['most'], 180 - 0.025 - 10) and near(t['distance_nm']['most'], 10.05 * 200 / 1852)
assert good['worst'][0]['callsign'] == 'ABC50' and good['worst'][0]['why'] == 'refused' and good['worst'][1]['callsign'] == 'ABC100'
v = voice['pairs'][0]
assert near(v['times']['voice_s']['p50'], 70) and v['times']['system_s']['count'] == 0 and v['late'] == 60 and v['outcomes'] == {'voice': 100}
E2
claim 'counts, exact percentiles, the worst first' '"$PYTHON" "$dir/check.py" "$dir/json"'
claim 'a line that is no entry is told by its place' 'grep -q "good.log:102:" "$dir/err"'
claim 'limits of OLDI fail only who asks for them' '"$AIRSEAM" handoffs "$dir/slow.log" >/dev/null 2>&1 && "$AIRSEAM" handoffs --oldi "$dir/good.log" >/dev/null 2>&1 && { "$AIRSEAM" handoffs --oldi "$dir/slow.log" >/dev/null 2>&1; [ $? = 1 ]; }'
"$AIRSEAM" handoffs --html "$dir/page.html" "$dir/good.log" "$dir/voice.log" >"$dir/text" 2>/dev/null
claim 'the page has the plots and the tables of the text' 'grep -q "<svg" "$dir/page.html" && grep -q "$(sed -n 2p "$dir/text" | cut -c1-20)" "$dir/page.html" && tail -1 "$dir/page.html" | grep -q "</html>"'
claim 'logs stand side by side' '[ "$(sed -n "2,3p" "$dir/text" | grep -c "\.log")" = 2 ]'
claim 'no log is refused' '"$AIRSEAM" handoffs >/dev/null 2>&1; [ $? = 2 ]'
claim 'a log that does not open is refused' '"$AIRSEAM" handoffs "$dir/none" >/dev/null 2>&1; [ $? = 2 ]'
