#!/bin/sh
# One hour of the Mode S radar at Barcelona: every aircraft that is seen for at least five scans has one track as long as it is seen.
file=$AIRSEAM_DATA/recordings/lebl_cat048/230502-est-080001_BCN_60MN_08_09.ast
if [ -z "$AIRSEAM_DATA" ] || [ ! -r "$file" ]; then
    echo 'skip - every_address_has_one_track: AIRSEAM_DATA names no folder with recordings/lebl_cat048'
    exit 0
fi
tmp=$(mktemp -d) && trap 'rm -rf "$tmp"' EXIT
replay() { "$AIRSEAM" replay --date 2023-05-02 --site 20/129=41.3007015,2.1020582,27.257,4 "$@"; }
replay --json --continuity --cat062 "$tmp/t.ast" "$file" >"$tmp/a.json" || echo 'not ok - the recording is replayed'
"$PYTHON" - "$tmp/a.json" <<'P'
import json, sys
d = json.load(open(sys.argv[1]))
c = d['continuity']
def claim(text, good, seen):
    print('ok - ' + text if good else 'not ok - %s: %s' % (text, seen))
claim('all_records_are_decoded', d['categories'] == {'048': 44085}, d['categories'])
claim('all_addresses_are_heard', c['addresses'] == 177, c['addresses'])
claim('every_address_seen_for_five_scans_has_a_track', c['untracked'] == 0, c['untracked'])
claim('no_track_is_switched', c['switches'] == 0, c['switches'])
claim('no_track_breaks', c['breaks'] == 0, c['breaks'])
early = [f for f in c['findings'] if f['kind'] == 'gap' and f['silence_s'] < 13] # three scans of 4 s in a row without a plot
claim('a_track_goes_away_only_while_its_radar_is_silent', not early, early)
claim('one_track_lasts_the_visit', c['whole'] == c['long_visits'], (c['whole'], c['long_visits']))
claim('hardly_a_plot_is_left', c['unassigned'] <= 10, c['unassigned'])
for f in c['findings']:
    print('# %(kind)s %(address)s %(time)s track %(from)d to %(to)d, %(silence_s).0f s silent' % f)
P
[ "$(replay --digest "$file")" = "$(replay --digest "$file")" ] && echo 'ok - twice_one_digest' || echo 'not ok - twice_one_digest'
if command -v tshark >/dev/null; then
    "$AIRSEAM" convert "$tmp/t.ast" "$tmp/t.pcap" 2>/dev/null
    bad=$(tshark -r "$tmp/t.pcap" -d udp.port==8600,asterix -Y '_ws.malformed || _ws.expert' 2>/dev/null | head -3)
    [ -z "$bad" ] && echo 'ok - tshark_finds_nothing_malformed_in_the_tracks' || echo "not ok - tshark_finds_nothing_malformed_in_the_tracks: $bad"
else
    echo 'skip - tshark_finds_nothing_malformed_in_the_tracks: tshark is not installed'
fi
