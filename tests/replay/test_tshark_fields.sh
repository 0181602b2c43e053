#!/bin/sh
# Field by field: what dump says of real recordings against what tshark says of the same octets (see tshark_fields.py).
while read -r file edition; do
    recording="$AIRSEAM_DATA/recordings/$file"
    if [ -z "$AIRSEAM_DATA" ] || [ ! -f "$recording" ]; then
        echo "skip - tshark and dump agree on every value of ${file##*/}: AIRSEAM_DATA does not hold it"
    elif ! command -v tshark >/dev/null; then
        echo "skip - tshark and dump agree on every value of ${file##*/}: tshark is not installed"
    else
        "${PYTHON:-python3}" tests/replay/tshark_fields.py "$AIRSEAM" "$recording" ${edition:+"$edition"} ||
            echo "not ok - tshark and dump agree on every value of ${file##*/}: the comparison broke off"
    fi
done <<'LIST'
lebl_cat048/230502-est-080001_BCN_60MN_08_09.ast
lebl_20160510/160510-lebl-220001_ADSB_cat021_v023.ast 021=0.23
lebl_20160510/160510-lebl-220001_MLAT_cat020.ast
jade_cat062/final_frame_062_065_large_packet_30min.ff
jade_cat062/final_frame_062_30min.ff
jade_cat062/NATS_CAT048_119bytes_TCAS.ff
croatiacontrol/cat_034_048.pcap
croatiacontrol/cat_001_002.pcap
croatiacontrol/cat_062_065.pcap
croatiacontrol/parsegps.gps
croatiacontrol/cat21_re.ast
LIST
