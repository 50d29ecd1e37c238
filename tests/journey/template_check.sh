#!/bin/sh
# template_check.sh - a template nobody wrote before, written while the programs stand still, goes the whole way without
# a line of C: empty table, checks, preview, two people, publication, touch screen, open page.
. "$(dirname "$0")/lib.sh"
cp -r "$assets" "$w/assets"
assets=$w/assets
cat >"$assets/catalogue/well_water.json" <<'J'
{
 "id": "well_water", "column": "service", "order": 77, "title": "水井化验", "title_en": "Well water tests",
 "hint": "哪口井的水能喝", "hint_en": "Which well's water is fit to drink",
 "rhythm": "half",
 "rule": "农村供水办法（试）第七条：每半年公布一次",
 "fields": [
  {"id": "well", "label": "哪口井", "label_en": "Well", "type": "text", "required": true, "max": 30, "part": "title", "alias": ["水井"]},
  {"id": "tested_on", "label": "化验日期", "label_en": "Tested on", "type": "date", "required": true, "part": "date"},
  {"id": "verdict", "label": "能不能喝", "label_en": "Fit to drink", "type": "choice", "required": true, "part": "state", "choices": {"drink": "能喝", "boil": "烧开再喝", "closed": "已经封了"}},
  {"id": "depth", "label": "多深", "label_en": "Depth", "type": "quantity", "unit": "米"},
  {"id": "taken", "label": "采了几次", "label_en": "Samples", "type": "number", "required": true, "unit": "次"},
  {"id": "good", "label": "合格几次", "label_en": "Good samples", "type": "number", "unit": "次"},
  {"id": "each_fen", "label": "每次花", "label_en": "Each", "type": "fen"},
  {"id": "fee_fen", "label": "一共花", "label_en": "Cost", "type": "fen", "part": "amount"},
  {"id": "photo", "label": "照片", "label_en": "Photo", "type": "image"}
 ],
 "sub": ["depth", "taken"],
 "checks": [
  {"kind": "product", "terms": ["taken", "each_fen"], "result": "fee_fen"},
  {"kind": "most", "terms": ["good"], "result": "taken", "words": "合格的多过采的，采的至少"},
  {"kind": "share", "terms": ["good"], "result": "taken", "share": [1, 1], "when": {"field": "verdict", "is": "drink"}, "words": "能喝就要次次合格，至少"}
 ],
 "read": "{well}的水{verdict}，化验花了{fee_fen}。",
 "read_en": "Water of {well}: {verdict}."
}
J
world 240 6 || { not_ok "the world stands"; finish; exit 1; }
table() { # table ROW...: the downloaded heading with these rows under it
	head -n 1 "$w/empty.csv"
	printf '%s\n' "$@"
}
draft_newest() { db "SELECT max(id) FROM draft"; }

# --- the empty table ---
office_login liu >/dev/null
same 200 "$(office_get liu /templates)" "there is a list of empty tables"
says "the new one is in it" liu "水井化验"
same 200 "$(office_get liu /templates/well_water.csv)" "it can be downloaded as CSV"
cp "$OFFICE_TMP/page.liu" "$w/empty.csv"
holds "with its headings and no photo column" grep -q '哪口井.*化验日期.*能不能喝.*多深.*采了几次.*合格几次.*每次花.*一共花' "$w/empty.csv"
same 200 "$(office_get liu /templates/well_water.xlsx)" "and as a workbook"
cp "$OFFICE_TMP/page.liu" "$w/empty.xlsx"
same 422 "$(office_upload liu mz.caoba.v1 2026-09 "$w/empty.xlsx" well_water)" "the empty workbook has nothing to publish"
says "its example is no row" liu "一行账也没有"

# --- the checks ---
table '大井,2026-09-03,能喝,12.5,4,3,60,240' '小井,2026-09-04,倒掉,8,2,2,60,120' '新井,2026-09-05,烧开再喝,30,2,3,60,180' >"$w/wrong.csv"
same 422 "$(office_upload liu mz.caoba.v1 2026-09 "$w/wrong.csv" well_water)" "a table that contradicts itself is not taken"
says "a choice that does not exist is named" liu "倒掉"
says "with those that do" liu "烧开再喝"
says "fit to drink wants every sample good" liu "能喝就要次次合格"
says "more good ones than were taken" liu "合格的多过采的"
says "and the sum that does not come out" liu "120.00"
same 0 "$(db "SELECT count(*) FROM draft WHERE template = 'well_water'")" "nothing of it was kept"
table '大井,2026-09-03,能喝,12.5,4,4,60,240' '小井,2026-09-04,烧开再喝,8,2,1,60,120' >"$w/right.csv"
same 303 "$(office_upload liu mz.caoba.v1 2026-09 "$w/right.csv" well_water)" "the corrected table is taken"
draft=$(draft_newest)
same "2026H2" "$(db "SELECT period FROM draft WHERE id = $draft")" "for the half year its rhythm names"
office_get liu "/drafts/$draft" >/dev/null
says "the preview shows it as villagers will see it" liu "烧开再喝"

# --- a picture at a row ---
put() { # put FILE ROW
	office_curl liu -F "csrf=$(office_csrf liu)" -F "row=$2" -F "file=@$1" "$OFFICE/vouchers/$draft"
}
same 200 "$(office_get liu "/vouchers/$draft")" "its rows take pictures"
same 303 "$(put "$root/tests/fuzz/corpus/image/turned-6.jpg" d20260903-01)" "one is put to the first"
same 1 "$(db "SELECT count(*) FROM page WHERE draft = $draft")" "and is there"
picture=$(db "SELECT id FROM page WHERE draft = $draft")

# --- two people ---
same 303 "$(office_post liu "/submit/$draft" reason=)" "it is handed on"
same 403 "$(office_post liu "/approve/$draft" seen=yes "password=$PASSWORD")" "who prepared it cannot sign it"
office_login li >/dev/null
same 422 "$(office_post li "/approve/$draft" seen=yes "password=$PASSWORD")" "a picture nobody else looked at keeps it back"
same 303 "$(office_post li "/looks/$draft" "p$picture=$(db "SELECT lower(hex(hash)) FROM page WHERE id = $picture")")" "a second person looks at it"
same 303 "$(office_post li "/approve/$draft" seen=yes "password=$PASSWORD")" "and signs"
holds "the courier applies it" once

# --- on the glass ---
to_wells() { # to_wells SENTENCE < REST: goes to the list of the new template, then on with the rest
	{ cat <<P; cat; } >"$w/to.play"
tap "点一下屏幕"
tap "好了，继续"
wait "服务公开" 10000
tap "服务公开"
wait "水井化验" 10000
tap @kind.well_water
wait "小井" 5000
P
	holds "$1" play <"$w/to.play"
}
to_wells "the column lists both rows with their state and second line" <<P
expect "大井"
expect "能喝"
expect "烧开再喝"
expect "多深 12.5 米"
expect "采了几次 4 次"
P
to_wells "the list can be heard" <<P
items $w/heard
P
holds "by the sentence of the template" grep -q "大井的水能喝，化验花了二百四十元" "$w/heard"
to_wells "a row says everything field by field" <<P
tap "大井"
wait "化验日期" 5000
expect "9 月 3 日"
expect "合格几次"
expect "每次花"
expect "60.00 元"
expect "240.00 元"
expect "水井化验"
expect "看照片 · 1 张"
expect-not "原来"
tap @entry.see
wait "转一转" 5000
rest
expect "大井"
expect-not "照片还没送到村里"
expect-not "坏了"
expect-not "正在打开"
P
cat >"$w/english.play" <<P
tap @attract.en
tap @lang.done
wait "Services" 10000
tap @home.service
wait "Well water tests" 10000
tap @kind.well_water
wait "Sep 3" 5000
tap @row.0
wait "Tested on" 5000
expect "Samples"
expect "Cost"
P
holds "and in English" play <"$w/english.play"

# --- looked for ---
looks_for() { # looks_for SENTENCE < REST
	{ cat <<P; cat; } >"$w/search.play"
tap "点一下屏幕"
tap "好了，继续"
wait "服务公开" 10000
tap @nav.search
rest
P
	holds "$1" play <"$w/search.play"
}
looks_for "it is found by an amount" <<P
tap @key.mode
type 240
tap @search.go
wait "大井" 5000
expect "水井化验"
P
looks_for "and by one character, and opened from there" <<P
type jing
wait "井" 5000
tap "井"
tap @search.go
wait "小井" 5000
tap "小井"
wait "化验日期" 5000
expect "120.00 元"
P

# --- on the open pages ---
same 200 "$(office_get nobody /open/mz.caoba.v1/service)" "the open pages have it"
same 200 "$(office_get nobody /open/mz.caoba.v1/well_water/2026H2)" "row by row"
says "with the same words" nobody "烧开再喝"

# --- a correction ---
table '大井,2026-09-03,能喝,12.5,4,4,60,240' '小井,2026-09-04,能喝,8,2,2,65,130' >"$w/better.csv"
same 303 "$(office_upload liu mz.caoba.v1 2026-09 "$w/better.csv" well_water)" "the same half year comes again"
draft=$(draft_newest)
same 303 "$(office_post liu "/submit/$draft" "reason=化验单寄错了一张")" "with a reason"
same 303 "$(office_post li "/approve/$draft" seen=yes "password=$PASSWORD")" "and is signed"
holds "the courier applies the new version" once
to_wells "the changed row says what it was, until when and why" <<P
tap "小井"
wait "能不能喝：原来是 烧开再喝" 10000
expect "改为 能喝"
expect "一共花：原来是 120.00 元"
expect "改为 130.00 元"
expect "因为化验单寄错了一张"
P
to_wells "the row that stayed says nothing of the kind" <<P
tap "大井"
wait "化验日期" 5000
rest
expect-not "原来"
P
table '大井,2026-09-03,能喝,13,4,4,60,240' '小井,2026-09-04,能喝,8,2,2,65,130' >"$w/third.csv"
office_upload liu mz.caoba.v1 2026-09 "$w/third.csv" well_water >/dev/null
draft=$(draft_newest)
office_post liu "/submit/$draft" "reason=井深量错了" >/dev/null
same 303 "$(office_post li "/approve/$draft" seen=yes "password=$PASSWORD")" "a third version changes the other row"
holds "and arrives" once
to_wells "the row changed before still says so, with its own reason" <<P
tap "小井"
wait "因为化验单寄错了一张" 10000
expect-not "井深"
P
to_wells "the one changed now says its own" <<P
tap "大井"
wait "多深：原来是 12.5 米" 10000
expect "因为井深量错了"
P
finish
