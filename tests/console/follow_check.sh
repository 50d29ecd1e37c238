#!/bin/sh
# follow_check.sh - a voucher number is put right after pictures were put to the rows: each picture stays with its own
# payment, and who prepares the table is told when one had to stay behind.
. "$(dirname "$0")/../journey/lib.sh"
world 240 24 || { not_ok "the world stands"; finish; exit 1; }
mkdir -p "$w/photos/image" "$w/photos/pdf"
SEEDS=$w/photos "$build/debug/tests/intake/page_test" >/dev/null 2>&1
put() { # put ROW FILE
	office_curl liu -o /dev/null -w '%{http_code}' -F "csrf=$(office_csrf liu)" -F "row=$1" -F "file=@$w/photos/image/$2" "$OFFICE/vouchers/$draft"
}
pages() { # which picture stands at which row, numbered as they were first put there
	db "SELECT record || ' ' || (SELECT count(DISTINCT q.hash) FROM page q WHERE q.draft = $first AND q.id <= (SELECT min(id) FROM page o WHERE o.draft = $first AND o.hash = p.hash)) FROM page p WHERE draft = $draft ORDER BY record, rank" | paste -sd ';'
}
printf '日期,凭证号,科目,收支,金额,摘要,对方\n2026-11-02,记-1102-01,515,支出,4800,租挖掘机,陈某某\n2026-11-03,记-1102-01,515,支出,120,买水管,农资店\n2026-11-09,记-1109-01,513,支出,90,办公用纸,文具店\n' >"$w/table.csv"
office_login liu >/dev/null
office_upload liu mz.caoba.v1 2026-11 "$w/table.csv" >/dev/null
draft=$(db 'SELECT max(id) FROM draft')
first=$draft
upload=$(db "SELECT upload FROM draft WHERE id = $draft")
put 记-1102-01-01 plain.png >/dev/null
put 记-1102-01-02 turned-6.jpg >/dev/null
same "记-1102-01-01 1;记-1102-01-02 2" "$(pages)" "two payments of one voucher have a picture each"

# The first payment belongs to another voucher: now the second is the first of its own.
office_post liu "/fix/$upload" c2.2=记-1102-09 >/dev/null
same "记-1102-01-01 2;记-1102-09-01 1" "$(pages)" "its number is put right, and each keeps its own"
same 2 "$(db "SELECT CAST(sheet AS TEXT) FROM draft WHERE id = $draft" | grep -c '"attach"')" "and the rows say so"

# Sent back and put right again: the next draft begins the same way.
same 303 "$(office_post liu "/submit/$draft" reason=)" "the table is handed on"
office_login li >/dev/null
office_post li "/refuse/$draft" words=凭证号不对 >/dev/null
office_post liu "/fix/$upload" c3.2=记-1102-08 >/dev/null
draft=$(db 'SELECT max(id) FROM draft')
same "记-1102-08-01 2;记-1102-09-01 1" "$(pages)" "after it was sent back as well"

# Nothing is left of the row: its picture stays behind, and that is said.
printf '日期,凭证号,科目,收支,金额,摘要,对方\n2026-11-09,记-1109-01,513,支出,90,办公用纸,文具店\n' >"$w/less.csv"
office_upload liu mz.caoba.v1 2026-11 "$w/less.csv" >"$w/said"
draft=$(db 'SELECT max(id) FROM draft')
same "" "$(pages)" "a row that is not there carries nothing"
same 200 "$(cat "$w/said")" "and no redirection hides that"
grep -q '有 2 张凭证、照片没有跟过来' "$OFFICE_TMP"/* && ok "the page says how many" || not_ok "the page says how many"
finish
