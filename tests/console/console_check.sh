#!/bin/sh
# console_check.sh - the office in the browser: who is let in, what a table may look like, two people for every
# publication, and the open ledger of the kiosk shows it within three seconds.
. "$(dirname "$0")/../journey/lib.sh"
world 240 24 || { not_ok "the world stands"; finish; exit 1; }
csv() { printf '日期,凭证号,科目,收支,金额,摘要,对方\n%b' "$1"; }

# --- being let in ---
same 303 "$(office_curl nobody "$OFFICE/")" "without a login there is only the door"
same 403 "$(office_login liu wrong-password)" "a wrong password is refused"
same 303 "$(office_login liu)" "the right one is not"
same 403 "$(office_curl liu --data-urlencode "place=mz.caoba.v1" "$OFFICE/upload")" "a form without its token is refused"
same 403 "$(curl -s --cacert "$OFFICE_CA" -b "$OFFICE_TMP/jar.liu" -H "Origin: https://evil.example" -o /dev/null -w '%{http_code}' --data-urlencode "csrf=$(office_csrf liu)" "$OFFICE/logout")" "a form from another site is refused"
headers=$(curl -s --cacert "$OFFICE_CA" -D - -o /dev/null "$OFFICE/login")
echo "$headers" | grep -qi "content-security-policy: default-src 'none'" && ok "no page runs a script" || not_ok "no page runs a script"
same 403 "$(office_get liu /records)" "who prepares tables does not see the records"
same 403 "$(office_get liu /cases)" "nor the letters"

# --- what a table may look like ---
csv '2026-11-02,记-1102-01,515,支出,"4,800.00",租挖掘机清理灌溉沟 2 天,个体户 陈某某\n2026-11-08,记-1108-02,503,收入,30000,上级补助,草坝镇财政所\n' >"$w/good.csv"
iconv -f UTF-8 -t GB18030 "$w/good.csv" >"$w/gb.csv"
csv '2026-13-02,记-1,515,支出,四千八,沟,陈\n2026-11-02,记-2,515,哪里,10,电话 13800138000,陈\n' >"$w/bad.csv"
head -c 3000000 /dev/urandom >"$w/noise.csv"
head -c 25500000 /dev/zero | tr '\0' 'a' >"$w/huge.csv"
printf '日期,金额\n2026-11-02,\xff\xfe\xfd\n' >"$w/broken.csv"
: >"$w/empty.csv"
same 422 "$(office_upload liu mz.caoba.v1 2026-11 "$w/bad.csv")" "a bad table is not taken"
says "it says what a date looks like" liu "2026-13-02"
says "and which amount cannot be read" liu "四千八"
same 422 "$(office_upload liu mz.caoba.v1 2026-11 "$w/noise.csv")" "noise is no table"
same 413 "$(office_upload liu mz.caoba.v1 2026-11 "$w/huge.csv")" "a table too large is refused before it is read"
same 422 "$(office_upload liu mz.caoba.v1 2026-11 "$w/broken.csv")" "broken letters are refused"
same 422 "$(office_upload liu mz.caoba.v1 2026-11 "$w/empty.csv")" "an empty file is refused in words"
same 200 "$(office_get liu /templates)" "there are empty tables to fill in"
same 200 "$(office_get liu /templates/ledger.xlsx)" "one can be downloaded"
cp "$OFFICE_TMP/page.liu" "$w/template.xlsx"
same 422 "$(office_upload liu mz.caoba.v1 2026-11 "$w/template.xlsx")" "its example is no entry"
says "there is nothing else in it" liu "一行账也没有"
says "and the sheet is named" liu "Sheet1"
same 404 "$(office_get liu /templates/nothing.xlsx)" "a table that is not there"
same 0 "$(db 'SELECT count(*) FROM draft')" "none of them left anything behind"
code=$(office_upload liu mz.caoba.v3 2026-11 "$w/good.csv")
[ "$code" -ge 400 ] && ok "a place that is not there is refused" || not_ok "a place that is not there is refused ($code)"
same 303 "$(office_upload liu mz.caoba.v1.g1 2026-11 "$w/gb.csv")" "GB18030 is read"
csv '2026-11-02,记-1102-09,513,支出,9000000,办公用纸,县文具店\n' >"$w/unusual.csv"
same 303 "$(office_upload liu mz.caoba.v1 2026-11 "$w/unusual.csv")" "an amount far from the usual is taken"
same 200 "$(office_get liu "/drafts/$(db "SELECT max(id) FROM draft")")" "as a draft"
says "that asks a person to look at it" liu "多出 10 倍以上"
same 303 "$(office_upload liu mz.caoba.v1 2026-11 "$w/good.csv")" "UTF-8 is read"
draft=$(db "SELECT max(id) FROM draft")
same 200 "$(office_get liu "/drafts/$draft")" "the preparer sees it as villagers will"
says "with the row" liu "租挖掘机清理灌溉沟"

# --- two people ---
same 303 "$(office_post liu "/submit/$draft" reason=)" "it is handed on"
same 403 "$(office_post liu "/approve/$draft" seen=yes "password=$PASSWORD")" "who prepared it cannot sign it"
same 303 "$(office_login li)" "a second person logs in"
same 409 "$(office_post li "/approve/$draft" seen=yes "password=$PASSWORD")" "who cannot sign before the village's committee has spoken"
same 303 "$(office_login jian1)" "the committee logs in"
same 303 "$(office_supervise jian1 "$draft")" "and signs"
same 403 "$(office_post li "/approve/$draft" seen=yes password=not-the-password)" "a wrong password signs nothing"
same 422 "$(office_post li "/approve/$draft" "password=$PASSWORD")" "nor does one who has not looked"
before=$(db "SELECT count(*) FROM publication WHERE place = 'mz.caoba.v1'")
# The kiosk is open at the month before; the new month must come by itself.
courier_start 500
cat >"$w/see.play" <<P
$(to_ledger)
wait "2026 年 10 月" 5000
shot $w/before.png
wait "2026 年 11 月" 20000
wait "4,800.00" 3000
P
start=$(date +%s%N)
(play <"$w/see.play") &
seeing=$!
# The picture is taken once the open ledger stands at the month before.
while [ ! -s "$w/before.png" ] && kill -0 $seeing 2>/dev/null; do sleep 0.05; done
signed=$(date +%s%N)
same 303 "$(office_post li "/approve/$draft" seen=yes "password=$PASSWORD")" "the second person signs"
wait $seeing && ok "the open ledger shows the new month by itself" || not_ok "the open ledger shows the new month by itself"
took=$((($(date +%s%N) - signed) / 1000000))
echo "# count from the signature to the glass: $took ms"
[ "$took" -lt 3500 ] && ok "within three seconds" || not_ok "within three seconds ($took ms)"
courier_stop
same $((before + 1)) "$(db "SELECT count(*) FROM publication WHERE place = 'mz.caoba.v1'")" "one publication more"
code=$(office_post li "/approve/$draft" seen=yes "password=$PASSWORD")
[ "$code" -ge 400 ] && ok "it cannot be signed twice" || not_ok "it cannot be signed twice"

# --- a correction ---
csv '2026-11-02,记-1102-01,515,支出,"4,340.00",租挖掘机清理灌溉沟 2 天,个体户 陈某某\n2026-11-08,记-1108-02,503,收入,30000,上级补助,草坝镇财政所\n' >"$w/better.csv"
same 303 "$(office_upload liu mz.caoba.v1 2026-11 "$w/better.csv")" "the same month comes again"
draft=$(db "SELECT max(id) FROM draft")
code=$(office_post liu "/submit/$draft" reason=)
[ "$code" -ge 400 ] && ok "a change needs its reason" || not_ok "a change needs its reason ($code)"
same 303 "$(office_post liu "/submit/$draft" "reason=票据对错了")" "with a reason it goes on"
same 303 "$(office_supervise jian1 "$draft")" "to the committee"
same 303 "$(office_post li "/approve/$draft" seen=yes "password=$PASSWORD")" "and is signed"
holds "the courier fetches it" once
cat >"$w/changed.play" <<P
$(to_ledger)
wait "原来是 4,800.00" 5000
expect "因为票据对错了"
P
holds "the kiosk says what it was, until when and why" play <"$w/changed.play"
finish
