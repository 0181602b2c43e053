#!/bin/sh
# fill.sh PAGE: the page with what the programs say of themselves put in, so that it cannot say otherwise. AIRSEAM and AIRSEAMD name the programs.
#   .\" VERBS      becomes a subsection per verb, from `airseam help VERB`
#   .\" OPTIONS X  becomes the options of the verb X
#   .\" PAGES      becomes references to the pages airseam-* beside it
#   .\" SETTINGS   becomes the table of `airseamd --print-manual`
set -eu
verbs() {
    for verb in $("$AIRSEAM" help | awk '/^  [a-z]/ && $1 != "help" { print $1 }'); do
        verb "$verb"
    done
}
verb() {
    "$AIRSEAM" help "$1" | awk '
        function roff(text) { gsub(/\\/, "\\e", text); return text ~ /^[.\047]/ ? "\\&" text : text }
        /^usage: / { sub(/^usage: /, ""); print ".Ss " roff($0); next }
        /^Exit status/ || /^$/ { next }
        /^  -/ {
            if (!list++) print ".Bl -tag -width Ds"
            text = $0
            sub(/^  /, "", text)
            word = text
            if (match(text, /   */)) { word = substr(text, 1, RSTART - 1); text = substr(text, RSTART + RLENGTH) } else text = ""
            option = word
            sub(/ .*/, "", option)
            argument = substr(word, length(option) + 2)
            sub(/^-/, "", option)
            print ".It Fl " option (argument == "" ? "" : " Ar " argument)
            if (text != "") print roff(text)
            next
        }
        { sub(/^ +/, ""); print roff($0) }
        END { if (list) print ".El" }'
}
pages() {
    for page in "$(dirname "$1")"/airseam-*.[158]; do
        name=$(basename "$page")
        echo ".Xr ${name%.*} ${name##*.} ,"
    done
}
while IFS= read -r line; do
    case $line in
    '.\" VERBS') verbs ;;
    '.\" OPTIONS '*) verb "${line##* }" | sed '1,/^\.Bl/{/^\.Bl/!d}' ;;
    '.\" PAGES') pages "$1" ;;
    '.\" SETTINGS') "$AIRSEAMD" --print-manual ;;
    *) printf '%s\n' "$line" ;;
    esac
done <"$1"
