#!/bin/sh
# ask_check.sh - a question about one row is answered to who asked; with consent, in the office's words and with two
# people, question and answer then stand beside that row, on the touch screen and on the open pages. Never a name.
. "$(dirname "$0")/lib.sh"
world 240 6 || { not_ok "the world stands"; finish; exit 1; }
to_row() { # to_row: the play lines to one row of the newest month
	cat <<P
tap "点一下屏幕"
tap "好了，继续"
wait "财务公开" 10000
tap @home.finance
wait "看每一笔账" 10000
tap @fin.rows
wait "2026 年 10 月" 10000
rest
tap @row.1
wait "我对这笔有疑问" 10000
P
}
ask() { # ask CONSENT: files a letter about that row, without a name
	{
		to_row
		cat <<P
tap @line.ask
wait "村里" 5000
tap @whom.village
tap @whom.next
tap @topic.next
wait "写" 5000
$(words)
wait "不公开，答复只给我看" 5000
$1
tap "封好，送出去"
wait "记住这 16 个数" 20000
P
	} >"$w/ask.play"
	play <"$w/ask.play"
}
annotate() { office_post ma "/annotate/$1" "question=$2" "answer=$3"; }

# --- asked ---
holds "a question about a row is filed, and nothing is said about publishing it" ask ""
holds "a second one, which may be public" ask 'tap @review.show
wait "公开在旁边，不写名" 3000'
holds "both go up" once
same 2 "$(db 'SELECT count(*) FROM matter')" "two cases"
refuses "what the row was stands in no database" grep -aq '"publish"' "$w/d/township/township.db" "$w/d/township/township.db-wal"

# --- answered ---
office_login ma >/dev/null
same 403 "$(annotate 1 问 答)" "with the office key shut nothing can be written"
office_post ma /keys do=open "password=$PASSWORD" >/dev/null
office_get ma /cases/2 >/dev/null
says "the office sees which row it is about" ma "收支明细"
says "and that it may be public, but not before it is answered" ma "答复以后，这里可以写"
same 403 "$(annotate 2 问 答)" "before the answer it is refused"
for case in 1 2; do
	office_post ma "/move/$case" do=accept class=3 >/dev/null
	same 303 "$(office_post ma "/move/$case" do=reply 'text=查了，机器是 11 月 6 日来的。')" "case $case is answered"
done
office_get ma /cases/1 >/dev/null
says "without consent there is no form" ma "没有同意公开"
same 403 "$(annotate 1 '挖机来了没有' '来了')" "nor does the office get past that"
office_get ma /cases/2 >/dev/null
says "with consent there is" ma "公开这一问一答"
refuses "and nothing of the letter stands in it" grep -q '<textarea[^>]*>[^<]' "$OFFICE_TMP/page.ma"
same 422 "$(annotate 2 '打 13800138000 问的，挖机来了没有' '来了')" "a telephone number keeps it back"
says "and is named" ma "手机号"
same 422 "$(annotate 2 '挖机来了没有' '身份证 532503198001010031 的人开的')" "so does an identity card"
same 422 "$(annotate 2 '挖机来了没有' '')" "so does an empty answer"
same 0 "$(db "SELECT count(*) FROM draft WHERE template = 'annotation'")" "none of them left anything"
same 200 "$(annotate 2 '这笔钱花了，挖机来了没有？' '来了，11 月 6 日挖了两天，验收单在镇上，可以去看。')" "written anew it is handed on"
draft=$(db "SELECT max(id) FROM draft")
same "annotation submitted" "$(db "SELECT template || ' ' || state FROM draft WHERE id = $draft")" "as a draft that waits"
same 409 "$(annotate 2 '再问一遍' '再答一遍')" "one at a time"
holds "nothing is public yet" once
{ to_row; echo rest; echo 'expect-not "有人问过"'; } >"$w/none.play"
holds "and the touch screen shows nothing" play <"$w/none.play"

# --- two people ---
same 403 "$(office_post ma "/approve/$draft" seen=yes "password=$PASSWORD")" "who wrote it cannot sign it"
office_login li >/dev/null
office_get li "/drafts/$draft" >/dev/null
says "who signs reads the question" li "挖机来了没有"
says "and the answer, whole" li "验收单在镇上"
same 303 "$(office_post li "/approve/$draft" seen=yes "password=$PASSWORD")" "and signs"
holds "the courier fetches it" once

# --- beside the row ---
{
	to_row
	cat <<P
wait "有人问过这一笔" 10000
expect "草坝镇信访办"
expect "这笔钱花了，挖机来了没有"
tap @line.asked
wait "验收单在镇上" 5000
expect "有人问"
P
} >"$w/beside.play"
holds "the row says that it was asked about, and shows both" play <"$w/beside.play"
cat >"$w/column.play" <<P
tap "点一下屏幕"
tap "好了，继续"
wait "村务公开" 10000
tap @home.village
wait "大家问过的" 10000
tap @kind.more
# A second tap sooner would count as the same.
sleep 300
tap @kind.more
rest
tap @kind.annotation
rest
tap @row.0
wait "验收单在镇上" 5000
expect-not "about_"
expect-not "ledger"
P
holds "it stands in its column as well" play <"$w/column.play"
period=$(db "SELECT period FROM draft WHERE id = $draft")
same once "$period" "its sheet is one for all time"
month=$(sqlite3 "$w/d/kiosk/books.db" "SELECT max(period) FROM sheet WHERE template = 'ledger' AND place = 'mz.caoba.v1'")
same 200 "$(office_get nobody "/open/mz.caoba.v1/ledger/$month")" "the open page of that month"
says "has it below the row" nobody "验收单在镇上"
office_login liu >/dev/null
same 422 "$(office_upload liu mz.caoba.v1 2026-11 "$w/beside.play" annotation)" "nobody uploads such rows as a table"
finish
