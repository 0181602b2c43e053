#!/bin/sh
# Field by field: what dump says against what tshark says of the same octets (tshark_fields.py): records that hold every row which common decoders know, with
# boundary and random values (rows/, made by tests/wire/synth.c), and real recordings.
compare() { # recording [CAT=EDITION]
    if [ ! -f "$1" ]; then
        echo "skip - tshark and dump agree on every value of ${1##*/}: AIRSEAM_DATA does not hold it"
    elif ! command -v tshark >/dev/null; then
        echo "skip - tshark and dump agree on every value of ${1##*/}: tshark is not installed"
    else
        "${PYTHON:-python3}" tests/replay/tshark_fields.py "$AIRSEAM" "$@" ||
            echo "not ok - tshark and dump agree on every value of ${1##*/}: the comparison broke off"
    fi
}

compare tests/replay/rows/default.ast
compare tests/replay/rows/021-2.4.ast 021=2.4
compare tests/replay/rows/021-0.23.ast 021=0.23

recordings="$AIRSEAM_DATA/recordings"
compare "$recordings/lebl_cat048/230502-est-080001_BCN_60MN_08_09.ast"
compare "$recordings/lebl_20160510/160510-lebl-220001_ADSB_cat021_v023.ast" 021=0.23
compare "$recordings/lebl_20160510/160510-lebl-220001_MLAT_cat020.ast"
compare "$recordings/jade_cat062/final_frame_062_065_large_packet_30min.ff"
compare "$recordings/jade_cat062/final_frame_062_30min.ff"
compare "$recordings/jade_cat062/NATS_CAT048_119bytes_TCAS.ff"
compare "$recordings/croatiacontrol/cat_034_048.pcap"
compare "$recordings/croatiacontrol/cat_001_002.pcap"
compare "$recordings/croatiacontrol/cat_062_065.pcap"
compare "$recordings/croatiacontrol/parsegps.gps"
compare "$recordings/croatiacontrol/cat21_re.ast"
