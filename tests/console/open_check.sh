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
cp "$w/page" "$w/rows"
same 200 "$(get "/open/mz.caoba.v1/ledger/$period.p1.jsonl")" "a part by itself"
cmp -s "$w/rows" "$w/page" && ok "is what was signed" || not_ok "is what was signed"
same 404 "$(get "/open/mz.caoba.v1/ledger/$period.p2.jsonl")" "a part that is not there"
get "/open/mz.caoba.v1/ledger/$period" >/dev/null
sed -n '/<pre>/,/<\/pre>/p' "$w/page" | sed 's/.*<pre>//; s#</pre>.*##; s/&#39;/'"'"'/g; s/&quot;/"/g; s/&lt;/</g; s/&gt;/>/g; s/&amp;/\&/g' >"$w/recipe"
same 2 "$(grep -c . "$w/recipe")" "the page says how to check it in two lines"
same "$print" "$(CURL_CA_BUNDLE=$OFFICE_CA sh "$w/recipe" | sed 's/ $//')" "and those two lines, run as they stand, give the fingerprint"
grep -q '监委会签过字' "$w/page" && ok "it says who signed for the village" || not_ok "it says who signed for the village"
grep -q '<p class="say">收了' "$w/page" && ok "and in a sentence what the month was" || not_ok "and in a sentence what the month was"
same 3 "$(grep -o '<summary>20[0-9][0-9] 年' "$w/page" | wc -l | tr -d ' ')" "other months are folded by year"
same 1 "$(grep -o '<details open>' "$w/page" | wc -l | tr -d ' ')" "this one is open"
get "/open/mz.caoba.v1/ledger/$period.jsonl" >/dev/null
in_fen=$(grep '"direction":"in"' "$w/page" | grep -o '"amount_fen":[0-9]*' | cut -d: -f2 | awk '{ s += $1 } END { printf "%d", s }')
same yes "$([ "${in_fen:-0}" -gt 0 ] && echo yes)" "there is income to add up"
same 200 "$(get "/open/mz.caoba.v1/ledger/$period.csv")" "a spreadsheet can be had"
sum=$(awk -F, 'NR > 1 && /"收入"/ { for (i = 1; i <= NF; i++) if ($i ~ /^[0-9]+\.[0-9][0-9]$/) { s += $i; break } } END { printf "%d", s * 100 + 0.5 }' "$w/page")
same "$in_fen" "$sum" "its income adds up to what the touch screen says"
same 200 "$(get "/open/mz.caoba.v1/ledger/$period.json")" "and JSON"
command -v node >/dev/null && { node -e "JSON.parse(require('fs').readFileSync('$w/page'))" && ok "that is JSON" || not_ok "that is JSON"; }
# Books and balances add up to the money left that the page shows.
get /open/mz.caoba.v1/finance >/dev/null
quarter=$(grep -o '/open/mz.caoba.v1/fund_balance/[0-9Q]*' "$w/page" | head -n 1 | sed 's#.*/##')
get "/open/mz.caoba.v1/fund_balance/$quarter.jsonl" >/dev/null
left=$(grep -o '"closing_fen":-*[0-9]*' "$w/page" | cut -d: -f2 | awk '{ s += $1 } END { printf "%d", s }')
at=$((${quarter%Q*} * 12 + ${quarter#*Q} * 3))
end=$((${period%-*} * 12 + $(echo "${period#*-}" | sed 's/^0//')))
while [ $at -lt $end ]; do
	get "/open/mz.caoba.v1/ledger/$(printf '%04d-%02d' $((at / 12)) $((at % 12 + 1))).jsonl" >/dev/null
	left=$((left + $(awk '{ match($0, /"amount_fen":[0-9]+/); v = substr($0, RSTART + 13, RLENGTH - 13); s += /"direction":"in"/ ? v : -v } END { printf "%d", s }' "$w/page")))
	at=$((at + 1))
done
get "/open/mz.caoba.v1/ledger/$period" >/dev/null
shown=$(tr -d '\n' <"$w/page" | sed -n 's/.*月底还有（元）<\/dt><dd>\([0-9,.]*\).*/\1/p' | tr -d ',.')
same "$left" "$shown" "what is left is the last balance and the books since"

# --- how much was made public ---
sums() { # sums PLACE DIRECTION: of every ledger of a place, by its rows
	get "/open/$1/finance" >/dev/null
	get "/open/$1/ledger/$(grep -o "/open/$1/ledger/[0-9-]*" "$w/page" | head -n 1 | sed 's#.*/##')" >/dev/null
	for p in $(grep -o "/open/$1/ledger/[0-9-]*\"" "$w/page" | sed 's#.*/##; s/"//' | sort -u); do
		get "/open/$1/ledger/$p.jsonl" >/dev/null
		grep "\"direction\":\"$2\"" "$w/page" | grep -o '"amount_fen":[0-9]*' | cut -d: -f2
	done | awk '{ s += $1 } END { printf "%d", s }'
}
all_in=0 all_out=0
for place in mz.caoba.v1 mz.caoba.v1.g1 mz.caoba.v1.g2 mz.caoba.v2 mz.caoba.v2.g1 mz.caoba.v2.g2; do
	all_in=$((all_in + $(sums $place in)))
	all_out=$((all_out + $(sums $place out)))
done
get /open >/dev/null
figure() { tr -d '\n' <"$w/page" | sed 's/<tr>/\n/g' | grep "$1" | grep -o 'num">[0-9,.]*' | sed -n "$2s/.*>//p" | tr -d ',.'; }
same "$all_in" "$(figure '蒙自市，一共' 1)" "the county's income is the sum of every published row"
same "$all_out" "$(figure '蒙自市，一共' 2)" "and its spending"
same "$all_in" "$(figure '"row">草坝镇<' 1)" "the township's likewise"
same 200 "$(get /fields/ledger)" "the columns are explained"
grep -q amount_fen "$w/page" && ok "by the names the JSON uses" || not_ok "by the names the JSON uses"
same 200 "$(get /open/mz.caoba.v1/village)" "the other columns open"
same 404 "$(get /open/mz.caoba.v1.g1/subsidy/2026Q3)" "households stay in the village"
same 404 "$(get /open/mz.caoba.v1.g1/subsidy/2026Q3.csv)" "in every form"
for wrong in /open/nowhere /open/mz.caoba.v1/ledger/1999-01 "/open/mz.caoba.v1/ledger/$period.exe" /open/mz.caoba.v1/../../etc/passwd /open/mz.caoba.v1/ledger/a/b /fields/nothing "/open/%3Cscript%3E"; do
	same 404 "$(get "$wrong")" "nothing stands at $wrong"
done
finish
