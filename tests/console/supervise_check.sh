#!/bin/sh
# supervise_check.sh - a month from the accountant's table to the village, in a real browser without scripts: what is wrong
# is put right on the page, the village's committee signs or objects, another person publishes, everybody can read it.
. "$(dirname "$0")/../journey/lib.sh"
SUBJECT="the office in a real browser"
. "$root/tests/console/browse.sh"
world 240 24 || { not_ok "the world stands"; finish; exit 1; }
printf '日期,凭证号,科目,收支,金额,摘要,对方\n2026-13-02,记-1102-01,515,支出,"4,800.00",租挖掘机清理灌溉沟 2 天,个体户 陈某某\n2026-11-08,记-1108-02,503,收入,30000,上级补助 电话 13800138000,草坝镇财政所\n2026-11-09,记-1109-01,513,支出,120,办公用纸,县文具店\n' >"$w/table.csv"
sum=$(sha256sum <"$w/table.csv" | cut -d' ' -f1)

browse "a table with two mistakes is put right on the page and handed on" <<P
$(enter liu)
see 退回给您改的
open $OFFICE/upload
choose select[name=place] = mz.caoba.v1
choose input[name=month] = 2026-11
file input[name=file] = $w/table.csv
press form.pick button
see 2 处要改好
see 改动只进系统
value input[name="c2.1"] = 2026-13-02
value input[name="c3.6"] = 上级补助 电话
shot $pictures/findings.png
fill input[name="c2.1"] = 2026-13-12
press form[action^="/fix/"] button
see 1 处要改好
see 2026-13-02
value input[name="c2.1"] = 2026-13-12
fill input[name="c2.1"] = 2026-11-02
press form[action^="/fix/"] button
see 村民在终端上看到的
see 在网页上改过的格子
see 2026-13-02
hide 13800138000
see 租挖掘机清理灌溉沟
press form[action^="/submit/"] button
see 等监委会签，今天交来
P
draft=$(db 'SELECT max(id) FROM draft')
same "$sum" "$(db "SELECT hex(file) FROM upload WHERE id = (SELECT upload FROM draft WHERE id = $draft)" | xxd -r -p | sha256sum | cut -d' ' -f1)" "the file that was uploaded stays as it came"
same 3 "$(db 'SELECT count(*) FROM correction')" "three changes are written down"
same "上级补助 电话 13*********|上级补助 电话" "$(db "SELECT was, becomes FROM correction WHERE line = 3")" "a telephone number only with stars"
same 1 "$(db "SELECT count(DISTINCT staff) FROM correction c WHERE staff = (SELECT id FROM staff WHERE login = 'liu')")" "with who made them"

browse "the approver sees what was changed, and waits for the village" <<P
$(enter li)
see 等村监委会签
open $OFFICE/drafts/$draft
see 在网页上改过的格子
see 2026-13-02
see 还差 1 人
count form[action^="/approve/"] = 0
shot $pictures/waiting.png
P
browse "another village's committee does not even see it" <<P
$(enter jian2)
see 等您签的 0
open $OFFICE/drafts/$draft
see 没有找到
P
browse "the committee signs, under its own password" <<P
$(enter jian1)
see 等您签的 1
press a[href="/drafts"]
see 等您签
press a[href="/drafts/$draft"]
see 替村里看一遍，签字
see 在网页上改过的格子
shot $pictures/committee.png
tick input[name=seen]
fill form[action^="/supervise/"] input[type=password] = not-the-password
press button[value=sign]
see 口令不对
open $OFFICE/drafts/$draft
fill textarea[name=words] = 打 13800138000 问
fill section.no input[type=password] = $PASSWORD
press button[value=object]
see 理由里有号码
open $OFFICE/drafts/$draft
tick input[name=seen]
fill form[action^="/supervise/"] input[type=password] = $PASSWORD
press button[value=sign]
see 签过字
count button[value=sign] = 0
P
same 1 "$(db "SELECT count(*) FROM event WHERE kind = 'supervised'")" "and that is one event of the chain"
browse "another person publishes" <<P
$(enter li)
open $OFFICE/drafts/$draft
see 王*明
see 签过字
tick input[name=seen]
fill form[action^="/approve/"] input[type=password] = $PASSWORD
shot $pictures/approve.png
press form[action^="/approve/"] button
see 已公开
P
browse "everybody reads it, with who signed for the village" <<P
open $OFFICE/open/mz.caoba.v1/ledger/2026-11
see 租挖掘机清理灌溉沟
see 王*明
shot $pictures/open.png
size 390 844
open $OFFICE/open/mz.caoba.v1/ledger/2026-11
shot $pictures/open-phone.png
size 800 1100
media print
hide 换一个村
hide 表格 CSV
see 租挖掘机清理灌溉沟
see 这张表的指纹
shot $pictures/open-paper.png
P
holds "the courier fetches and applies it" once
cat >"$w/see.play" <<P
$(to_ledger)
wait "2026 年 11 月" 5000
tap @row.0
wait "村监督委员会 王*明 签过字" 3000
P
holds "the touch screen says who signed" play <"$w/see.play"

# --- an objection ---
printf '日期,凭证号,科目,收支,金额,摘要,对方\n2026-10-02,记-1002-01,515,支出,5500,垃圾清运费,清运公司\n' >"$w/objected.csv"
same 303 "$(office_login liu)" "another village's month"
same 303 "$(office_upload liu mz.caoba.v2 2026-10 "$w/objected.csv")" "comes"
draft=$(db 'SELECT max(id) FROM draft')
same 303 "$(office_post liu "/submit/$draft" reason=补一笔)" "and waits"
same 403 "$(office_post liu "/supervise/$draft" do=sign seen=yes "password=$PASSWORD")" "who prepared it cannot sign for the village"
same 303 "$(office_login li)" "nor can"
same 403 "$(office_post li "/supervise/$draft" do=sign seen=yes "password=$PASSWORD")" "who approves"
same 303 "$(office_login pu)" "nor"
same 403 "$(office_post pu "/supervise/$draft" do=sign seen=yes "password=$PASSWORD")" "a supervisor of the township"
same 303 "$(office_login jian1)" "nor"
same 404 "$(office_post jian1 "/supervise/$draft" do=sign seen=yes "password=$PASSWORD")" "another village's committee"
same 303 "$(office_login jian2)" "the village's own"
same 422 "$(office_post jian2 "/supervise/$draft" do=sign "password=$PASSWORD")" "not without having looked"
same 422 "$(office_post jian2 "/supervise/$draft" do=object "words= " "password=$PASSWORD")" "nor objects without a reason"
same 303 "$(office_post jian2 "/supervise/$draft" do=object "words=垃圾清运 5,500 元没有派车单" "password=$PASSWORD")" "it objects with one"
same 409 "$(office_post jian2 "/supervise/$draft" do=sign seen=yes "password=$PASSWORD")" "and what was said stays said"
same 303 "$(office_post li "/approve/$draft" seen=yes "password=$PASSWORD")" "the month is published all the same"
browse "with the objection beside it" <<P
open $OFFICE/open/mz.caoba.v2/ledger/2026-10
see 不同意
see 普*兰：垃圾清运 5,500 元没有派车单
shot $pictures/objected.png
P

# --- signed on paper at the meeting ---
printf '日期,凭证号,科目,收支,金额,摘要\n2026-09-02,记-0902-01,515,支出,30,沟\n' >"$w/paper.csv"
same 303 "$(office_upload liu mz.caoba.v2 2026-09 "$w/paper.csv")" "a month that was signed on paper"
draft=$(db 'SELECT max(id) FROM draft')
same 303 "$(office_post liu "/submit/$draft" reason=补一笔)" "waits"
clear() { grep -rl JFIF "$w/d/township/blobs" 2>/dev/null | wc -l; }
before=$(clear)
paper() { office_curl "$1" -F "csrf=$(office_csrf "$1")" -F "file=@$2" "$OFFICE/paper/$draft"; }
same 422 "$(paper liu "$w/paper.csv")" "a table is no photograph"
same 303 "$(paper liu "$pictures/committee.png")" "who prepared it brings one"
same 409 "$(office_post li "/approve/$draft" seen=yes paper=yes "password=$PASSWORD")" "that silences nobody who has a login"
same 409 "$(paper li "$pictures/committee.png")" "who approves brings none"
browse "a member of the committee brings it too, and that speaks for all" <<P
$(enter jian2)
open $OFFICE/drafts/$draft
see 传了签字表
file form[action^="/paper/"] input[type=file] = $pictures/committee.png
press form[action^="/paper/"] button
see 看照片
count form[action^="/supervise/"] = 0
P
same 200 "$(office_get li "/paper/$draft")" "who is to sign sees it"
head -c 3 "$OFFICE_TMP/page.li" | od -An -tx1 | grep -q 'ff d8 ff' && ok "as a picture" || not_ok "as a picture"
same 404 "$(office_get jian1 "/paper/$draft")" "another village does not"
same 422 "$(office_post li "/approve/$draft" seen=yes "password=$PASSWORD")" "who did not look at it does not sign"
same 303 "$(office_post li "/approve/$draft" seen=yes paper=yes "password=$PASSWORD")" "who did signs"
office_curl nobody "$OFFICE/open/mz.caoba.v2/ledger/2026-09" >/dev/null
grep -q 签在纸上 "$OFFICE_TMP/page.nobody" && ok "the page says it was signed on paper" || not_ok "the page says it was signed on paper"
same 303 "$(office_curl nobody "$OFFICE/paper/$draft")" "a stranger who asks for the photograph stands at the door"
same "$before" "$(clear)" "and no file of the office shows it in clear"

# --- a committee that does not come ---
same 303 "$(office_upload liu mz.caoba.v2 2026-11 "$w/table.csv" >/dev/null; printf '日期,凭证号,科目,收支,金额,摘要\n2026-11-02,记-1,515,支出,10,沟\n' >"$w/late.csv"; office_upload liu mz.caoba.v2 2026-11 "$w/late.csv")" "a month waits"
draft=$(db 'SELECT max(id) FROM draft')
same 303 "$(office_post liu "/submit/$draft" reason=)" "for a committee"
same 409 "$(office_post li "/approve/$draft" seen=yes "password=$PASSWORD")" "that has seven days"
township_stop
sqlite3 "$w/d/township/township.db" "UPDATE draft SET submitted = submitted - 7 * 86400 - 1 WHERE id = $draft"
township_start
same 303 "$(office_login li)" "after them"
same 303 "$(office_post li "/approve/$draft" seen=yes "password=$PASSWORD")" "the village is not kept waiting"
office_curl nobody "$OFFICE/open/mz.caoba.v2/ledger/2026-11" >/dev/null
grep -q 没有签 "$OFFICE_TMP/page.nobody" && ok "and the page says that nobody signed" || not_ok "and the page says that nobody signed"
finish
