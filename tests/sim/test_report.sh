#!/bin/sh
# airseam report: one page about a scenario, whose figures are those of the commands it names.
set -u
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
claim() {
    if eval "$2"; then echo "ok - $1"; else echo "not ok - $1"; fi
}
export XDG_CACHE_HOME="$dir/cache"
"$AIRSEAM" report border --against southern-approach --duration 120 --out "$dir/page.html" --keep "$dir/all" --json --quiet >"$dir/json" 2>"$dir/err"
claim 'it ends well and says nothing' '[ $? = 0 ] && [ -s "$dir/page.html" ] && [ ! -s "$dir/err" ]'
claim 'the page stands alone' '! grep -qE "(src|href)=" "$dir/page.html" && tail -1 "$dir/page.html" | grep -q "</html>"'
claim 'it has maps before and of what changes' '[ "$(grep -c "<svg viewBox" "$dir/page.html")" -ge 16 ] && grep -q "what changes</figcaption>" "$dir/page.html"'
cat >"$dir/check.py" <<'E2'
import json, re, sys
o = json.load(open(sys.argv[1]))
page = open(sys.argv[2]).read()
assert o['question'] and o['question'] in page.replace('&amp;', '&')
volume = lambda c: next(s for s in c['scopes'] if s['scope'] == 'land MX')['layers'][-1]['cooperative']['folds_percent'][0]
assert f"{volume(o['coverage']):.1f}<td>{volume(o['coverage']['then']):.1f}" in page, 'the page says what coverage says'
assert f"<p>{o['handoffs'][0]['pairs'][0]['transfers']} transfers" in page
assert 'airseam simulate border --duration 120' in page and o['tracking'] and o['run']
E2
claim 'its figures are those of the commands it names' '"$PYTHON" "$dir/check.py" "$dir/json" "$dir/page.html"'
claim 'a scenario that is not there is refused' '"$AIRSEAM" report nowhere >/dev/null 2>&1; [ $? = 2 ]'
