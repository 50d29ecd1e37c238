#!/bin/sh
# access_check.sh - what a stranger cannot do to the office: fill its memory, shut its people out; and what its own people
# see: their places only, what is due first, a clock that is wrong, a table that came twice, a disk that is full.
MODE=release # a sanitized build keeps freed memory, which is measured here
. "$(dirname "$0")/../journey/lib.sh"
world 240 24 || { not_ok "the world stands"; finish; exit 1; }
hides() { # hides SENTENCE USER WORDS
	if page_of "$2" | grep -qF "$3"; then not_ok "$1"; else ok "$1"; fi
}
memory() { sed -n 's/^VmRSS:[^0-9]*\([0-9]*\).*/\1/p' "/proc/$township_pid/status"; }
stranger() { # stranger NAME PASSWORD: a browser nobody came in from
	rm -f "$OFFICE_TMP/jar.stranger"
	office_curl stranger --data-urlencode "login=$1" --data-urlencode "password=$2" "$OFFICE/login"
}

# --- memory ---
same 303 "$(office_login liu)" "staff work"
before=$(memory)
halves=${HALVES:-24}
senders=
for i in $(seq "$halves"); do
	mkfifo "$w/hold.$i" "$w/sent.$i"
	(
		exec 3<>"$w/hold.$i"
		{
			head -c 16000000 /dev/zero
			echo sent >"$w/sent.$i"
			read -r go <&3
		} | curl -s --max-time 120 --cacert "$OFFICE_CA" -H "Origin: $OFFICE" -H "Content-Type: multipart/form-data; boundary=x" -H "Expect:" \
			-T - -X POST -o /dev/null "$OFFICE/upload"
	) &
	senders="$senders $!"
done
for i in $(seq "$halves"); do read -r line <"$w/sent.$i"; done
after=$(memory)
grown=$(((after - before) / 1024))
echo "# count memory for $halves uploads of 16 MB without a login, half sent: $grown MiB more"
[ "$grown" -lt 60 ] && ok "uploads without a login take no memory" || not_ok "uploads without a login take no memory ($grown MiB)"
same 200 "$(office_get liu /upload)" "and staff go on working"
for i in $(seq "$halves"); do echo go >"$w/hold.$i"; done
for pid in $senders; do wait "$pid"; done
same 413 "$(head -c 5000 /dev/zero | tr '\0' a | curl -s --cacert "$OFFICE_CA" -H "Origin: $OFFICE" -o /dev/null -w '%{http_code}' --data-binary @- "$OFFICE/login")" "the login page takes few bytes"
same 403 "$(curl -s --cacert "$OFFICE_CA" -H "Origin: $OFFICE" -o "$OFFICE_TMP/page.nobody" -w '%{http_code}' -F "file=@/bin/sh" "$OFFICE/upload")" "whose session ended while they chose a file is told so"
says "in words" nobody "请重新登录"

# --- guessing ---
same 303 "$(office_login ma)" "ma has a session"
same 303 "$(office_post ma /keys do=open "password=$PASSWORD")" "with the office key open"
same 303 "$(office_login li)" "li has a session"
for i in 1 2 3 4 5 6 7 8; do
	stranger ma guess-$i >/dev/null
	stranger li guess-$i >/dev/null
done
same 429 "$(stranger ma guess-9)" "a stranger who guesses must wait"
says "for seconds, not for good" stranger "秒再试"
same 200 "$(office_get ma /cases)" "the session of that name goes on"
same 303 "$(office_post ma /keys do=close)" "the key can be shut"
same 303 "$(office_post ma /keys do=open "password=$PASSWORD")" "and opened again"
same 303 "$(office_curl ma --data-urlencode "login=ma" --data-urlencode "password=$PASSWORD" "$OFFICE/login")" "from a browser known to the office ma comes in at once"
for i in 1 2 3 4 5 6; do office_post ma /keys do=open password=wrong-wrong >/dev/null; done
same 429 "$(office_post ma /keys do=open "password=$PASSWORD")" "guessing at the office key waits by itself"
same 303 "$(office_login bai)" "colleagues are not held up"
same 303 "$(office_post bai /keys do=open "password=$PASSWORD")" "nor their keys"

# --- a crowd at the login page ---
crowd=
for i in $(seq 50); do
	curl -s --max-time 60 --cacert "$OFFICE_CA" -H "Origin: $OFFICE" -o /dev/null --data "login=nobody-$i&password=guess-$i" "$OFFICE/login" &
	crowd="$crowd $!"
done
same 200 "$(office_get ma /cases)" "with fifty strangers at the login page"
left=0
for pid in $crowd; do kill -0 "$pid" 2>/dev/null && left=$((left + 1)); done
[ "$left" -gt 10 ] && ok "staff are served before most of them" || not_ok "staff are served before most of them ($left left)"
for pid in $crowd; do wait "$pid"; done

# --- sessions follow the list of staff ---
db "UPDATE staff SET role = 'supervisor' WHERE login = 'bai'"
same 200 "$(office_get bai /records)" "another role counts from the next page on"
same 403 "$(office_post bai /keys do=open "password=$PASSWORD")" "and the old one no more"
db "UPDATE staff SET gone = 1 WHERE login = 'bai'"
same 303 "$(office_get bai /cases)" "who left is out with the next page"
kept=$(cat "$OFFICE_TMP/jar.liu")
same 303 "$(office_post liu /logout)" "leaving"
printf '%s\n' "$kept" >"$OFFICE_TMP/jar.liu"
same 303 "$(office_get liu /upload)" "ends the session for good"
db "UPDATE staff SET gone = 0, role = 'handler' WHERE login = 'bai'"

# --- records ---
same 303 "$(office_login zhao)" "somebody of the county comes in"
same 303 "$(office_login pu)" "a supervisor of the township"
same 200 "$(office_get pu /records)" "sees the records"
says "of the township" pu "马志强"
hides "not of the county" pu "赵永华"
same 303 "$(office_login admin)" "who works for the county"
same 200 "$(office_get admin /records)" "sees"
says "both" admin "马志强"
says "all of it" admin "赵永华"

# --- a list of a thousand ---
township_stop
sqlite3 "$w/d/township/township.db" "
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000)
INSERT INTO matter (label, body, kind, whom, state, class, received, due, due_provisional, locator, receipt_seal, receipt_sign, parcel)
SELECT printf('25-%04d', i), 'caoba-office', 0, 0, CASE WHEN i = 1 THEN 'accepted' WHEN i <= 2001 THEN 'closed' ELSE 'accepted' END, 3,
  1760000000 + i, CASE WHEN i = 1 THEN 20250101 ELSE 20990101 + i % 28 END, 0, randomblob(32), randomblob(32), randomblob(32), randomblob(16) FROM n"
township_start
same 303 "$(office_login ma)" "with a thousand open cases and two thousand ended after them"
start=$(date +%s%N)
same 200 "$(office_get ma /cases)" "the list comes"
took=$((($(date +%s%N) - start) / 1000000))
echo "# count the list of 1,000 open cases: $took ms (TLS handshake included)"
first=$(grep -o '>2[56]-[0-9]*<' "$OFFICE_TMP/page.ma" | head -n 1)
same ">25-0001<" "$first" "the oldest, overdue, stands first"
says "counted" ma "1000 件在办"
rows=$(grep -o '>25-[0-9]*<' "$OFFICE_TMP/page.ma" | wc -l)
same 100 "$((rows))" "a hundred on a page"
seen=$(for from in 0 100 200 300 400 500 600 700 800 900; do
	office_get ma "/cases?list=open&from=$from" >/dev/null
	grep -o '>25-[0-9]*<' "$OFFICE_TMP/page.ma"
done | sort -u | wc -l)
same 1000 "$((seen))" "every open case stands on one of the pages"
hides "after the last there is no next" ma "from=1000"
same 200 "$(office_get ma "/cases?list=over")" "what is over has its own list"
says "newest first" ma "25-2001"
township_stop
sqlite3 "$w/d/township/township.db" "DELETE FROM matter WHERE label LIKE '25-%'"
township_start

# --- the same table twice ---
printf '日期,凭证号,科目,收支,金额,摘要,对方\n2026-11-02,记-1102-01,515,支出,"4,800.00",租挖掘机清理灌溉沟 2 天,个体户 陈某某\n2026-11-08,记-1108-02,503,收入,30000,上级补助,草坝镇财政所\n' >"$w/good.csv"
same 303 "$(office_login liu)" "liu uploads"
same 303 "$(office_upload liu mz.caoba.v1 2026-11 "$w/good.csv")" "a table"
draft=$(db 'SELECT max(id) FROM draft')
same 409 "$(office_upload liu mz.caoba.v1 2026-11 "$w/good.csv")" "the same again is not kept twice"
says "the page says it is here already" liu "还没有交给审批人"
grep -q "href=\"/drafts/$draft\"" "$OFFICE_TMP/page.liu" && ok "and leads to it" || not_ok "and leads to it"
same 303 "$(office_upload liu mz.caoba.v2 2026-11 "$w/good.csv")" "of another village it is another table"
same 303 "$(office_post liu "/submit/$draft" reason=)" "it is handed on"
same 409 "$(office_upload liu mz.caoba.v1 2026-11 "$w/good.csv")" "the same again while it waits"
says "the page says that it waits" liu "正等着签"
same 303 "$(office_login jian1)" "the village's committee comes in"
same 303 "$(office_supervise jian1 "$draft")" "and signs"
same 303 "$(office_login li)" "li"
same 303 "$(office_post li "/approve/$draft" seen=yes "password=$PASSWORD")" "signs"
same 409 "$(office_upload liu mz.caoba.v1 2026-11 "$w/good.csv")" "the same again once it is public"
says "the page says that it is public" liu "和公开的一模一样"
same 2 "$(db 'SELECT count(*) FROM draft')" "nothing was kept twice"

# --- what waits is not hidden by what came later ---
same 303 "$(office_upload liu mz.caoba.v1.g1 2026-11 "$w/good.csv")" "a table"
waits=$(db 'SELECT max(id) FROM draft')
same 303 "$(office_post liu "/submit/$waits" reason=)" "waits for its signature"
township_stop
sqlite3 "$w/d/township/township.db" "
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 150)
INSERT INTO draft (place, template, period, state, sheet, findings, preparer, uploaded, refusal)
SELECT place, template, period, 'refused', sheet, findings, preparer, uploaded, 'x' FROM draft, n WHERE id = $waits"
township_start
same 303 "$(office_login li)" "a hundred and fifty came after it"
office_get li /drafts >/dev/null
grep -q "href=\"/drafts/$waits\"" "$OFFICE_TMP/page.li" && ok "it is still on the first page" || not_ok "it is still on the first page"
next=$(grep -o '/drafts?before=[0-9]*' "$OFFICE_TMP/page.li")
office_get li "$next" >/dev/null
grep -q 'href="/drafts/1"' "$OFFICE_TMP/page.li" && ok "and the oldest is on the second" || not_ok "and the oldest is on the second"
township_stop
sqlite3 "$w/d/township/township.db" "DELETE FROM draft WHERE refusal = 'x'"
township_start

# --- a clock that is wrong ---
newest=$(db 'SELECT max(time) FROM event')
same 303 "$(office_login ma)" "with a clock that is right"
office_get ma / >/dev/null
hides "no page speaks of it" ma "钟不对"
township_stop
rm -f "$w/out"
faketime -f '@1970-01-02 00:00:00' "$bin/elutong-township" --data "$w/d/township" --assets "$assets" --listen "127.0.0.1:$port" >"$w/out" 2>>"$w/township.log" &
township_pid=$!
for i in $(seq 200); do
	grep -q listening "$w/out" 2>/dev/null && break
	sleep 0.05
done
same 303 "$(office_login ma)" "with a clock at 1970 staff come in"
same 200 "$(office_get ma /)" "see their page"
says "and that the clock is wrong" ma "这台服务器的钟不对"
says "what it shows" ma "1970-01-0"
"$bin/elutong-pack" letters --data "$w/d/kiosk" --count 1 >>"$w/made"
holds "a letter comes" once
[ "$(db 'SELECT max(received) FROM matter')" -ge "$newest" ] && ok "and is not dated before what came earlier" || not_ok "and is not dated before what came earlier"
[ "$(db 'SELECT min(time) FROM event')" -gt 1700000000 ] && ok "no event is dated 1970" || not_ok "no event is dated 1970"
kill "$(pgrep -P "$township_pid" 2>/dev/null || echo "$township_pid")" 2>/dev/null
wait "$township_pid" 2>/dev/null
township_pid=

# --- a disk that is full ---
mkdir -p "$w/small"
if mount -t tmpfs -o size=60m tmpfs "$w/small" 2>/dev/null; then
	cp -r "$w/d/township" "$w/small/township"
	mv "$w/d/township" "$w/d/township.away"
	ln -s "$w/small/township" "$w/d/township"
	township_start
	same 303 "$(office_login liu)" "before the disk is full"
	drafts=$(db 'SELECT count(*) FROM draft')
	i=0
	while [ $i -lt 20000 ]; do
		echo "2026-10-12,记-$i,515,支出,$((i + 10)).00,租挖掘机清理灌溉沟 第 $i 段 左边右边都清,个体户 陈某某"
		i=$((i + 7))
	done | { echo '日期,凭证号,科目,收支,金额,摘要,对方'; cat; } >"$w/long.csv"
	head -c 200000000 /dev/zero >"$w/small/fill" 2>/dev/null
	same 503 "$(office_upload liu mz.caoba.v2 2026-10 "$w/long.csv")" "a table that finds no room is not taken"
	says "and the page says why" liu "磁盘满了"
	same 200 "$(office_get liu /drafts)" "what is there can be read"
	code=$(office_login ma)
	[ "$code" = 303 ] || [ "$code" = 503 ] && ok "who comes in now is let in or told why" || not_ok "who comes in now is let in or told why ($code)"
	rm "$w/small/fill"
	same "$drafts" "$(db 'SELECT count(*) FROM draft')" "nothing half was kept"
	same ok "$(db 'PRAGMA integrity_check')" "and nothing is broken"
	same 303 "$(office_upload liu mz.caoba.v2 2026-10 "$w/long.csv")" "with room again it is taken"
	township_stop
	umount "$w/small" 2>/dev/null || umount -l "$w/small"
else
	ok "full disks # SKIP no file system can be mounted here"
fi
finish
