#!/bin/sh
# open_check.sh - what is public can be read, added up and checked by anybody with a browser and standard tools.
. "$(dirname "$0")/../journey/lib.sh"
world 2400 24 || { not_ok "the world stands"; finish; exit 1; }
get() { curl -s --max-time 20 --cacert "$OFFICE_CA" -D "$w/head" -o "$w/page" -w '%{http_code}' "$OFFICE$1"; }
same 200 "$(get /open)" "the villages are listed without a login"
grep -q 示范一村 "$w/page" && ok "with their names" || not_ok "with their names"
same 0 "$(grep -ci set-cookie "$w/head")" "nobody gets a cookie"
same 0 "$(grep -c '<script' "$w/page")" "nothing runs in the browser"
same 200 "$(get /open/mz.caoba.v1)" "a village opens with its money"
grep -q 收支明细 "$w/page" && ok "which lists the ledger" || not_ok "which lists the ledger"
period=$(grep -o '/open/mz.caoba.v1/ledger/[0-9-]*' "$w/page" | head -n 1 | sed 's#.*/##')
same 200 "$(get "/open/mz.caoba.v1/ledger/$period")" "a month opens"
print=$(tr -d '\n' <"$w/page" | grep -o '<div class="fp">.*' | sed 's#</div>.*##' | grep -o '[0-9][0-9][0-9][0-9]' | tr '\n' ' ' | sed 's/ $//')
same 200 "$(get "/open/mz.caoba.v1/ledger/$period.jsonl")" "its rows can be had as they were signed"
hash=$(b2sum -l 256 <"$w/page" | cut -c 1-32)
shell=$(for i in 1 5 9 13 17 21 25 29; do printf '%04d ' $((0x$(echo "$hash" | cut -c $i-$((i + 3))) % 10000)); done | sed 's/ $//')
same "$print" "$shell" "b2sum gives the fingerprint on the page"
in_fen=$(grep '"direction":"in"' "$w/page" | grep -o '"amount_fen":[0-9]*' | cut -d: -f2 | awk '{ s += $1 } END { printf "%d", s }')
same yes "$([ "${in_fen:-0}" -gt 0 ] && echo yes)" "there is income to add up"
same 200 "$(get "/open/mz.caoba.v1/ledger/$period.csv")" "a spreadsheet can be had"
sum=$(awk -F, 'NR > 1 && /"收入"/ { for (i = 1; i <= NF; i++) if ($i ~ /^[0-9]+\.[0-9][0-9]$/) { s += $i; break } } END { printf "%d", s * 100 + 0.5 }' "$w/page")
same "$in_fen" "$sum" "its income adds up to what the touch screen says"
same 200 "$(get "/open/mz.caoba.v1/ledger/$period.json")" "and JSON"
command -v node >/dev/null && { node -e "JSON.parse(require('fs').readFileSync('$w/page'))" && ok "that is JSON" || not_ok "that is JSON"; }
same 200 "$(get /fields/ledger)" "the columns are explained"
grep -q amount_fen "$w/page" && ok "by the names the JSON uses" || not_ok "by the names the JSON uses"
same 200 "$(get /open/mz.caoba.v1/village)" "the other columns open"
same 404 "$(get /open/mz.caoba.v1.g1/subsidy/2026Q3)" "households stay in the village"
same 404 "$(get /open/mz.caoba.v1.g1/subsidy/2026Q3.csv)" "in every form"
for wrong in /open/nowhere /open/mz.caoba.v1/ledger/1999-01 "/open/mz.caoba.v1/ledger/$period.exe" /open/mz.caoba.v1/../../etc/passwd /open/mz.caoba.v1/ledger/a/b /fields/nothing "/open/%3Cscript%3E"; do
	same 404 "$(get "$wrong")" "nothing stands at $wrong"
done
finish
