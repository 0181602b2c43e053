#!/bin/sh
# budget.sh: file <= 600 lines, header <= 150, function body <= 60, parameters <= 6. Prints one line per violation. (Nesting is clang-tidy's.)
# A function is what begins in the first column, has parentheses and no "=" or ";" before its "{", and ends with "}" in the first column.
files=$(find lib daemon sim -name '*.[ch]' 2>/dev/null | LC_ALL=C sort)
[ -n "$files" ] || exit 0
awk '
function violation(line, why) { print FILENAME ":" line ": " why; bad = 1 }
function lines(    limit) {
    limit = name ~ /\.h$/ ? 150 : 600
    if (count > limit) { print name ": " count " lines, limit " limit; bad = 1 }
}
# parameters of a signature: commas at the depth of its first parenthesis
function parameters(text,    i, c, depth, n) {
    n = 1
    for (i = index(text, "("); i <= length(text); i++) {
        c = substr(text, i, 1)
        if (c == "(") depth++
        else if (c == ")") { if (!--depth) break }
        else if (c == "," && depth == 1) n++
    }
    return n
}
FNR == 1 { if (name) lines(); name = FILENAME; signature = ""; inside = 0 }
{ count = FNR; text = $0; sub(/\/\/.*/, "", text) }
inside {
    if (text ~ /^}/) {
        if (FNR - inside - 1 > 60) violation(inside, "function of " FNR - inside - 1 " lines, limit 60")
        inside = 0
    }
    next
}
/^[#\/}]/ || /^[ \t]*$/ { if (!/^}/) { if (/^[ \t]*$/) signature = "" ; next } }
/^[A-Za-z_]/ { signature = ""; start = FNR }
{
    signature = signature " " text
    if (signature ~ /[;=]/) signature = ""
    else if (text ~ /\{[ \t]*$/) {
        if (signature ~ /\(/ && signature !~ /^ (typedef|struct|enum|union) *[A-Za-z_0-9]* *\{/) {
            if (parameters(signature) > 6) violation(start, "function of " parameters(signature) " parameters, limit 6")
            inside = FNR
        }
        signature = ""
    }
}
END { if (name) lines(); exit bad }
' $files
