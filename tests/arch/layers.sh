#!/bin/sh
# layers.sh: every #include against lib/LAYERS and lib/ALLOW. Run from the top of the tree; prints one line per violation.
# lib/<room> may include its own room, the rooms on its right, the ISO C headers below and what ALLOW grants: so no clock, socket,
# thread or event. daemon may include itself and lib, sim may include itself, lib and the daemon's plumbing (all but its main).
awk '
BEGIN {
    n = split("assert ctype errno float inttypes limits math stdalign stdarg stdbool stddef stdint stdio stdlib string", iso, " ")
    for (i = 1; i <= n; i++) system_header[iso[i] ".h"] = 1
}
function pattern(glob) { gsub(/[.+]/, "\\\\&", glob); gsub(/\*/, ".*", glob); return "^" glob "$" }
function granted(room, header,    i) {
    for (i = 1; i <= grants; i++) if (grant_room[i] == room && header ~ grant_header[i]) return 1
    return 0
}
function violation(why) { print FILENAME ":" FNR ": " why; bad = 1 }
FILENAME == "lib/LAYERS" || FILENAME == "lib/ALLOW" {
    sub(/#.*/, "")
    if (!NF) next
    room = $1
    sub(/:$/, "", room)
    if (FILENAME == "lib/ALLOW") { grant_room[++grants] = room; grant_header[grants] = pattern($2); next }
    rooms[room] = sees[room, room] = 1
    for (i = 2; i <= NF; i++) {
        if (!($i in rooms)) violation(room " needs " $i ", which is not a row above it")
        sees[room, $i] = 1
    }
    next
}
FNR == 1 {
    split(FILENAME, part, "/")
    where = part[1]
    room = part[2]
    if (where == "lib" && !(room in rooms)) violation("room " room " is not in lib/LAYERS")
}
/^[ \t]*#[ \t]*include[ \t]*[<"]/ {
    quoted = index($0, "\"")
    header = $0
    sub(/^[^<"]*[<"]/, "", header)
    sub(/[>"].*/, "", header)
    target = header
    sub(/\/.*/, "", target)
    if (header ~ /\.\./) violation("include by room, not by path: " header)
    else if (where == "lib") {
        if (granted(room, header)) next
        if (!quoted) { if (!(header in system_header)) violation("lib may not include <" header ">") }
        else if (!(target in rooms)) violation("lib may not include \"" header "\"")
        else if (!((room, target) in sees)) violation(room " may not include " target ": " header)
    } else if (quoted && !(target in rooms) && target != where && target != "proto") {
        if (where == "daemon") violation("daemon may not include \"" header "\"")
        else if (target != "daemon" || header ~ /^daemon\/main/) violation("sim may not include \"" header "\"")
    }
}
END { exit bad }
' lib/LAYERS lib/ALLOW $(find lib daemon sim -name '*.[ch]' 2>/dev/null | LC_ALL=C sort)
