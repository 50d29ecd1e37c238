#!/bin/sh
# pages_check.sh - every page of every role can be used from the keyboard and with a reader of screens, and runs nothing
# (but for the one script of the pages where pictures are prepared): no script, no inline style, a label for every field, a scope for every heading of a table, one main part to skip to.
. "$(dirname "$0")/../journey/lib.sh"
world 120 24 || { not_ok "the world stands"; finish; exit 1; }
looked=0
look() { # look USER ADDRESS: says what is wrong with the page
	looked=$((looked + 1))
	tr '\n' ' ' <"$OFFICE_TMP/page.$1" | sed 's/</\n</g' | awk -v page="$2" '
		function wrong(what) { print page ": " what ": " $0 }
		/^<script src="\/static\/vouchers.js" defer>/ && page ~ /^\/(vouchers|boxes)\// { next }
		/^<script/ || / style="/ || / on[a-z]+="/ || /href="javascript/ { wrong("runs or styles by itself") }
		/^<label/ { label++ }
		/^<\/label/ { label-- }
		/^<(input|select|textarea)/ && !/type="hidden"/ && !label && !/aria-label="/ { wrong("no label") }
		/^<input/ && /type="password"/ && !/autocomplete="/ { wrong("a password the browser would keep as it likes") }
		/^<th[ >]/ && !/scope="/ { wrong("no scope") }
		/^<img/ && !/ alt="/ { wrong("no alternative") }
		/^<form/ && /method="post"/ { form = 1; word = 0 }
		/name="csrf"/ { word = 1 }
		/^<\/form/ { if (form && !word && page != "/login") wrong("a form without its token"); form = 0 }
		/^<main id="m"/ { mains++ }
		/^<html lang="zh-CN"/ { lang = 1 }
		/^<title>/ { title = 1 }
		END { if (mains != 1 || !lang || !title) print page ": no frame" }' >>"$w/wrong"
}
visit() { # visit USER ADDRESS
	code=$(office_get "$1" "$2")
	case $code in 2* | 4*) look "$1" "$2" ;; *) echo "$2: $code for $1" >>"$w/wrong" ;; esac
}
: >"$w/wrong"
"$bin/elutong-pack" letters --data "$w/d/kiosk" --count 3 >>"$w/made"
once
office_curl nobody "$OFFICE/login" >/dev/null
look nobody /login
for address in /open /open/mz.caoba.v1 /open/mz.caoba.v1/village /fields/ledger /open/nowhere; do
	office_curl nobody "$OFFICE$address" >/dev/null
	look nobody "$address"
done
office_curl nobody "$OFFICE/open/mz.caoba.v1/finance" >/dev/null
for address in $(grep -o '/open/mz.caoba.v1/[a-z_]*/[0-9][0-9Q-]*' "$OFFICE_TMP/page.nobody"); do
	office_curl nobody "$OFFICE$address" >/dev/null
	look nobody "$address"
done
for who in ma liu li pu admin zhao; do
	same 303 "$(office_login $who)" "$who comes in"
	for address in / /cases "/cases?list=over" /drafts /due /due/1 /upload /kiosks /records; do
		visit $who "$address"
	done
done
visit ma /cases/1
office_post ma /keys do=open "password=$PASSWORD" >/dev/null
visit ma /
visit ma /cases/1
office_post ma /move/1 do=accept class=3 >/dev/null
visit ma /cases/1
office_post ma /name/1 reason=回电话 "password=$PASSWORD" >/dev/null
look ma /name/1
printf '日期,凭证号,科目,收支,金额,摘要,对方\n2026-13-02,记-1,515,支出,四千八,<b>沟</b>,陈\n' >"$w/bad.csv"
printf '日期,凭证号,科目,收支,金额,摘要,对方\n2026-11-02,记-1,515,支出,10,"<img src=x onerror=""alert(1)"">",陈\n' >"$w/naughty.csv"
office_upload liu mz.caoba.v1 2026-11 "$w/bad.csv" >/dev/null
look liu /upload
visit liu "/upload/$(db 'SELECT max(id) FROM upload')"
office_upload liu mz.caoba.v1 2026-11 "$w/naughty.csv" >/dev/null
draft=$(db 'SELECT max(id) FROM draft')
visit liu "/drafts/$draft"
grep -qF '&lt;img src=x' "$OFFICE_TMP/page.liu" && ok "what stands in a table is shown, not done" || not_ok "what stands in a table is shown, not done"
mkdir -p "$w/photos/image" "$w/photos/pdf"
SEEDS=$w/photos "$build/debug/tests/intake/page_test" >/dev/null 2>&1
visit liu "/vouchers/$draft"
row=$(grep -o 'name="row" value="[^"]*"' "$OFFICE_TMP/page.liu" | head -n 1 | cut -d'"' -f4)
office_curl liu -F "csrf=$(office_csrf liu)" -F "row=$row" -F "file=@$w/photos/image/plain.png" "$OFFICE/vouchers/$draft" >/dev/null
visit liu "/vouchers/$draft"
visit liu "/boxes/$(db 'SELECT max(id) FROM page')"
office_curl liu -F "csrf=$(office_csrf liu)" -F "row=$row" -F "file=@$w/photos/image/bomb.png;filename=<b>.png" "$OFFICE/vouchers/$draft" >/dev/null
look liu /vouchers/refused
grep -qF '&lt;b&gt;.png' "$OFFICE_TMP/page.liu" && ok "a file's name is shown, not done" || not_ok "a file's name is shown, not done"
office_post liu "/submit/$draft" reason= >/dev/null
visit li "/drafts/$draft"
visit li "/vouchers/$draft"
office_login jian1 >/dev/null
for address in / /drafts "/drafts/$draft"; do visit jian1 "$address"; done
office_post jian1 "/supervise/$draft" do=object "words=没有发票" "password=$PASSWORD" >/dev/null
for address in / /drafts "/drafts/$draft"; do visit jian1 "$address"; done
visit li "/drafts/$draft"
office_post admin /kiosks/code place=mz.caoba.v1 >/dev/null
look admin /kiosks/code
if [ -s "$w/wrong" ]; then
	not_ok "no page has anything wrong"
	sort -u "$w/wrong" | head -n 20
else
	ok "no page has anything wrong"
fi
echo "# count pages looked at: $looked"
finish
