#!/bin/sh
# vouchers_check.sh - the paper behind a figure: photos, scans and PDF come to a row in a real browser, with and without
# scripts; what is private is blackened and gone for good; a second person looks at each; everybody can see them.
. "$(dirname "$0")/../journey/lib.sh"
SUBJECT="vouchers in a real browser"
. "$root/tests/console/browse.sh"
world 240 24 || { not_ok "the world stands"; finish; exit 1; }
mkdir -p "$w/made/image" "$w/made/pdf"
# The pictures are those the tests of the reader make: four quarters, red and green over blue and white.
SEEDS=$w/made "$build/${MODE:-debug}/tests/intake/page_test" >>"$w/log" 2>&1
photo=$w/made/image/turned-6.jpg scan=$w/made/image/plain.png pdf=$w/made/pdf/three.pdf locked=$w/made/pdf/locked.pdf
csv() { printf '日期,凭证号,科目,收支,金额,摘要,对方,附件张数\n%b' "$1"; }
files() { find "$w/d/township/blobs" -type f | wc -l; }
holds "the pictures are made" test -s "$photo" -a -s "$pdf"

# --- a month with two entries ---
csv '2026-11-02,记-1102-01,515,支出,"4,800.00",租挖掘机清理灌溉沟 2 天,个体户 陈某某,2\n2026-11-08,记-1108-02,503,收入,30000,上级补助,草坝镇财政所,1\n' >"$w/good.csv"
office_login liu >/dev/null
same 303 "$(office_upload liu mz.caoba.v1 2026-11 "$w/good.csv")" "the month is uploaded"
draft=$(db 'SELECT max(id) FROM draft')
first='li.vrow:nth-child(1)' second='li.vrow:nth-child(2)'

# --- a disk that takes nothing ---
put() { office_curl liu -F "csrf=$(office_csrf liu)" -F "row=记-1102-01-01" -F "file=@$scan" "$OFFICE/vouchers/$draft"; }
mv "$w/d/township/blobs" "$w/blobs" && : >"$w/d/township/blobs"
same 422 "$(put)" "where the disk takes nothing, nothing is put there"
grep -q "没有放上去" "$OFFICE_TMP/page.liu" && ok "and the page says so" || not_ok "and the page says so"
same 0 "$(db "SELECT count(*) FROM page WHERE draft = $draft")" "nor does a row name it"
rm "$w/d/township/blobs" && mv "$w/blobs" "$w/d/township/blobs"

# --- what is too large ---
{ head -c 3 "$photo"; head -c 21000000 /dev/zero; } >"$w/large.jpg"
large() { office_curl liu -F "csrf=$(office_csrf liu)" -F "row=记-1102-01-01" "$@" "$OFFICE/vouchers/$draft"; }
same 422 "$(large -F "file=@$w/large.jpg")" "a picture too large is refused"
grep -q "最多 20 MB" "$OFFICE_TMP/page.liu" && ok "in words" || not_ok "in words"
same 413 "$(large -F "file=@$w/large.jpg" -F "file=@$w/large.jpg" -F "file=@$w/large.jpg")" "far too many at once are not read at all"

# --- without scripts: forms ---
browse "a photo is put to a row and blackened, without a script" <<P
$(enter liu)
open $OFFICE/drafts/$draft
press a[href="/vouchers/$draft"]
see 放上去的图，村民在终端上和网上都看得见
count .pic = 0
file $first input[type=file] = $photo
press $first form.put button
count $first .pic = 1
see 没有黑框
file $first input[type=file] = $locked
press $first form.put button
see 加了密码
open $OFFICE/vouchers/$draft
press $first .pic a[href^="/boxes/"]
hide 按住拖一下
fill input[name=l0] = 50
fill input[name=t0] = 0
fill input[name=w0] = 60
fill input[name=h0] = 50
press form[action^="/boxes/"] button
see 黑框的数字不对
open $OFFICE/vouchers/$draft
press $first .pic a[href^="/boxes/"]
fill input[name=l0] = 50
fill input[name=t0] = 0
fill input[name=w0] = 50
fill input[name=h0] = 50
press form[action^="/boxes/"] button
value input[name=w0] = 50.0
press form[action^="/turn/"] button
value input[name=t0] = 50.0
colour section.narrow img.large = 75 75 black
colour section.narrow img.large = 75 25 blue
press form[action^="/turn/"] button
press form[action^="/turn/"] button
press form[action^="/turn/"] button
value input[name=t0] = 0.0
shot $pictures/boxes-plain.png
open $OFFICE/vouchers/$draft
see 画了黑框
P

# --- with scripts: dropped and drawn ---
head -c 41000000 /dev/zero >"$w/huge.jpg"
browse "files are dropped onto rows and boxes drawn by hand" <<P
script on
$(enter liu)
open $OFFICE/vouchers/$draft
file $first input[type=file] = $w/huge.jpg
see 请分几次放
drop $second = $pdf $scan
count $second .pic = 4
count $first .pic = 1
shot $pictures/vouchers.png
press $second .pic:nth-child(4) a[href^="/boxes/"]
see 按住拖一下
draw .editor = 5 5 40 40
count .editor i = 1
draw .editor = 60 60 30 30
count .editor i = 2
draw .editor = 75 20 0 0
count .editor i = 2
tick .editor i:nth-of-type(2)
count .editor i = 1
shot $pictures/boxes.png
press form[action^="/boxes/"] button
count .editor i = 1
open $OFFICE/vouchers/$draft
press $second .pic:nth-child(1) button[value=down]
press $second .pic:nth-child(3) button[value=remove]
count $second .pic = 3
P
same 4 "$(db "SELECT count(*) FROM page WHERE draft = $draft")" "four pictures are there"
grep -rqa 'Exif\|SECRET' "$w/d/township/blobs" && not_ok "none lies on the disk in clear" || ok "none lies on the disk in clear"
page=$(db "SELECT min(id) FROM page WHERE draft = $draft")
same 200 "$(office_get liu "/picture/$page?whole=yes")" "who prepares it sees what is under the box"

office_login li >/dev/null
code=$(office_get li "/picture/$page")
[ "$code" -ge 400 ] && ok "and nobody else sees it before it is handed on" || not_ok "and nobody else sees it before it is handed on ($code)"
same 200 "$(office_get li "/vouchers/$draft")" "only that it is there"

# --- nobody alone ---
same 303 "$(office_post liu "/submit/$draft" reason=)" "it is handed on"
code=$(put)
[ "$code" -ge 400 ] && ok "after that nothing is put there" || not_ok "after that nothing is put there ($code)"
code=$(office_get liu "/picture/$page?whole=yes")
[ "$code" -ge 400 ] && ok "and nobody looks under a box" || not_ok "and nobody looks under a box ($code)"

# --- the village's committee, then a second person for every picture ---
office_login jian1 >/dev/null
same 200 "$(office_get jian1 "/vouchers/$draft")" "the village's committee sees the pictures"
same 303 "$(office_post jian1 "/supervise/$draft" do=sign seen=yes "password=$PASSWORD")" "and signs the month"
office_login li >/dev/null
same 422 "$(office_post li "/approve/$draft" seen=yes "password=$PASSWORD")" "nothing is signed before every picture was seen"
code=$(office_post liu "/looks/$draft" "p$page=$(db "SELECT lower(hex(hash)) FROM page WHERE id = $page")")
[ "$code" -ge 400 ] && ok "who prepared them does not say so" || not_ok "who prepared them does not say so ($code)"
code=$(office_post li "/looks/$draft" "p$page=$(printf '%064d' 0)")
[ "$code" -ge 400 ] && ok "nor is another picture meant" || not_ok "nor is another picture meant ($code)"
browse "a second person looks at each, then signs" <<P
$(enter li)
open $OFFICE/drafts/$draft
see 还有 4 张您要一张一张看过
press a[href="/vouchers/$draft"]
see 还要看 4 张
colour li.vrow:nth-child(1) img.large = 75 25 black
colour li.vrow:nth-child(1) img.large = 25 25 blue
shot $pictures/looks.png
tick li.vrow:nth-child(1) input[type=checkbox]
tick li.vrow:nth-child(2) input[type=checkbox]
press form[action^="/looks/"] button
see 还要看 2 张
tick li.vrow:nth-child(1) input[type=checkbox]
tick li.vrow:nth-child(2) input[type=checkbox]
press form[action^="/looks/"] button
see 每一张都看过了
press a[href="/drafts/$draft"]
tick input[name=seen]
fill form[action^="/approve/"] input[type=password] = $PASSWORD
press form[action^="/approve/"] button
see 已公开
P

# --- what everybody sees ---
line=$(db "SELECT s.bytes FROM sheet s WHERE instr(s.bytes, '记-1102-01') > 0 AND instr(s.bytes, '\"attach\"') > 0" | grep -a '记-1102-01')
name=$(printf '%s' "$line" | sed 's/.*"attach":\["\([0-9a-f]*\)"\]}$/\1/')
same 64 "${#name}" "the signed row names its picture last"
fetch() { curl -s --cacert "$OFFICE_CA" -o "$w/$1" -w '%{http_code}' "$OFFICE/open/blob/$2"; }
same 200 "$(fetch blob.jpg "$name.jpg")" "anybody gets it"
same "$name" "$(b2sum -l 256 "$w/blob.jpg" | cut -d' ' -f1)" "it is what its name says"
same ffd8ffe0 "$(head -c 4 "$w/blob.jpg" | xxd -p)" "a JPEG that begins like one"
grep -qa 'Exif\|SECRET\|Adobe' "$w/blob.jpg" && not_ok "without metadata" || ok "without metadata"
same 404 "$(fetch none "$(printf '%064d' 0).jpg")" "what is not public is not there"
same 404 "$(fetch none "../township.db")" "nor is anything else"
removed=$(db "SELECT count(*) FROM page WHERE draft = $draft AND (kept IS NOT NULL OR whole IS NOT NULL)")
same 0 "$removed" "no copy without boxes is kept"
same "$(db "SELECT (SELECT count(*) FROM blob) + (SELECT count(DISTINCT original) FROM page)")" "$(files)" "only what is public and the sealed originals lie on the disk"
browse "it stands beside the entry" <<P
open $OFFICE/open/mz.caoba.v1/ledger/2026-11
count tr.pics img = 4
colour tbody tr:nth-child(2) img = 75 25 black
colour tbody tr:nth-child(2) img = 25 25 blue
colour tbody tr:nth-child(2) img = 25 75 white
colour tbody tr:nth-child(2) img = 75 75 green
shot $pictures/open.png
P
kiosk_get() { # kiosk_get PATH FILE ARGS...: as the kiosk, with its certificate
	path=$1 to=$2
	shift 2
	curl -s --cacert "$OFFICE_CA" --cert "$w/d/kiosk/keys/tls.crt" --key "$w/d/kiosk/keys/tls.key" -o "$to" -w '%{http_code}' "$@" "$OFFICE$path"
}
same 200 "$(kiosk_get "/v1/blobs/$name" "$w/k.jpg")" "a kiosk gets it"
holds "the same bytes" cmp "$w/blob.jpg" "$w/k.jpg"
head -c 1000 "$w/blob.jpg" >"$w/part.jpg"
same 206 "$(kiosk_get "/v1/blobs/$name" "$w/rest.jpg" -H "Range: bytes=1000-")" "or goes on where the line broke off"
cat "$w/rest.jpg" >>"$w/part.jpg"
holds "and has the same bytes in the end" cmp "$w/blob.jpg" "$w/part.jpg"
same 416 "$(kiosk_get "/v1/blobs/$name" "$w/none" -H "Range: bytes=99999999-")" "past the end there is nothing"
same 404 "$(kiosk_get "/v1/blobs/$(printf '%064d' 0)" "$w/none")" "an unknown one is not there"
same 403 "$(curl -s --cacert "$OFFICE_CA" -o "$w/none" -w '%{http_code}' "$OFFICE/v1/blobs/$name")" "and without a kiosk's certificate nothing is"
holds "the courier fetches what is new" once
holds "with the picture" cmp "$w/blob.jpg" "$(find "$w/d/kiosk/blobs" -name "$name*" | head -n 1)"
cat >"$w/see.play" <<P
$(to_ledger)
wait "2026 年 11 月" 5000
tap @row.0
wait "30,000.00" 3000
tap @line.see
wait "第 1 / 3 张" 5000
wait "放大" 3000
expect-not "照片还没送到村里"
shot $pictures/glass.png
P
holds "it stands on the glass" play <"$w/see.play"

# --- the original, for who opens letters ---
office_login ma >/dev/null
same 403 "$(office_post ma "/original/$page" )" "the original stays sealed"
office_post ma /keys do=open "password=$PASSWORD" >/dev/null
same 200 "$(office_post ma "/original/$page")" "until the office's key is open"
holds "and is what was uploaded" cmp "$photo" "$OFFICE_TMP/page.ma"
same 1 "$(db "SELECT count(*) FROM audit WHERE kind = 'original-opened'")" "which is written down"

# --- pictures for what is public already ---
same 409 "$(office_upload liu mz.caoba.v1 2026-11 "$w/good.csv")" "the same month once more is nothing new"
same 303 "$(office_post liu /reopen place=mz.caoba.v1 what=ledger period=2026-11)" "but it can be opened again for pictures"
again=$(db 'SELECT max(id) FROM draft')
same 4 "$(db "SELECT count(*) FROM page WHERE draft = $again AND kept IS NULL")" "it begins with those that are public"
same 303 "$(office_post liu /reopen place=mz.caoba.v1 what=ledger period=2026-11)" "and is opened once"
same "$again" "$(db 'SELECT max(id) FROM draft')" "not twice"

# --- a second copy, and coming back from it ---
holds "a copy is made" "$bin/elutong-township" --data "$w/d/township" --assets "$assets" --backup "$w/copy.db"
same "$(files)" "$(find "$w/copy.db.blobs" -type f | wc -l)" "with every picture"
township_stop
rm -rf "$w/d/township/blobs"
holds "it is put back" "$bin/elutong-township" --data "$w/d/township" --assets "$assets" --restore "$w/copy.db"
township_start
same 200 "$(fetch back.jpg "$name.jpg")" "and the picture is there again"
holds "as it was" cmp "$w/blob.jpg" "$w/back.jpg"
finish
