#!/bin/sh
# The manual pages, filled in, name every verb, every option and every key, and hold nothing that roff would take for a request of its own.
failed=0
report() { if [ "$1" = 0 ]; then echo "ok - $2"; else echo "not ok - $2"; failed=1; fi; }
fill() { AIRSEAM=$AIRSEAM AIRSEAMD=$AIRSEAMD sh doc/man/fill.sh "doc/man/$1"; }

page=$(fill airseam.1)
absent=0
for verb in $("$AIRSEAM" help | awk '/^  [a-z]/ && $1 != "help" { print $1 }'); do
    echo "$page" | grep -q "^\.Ss airseam $verb" || { echo "# no $verb"; absent=1; }
    for option in $("$AIRSEAM" help "$verb" | sed -n 's/^  -\(-[a-z0-9-]*\).*/\1/p'); do
        echo "$page" | grep -q -- "^\.It Fl $option" || { echo "# no $verb $option"; absent=1; }
    done
done
report $absent 'airseam(1) names every verb and option'

page=$(fill airseamd.yaml.5)
absent=0
for key in $("$AIRSEAMD" --print-config | sed -n 's/^ *# \([a-z_0-9]*\): .*/\1/p' | sort -u); do
    echo "$page" | grep -q "^\.It Ic $key" || { echo "# no $key"; absent=1; }
done
report $absent 'airseamd.yaml(5) names every key'

page=$(fill airseamd.8)
absent=0
for option in $("$AIRSEAMD" --help | sed -n 's/^  -\(-[a-z-]*\).*/\1/p'); do
    echo "$page" | grep -q -- "Fl $option" || { echo "# no $option"; absent=1; }
done
report $absent 'airseamd(8) names every option'

foreign=$(for name in airseam.1 airseamd.8 airseamd.yaml.5; do fill $name; done | grep '^\.' | grep -vE '^\.(Bd|Ed|Dd|Dt|Os|Sh|Ss|Nm|Nd|Op|Ar|Cm|Fl|Bl|It|El|Pp|Xr|Pa|Ic|Li|Dv|Dl|\\")( |$)')
[ -z "$foreign" ]
report $? "no line of a program's words is taken for a request"
exit $failed
