#!/bin/sh
# One scenario in every container, made by the simulator: what is in it does not depend on the container, the digest not on the run.
tmp=$(mktemp -d) && trap 'rm -rf "$tmp"' EXIT
claim() { # claim TEXT CONDITION...
    text=$1
    shift
    if "$@"; then echo "ok - $text"; else echo "not ok - $text"; fi
}
same() { [ -n "$1" ] && [ "$1" = "$2" ]; }
records() { "$AIRSEAM" dump --summary "$@" 2>&1 | grep '^category'; }
positive() { [ "$1" -gt 0 ]; }

"$AIRSEAM" simulate --rate 0 --duration 90 --aircraft 40 --seed 3 --quiet --out "$tmp/a.tape" --out "$tmp/a.pcap" --out "$tmp/a.ast" || echo 'not ok - the simulator runs'
want=$(records "$tmp/a.ast")
claim 'tape_holds_the_records_of_the_raw_blocks' same "$want" "$(records "$tmp/a.tape")"
claim 'pcap_holds_the_records_of_the_raw_blocks' same "$want" "$(records "$tmp/a.pcap")"
for to in pcap ast ff; do
    "$AIRSEAM" convert --date 2026-06-01 "$tmp/a.tape" "$tmp/b.$to" 2>/dev/null
    claim "convert_keeps_every_record_in_$to" same "$want" "$(records "$tmp/b.$to")"
done
claim 'converted_raw_blocks_are_the_same_octets' cmp -s "$tmp/a.ast" "$tmp/b.ast"
"$AIRSEAM" convert "$tmp/b.pcap" "$tmp/c.pcap" 2>/dev/null
claim 'pcap_to_pcap_keeps_time_to_the_nanosecond' same "$("$AIRSEAM" dump "$tmp/b.pcap" 2>/dev/null | cksum)" "$("$AIRSEAM" dump "$tmp/c.pcap" 2>/dev/null | cksum)"

digest=$("$AIRSEAM" replay --digest "$tmp/a.tape")
claim 'the_same_tape_twice_gives_one_digest' same "$digest" "$("$AIRSEAM" replay --digest "$tmp/a.tape")"
claim 'outputs_do_not_change_the_digest' same "$digest" \
    "$("$AIRSEAM" replay --digest --tracks "$tmp/t.csv" --every 3 --cat062 "$tmp/t.ast" --continuity "$tmp/a.tape")"
claim 'standard_input_is_read_like_a_file' same "$digest" "$(cat "$tmp/a.tape" | "$AIRSEAM" replay --digest -)"
claim 'tracks_are_written' positive "$(wc -l <"$tmp/t.csv")"
claim 'tracks_begin_with_their_columns' same 'time_s,track_id,lat,lon,alt_m,vn_mps,ve_mps,mode_s,mode_a,callsign' "$(head -1 "$tmp/t.csv")"
claim 'grid_instants_are_multiples_of_every' [ -z "$(tail -n +2 "$tmp/t.csv" | cut -d, -f1 | awk '$1 % 3 != 0')" ]
"$AIRSEAM" replay --json "$tmp/a.tape" >"$tmp/a.json"
claim 'summary_is_json' "$PYTHON" -c "import json, sys; d = json.load(open('$tmp/a.json')); sys.exit(not d['picture']['tracks_new'] > 10)"

# Under the sanitizers, which change the order of nothing: the release build of the same source says the same.
if [ "$MODE" = san ]; then
    make -s MODE=release build/release/airseam >"$tmp/make" 2>&1 || cat "$tmp/make"
    claim 'sanitizers_do_not_change_the_digest' same "$digest" "$(build/release/airseam replay --digest "$tmp/a.tape")"
fi

# A tape whose end states a digest: the right one passes, another one is a failure.
end() { "$PYTHON" - "$tmp/a.tape" "$1" "$2" <<'P'
import struct, sys, zlib
tape = open(sys.argv[1], 'rb').read()
at, last = 16, 0
while at + 20 <= len(tape):
    size, arrival = struct.unpack('<Iq', tape[at + 4:at + 16])
    at, last = at + 20 + size, arrival
frame = struct.pack('<BHBIq', 7, 0, 0, 8, last) + struct.pack('<Q', int(sys.argv[2], 16))
open(sys.argv[3], 'wb').write(tape[:at] + frame + struct.pack('<I', zlib.crc32(frame)))
P
}
end "$digest" "$tmp/right.tape" && "$AIRSEAM" replay --digest "$tmp/right.tape" >/dev/null 2>&1
claim 'a_tape_that_ends_in_its_digest_passes' same 0 $?
end 0123456789abcdef "$tmp/wrong.tape" && "$AIRSEAM" replay --digest "$tmp/wrong.tape" >/dev/null 2>&1
claim 'a_tape_that_ends_in_another_digest_fails' same 1 $?
head -c 100000 "$tmp/a.tape" >"$tmp/torn.tape"
"$AIRSEAM" replay "$tmp/torn.tape" >"$tmp/torn.txt" 2>&1
claim 'a_torn_tape_is_replayed_to_its_last_good_frame_and_said' grep -q 'the rest of what was announced' "$tmp/torn.txt"

# A row at t is made of what had arrived by t: without the plots that came later the rows up to t are the same.
"$AIRSEAM" simulate --rate 0 --duration 90 --aircraft 40 --seed 3 --quiet --truth "$tmp/truth"
awk -F, 'NR == 1 || $13 <= 43260' "$tmp/truth/plots.csv" >"$tmp/early.csv"
for plots in truth/plots early; do
    "$AIRSEAM" replay --tracks "$tmp/rows" "$tmp/$plots.csv" >/dev/null
    awk -F, 'NR == 1 || $1 <= 43260' "$tmp/rows" | cksum >"$tmp/${plots#truth/}.sum"
    tail -n +2 "$tmp/rows" | wc -l >"$tmp/${plots#truth/}.rows"
done
claim 'rows_of_tracks_know_nothing_of_later_plots' cmp -s "$tmp/plots.sum" "$tmp/early.sum"
claim 'plots_of_a_csv_become_tracks' positive "$(cat "$tmp/early.rows")"

# What goes out is read by an independent decoder.
if command -v tshark >/dev/null; then
    "$AIRSEAM" convert --date 2026-06-01 "$tmp/t.ast" "$tmp/t.pcap" 2>/dev/null
    tshark -r "$tmp/t.pcap" -d udp.port==8600,asterix -T fields -e asterix.062_040_VALUE 2>/dev/null | tr ',' '\n' | grep -c . >"$tmp/n"
    claim 'tshark_reads_every_track_record' same "$(records "$tmp/t.ast" | sed 's/.*: \([0-9]*\) records/\1/')" "$(cat "$tmp/n")"
    claim 'tshark_finds_nothing_malformed' [ -z "$(tshark -r "$tmp/t.pcap" -d udp.port==8600,asterix -Y '_ws.malformed || _ws.expert' 2>/dev/null)" ]
else
    echo 'skip - tshark_reads_every_track_record: tshark is not installed'
fi
