#!/bin/sh
# prefix.sh O: every symbol that O/lib/<room>/<m>.o exports is m or m_*, and no object has writable data. Prints one line per violation.
# Writable data is judged by section sizes: tables with pointers lie in .data.rel.ro, which nm calls "d" although it ends up read-only.
O=$1
bad=0
for source in lib/*/*.c; do
    object=$O/${source%.c}.o
    module=$(basename "$object" .o)
    found=$({
        nm --defined-only --extern-only "$object" | awk -v m="$module" '$NF != m && index($NF, m "_") != 1 { print "exports " $NF ", which is not " m "_*" }'
        size -A "$object" | awk '$1 ~ /^\.(data|bss|tdata|tbss)/ && $1 !~ /^\.data\.rel\.ro/ && $2 > 0 { print "has writable data: " $2 " octets in " $1 }'
    } | sed "s|^|${object#"$O"/}: |")
    [ -z "$found" ] || { echo "$found"; bad=1; }
done
exit $bad
