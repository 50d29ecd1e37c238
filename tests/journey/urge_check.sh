#!/bin/sh
# urge_check.sh BUILD - what is overdue is said at the kiosk by signed time, a press of 催一催 counts once in a visit, and
# the number, nothing else, reaches the office; what is published then is urged no more.
. "$(dirname "$0")/lib.sh"
world 120 12 || { not_ok "the world stands"; finish; exit 1; }
books() { sqlite3 -cmd '.timeout 5000' "$w/d/kiosk/books.db" "$1"; }
to_owed() { # script lines: to the overdue tables of 示范二村
	cat <<'P'
tap "点一下屏幕"
tap "好了，继续"
tap @place.others
tap @place.mz.caoba.v2
rest
tap @home.party
rest
tap @owed.open
P
}
urge() { # a visit to the overdue tables of 示范二村, with one press
	{
		to_owed
		echo 'expect "按规定最迟"'
		echo "tap @urge.$item"
		echo 'expect "不记您是谁"'
		# Gone away and come back in the same visit: it stays as it was.
		echo 'tap @nav.back'
		echo 'tap @owed.open'
		echo 'expect "已催"'
	} | play
}
# The newest half year of the party's work that must be there by now.
half() { [ "$1" -le 7 ] && echo "$(($2 - 1))H2" || echo "$2H1"; }
set -- $(TZ=Asia/Shanghai date "+%m %Y")
[ "${1#0}" = 1 ] && set -- 12 "$(($2 - 1))"
period=$(half "${1#0}" "$2")
item=dues.$period
same "" "$(queue 'SELECT * FROM urge')" "nothing is counted before anybody presses"
holds "a table that is overdue is listed, and can be asked for" urge
same "mz.caoba.v2|dues|$period|1" "$(queue 'SELECT place, template, period, count FROM urge')" "one press is one count"
holds "within a visit a press is one press" urge
same 2 "$(queue 'SELECT count FROM urge')" "another visit counts once more"
same "" "$(queue "SELECT name FROM pragma_table_info('urge') WHERE name NOT IN ('place', 'template', 'period', 'count', 'told', 'day', 'today')")" \
	"no column says who or at what time"
same 00:00:00 "$(TZ=Asia/Shanghai stat -c %y "$w/d/kiosk/queue.db" | cut -c12-19)" "the file's time says the day alone"
once
same "mz.caoba.v2|dues|$period|2" "$(db 'SELECT place, template, period, count FROM urge')" "the office has the number"
once
same 2 "$(db 'SELECT sum(count) FROM urge')" "telling it again changes nothing"
same 2 "$(queue 'SELECT told FROM urge')" "and the kiosk knows that it is told"
office_login liu >/dev/null
office_get liu / >/dev/null
holds "the first page of the office says it" grep -q "村民催了 2 次" "$OFFICE_TMP/page.liu"
office_get liu /due >/dev/null
holds "so does the list of what is overdue" grep -q "村民催了 2 次" "$OFFICE_TMP/page.liu"
holds "which names the rule" grep -q "条例\|组织法\|农经发" "$OFFICE_TMP/page.liu"

# A clock that runs ahead by years blames nobody: only signed days count.
ahead=$(($(date +%Y) + 3))-01-15
cat >"$w/ahead" <<P
$(to_owed)
expect-not "$(($(date +%Y) + 2)) 年"
P
holds "a clock that runs ahead makes nothing late" "$bin/elutong-play" "$w/ahead" --data "$w/d/kiosk" --assets "$assets" --now "$ahead 09:41"

# Enough for a day is enough, whoever presses.
queue "UPDATE urge SET today = 20"
holds "the limit of a day is no error to the villager" urge
same 2 "$(queue 'SELECT count FROM urge')" "but it counts no further that day"
finish
