# Handoffs across the borders of nations, out of a log of airseam replay --handoffs: per border counts by outcome, and from initiation to release in seconds.
function quantile(q,    i) { i = int(q * n + 0.999999); return sorted[i < 1 ? 1 : i] }
BEGIN { nation["P"] = nation["K"] = nation["T"] = "US"; nation["C"] = "CA"; nation["M"] = "MX" }
$3 == "closed" && /side=sender/ {
    delete v
    for (i = 4; i <= NF; i++) { split($i, p, "="); v[p[1]] = p[2] }
    a = nation[substr($2, 1, 1)]; b = nation[substr(v["with"], 1, 1)]
    if (a == b) next
    border = a < b ? a "-" b : b "-" a
    borders[border]; outcome[border " " v["outcome"]]++
    if (v["seen_ns"] && v["initiated_ns"]) time[border, ++count[border]] = (v["seen_ns"] - v["initiated_ns"]) / 1e9
    if (v["seen_ns"] && v["boundary_ns"] && v["boundary_ns"] - v["accepted_ns"] < 0) late[border]++
}
END {
    for (o in outcome) print o, outcome[o] | "sort"
    close("sort")
    for (b in borders) {
        n = count[b]
        for (i = 1; i <= n; i++) { # by insertion
            for (j = i - 1; j > 0 && sorted[j] > time[b, i]; j--) sorted[j + 1] = sorted[j]
            sorted[j + 1] = time[b, i]
        }
        if (n) printf "%s: %d given, %.1f s median, %.1f s p95, %.1f s longest, %d behind the boundary\n", b, n, quantile(0.5), quantile(0.95), sorted[n], late[b]
    }
}
