#!/bin/sh
# up_check.sh - a letter goes up while the line comes and goes, the right office and nobody else opens it, the answer
# comes down and is read by digits and by words. Real programs, real TLS.
. "$(dirname "$0")/lib.sh"
world 240 24 || { not_ok "the world stands"; finish; exit 1; }
sed -e "s#^shot .*##" -e "s#^wait \"已送到\".*##" -e "s#RECEIPT#$w/receipt#" -e "s#^sleep.*##" "$assets/demo/tour-1.play" >"$w/file.play"

# 1. the line is down: the letter waits, and says so
township_stop
once && not_ok "without a township nothing is settled" || ok "without a township nothing is settled"
holds "a letter is filed while the line is down" play <"$w/file.play"
same 1 "$(queue 'SELECT count(*) FROM delivery WHERE acknowledged = 0')" "it waits in the queue"
same 1 "$(wc -l <"$w/thanks" | tr -d ' ')" "and the resident was thanked once"
refuses "the queue holds nothing of what was written" grep -aq "机没有挖" "$w/d/kiosk/queue.db"
refuses "nor does the write-ahead log" grep -aq "机没有挖" "$w/d/kiosk/queue.db-wal"
refuses "nor the sixteen digits" grep -aq "$(head -n 1 "$w/receipt" | cut -c 1-15)" "$w/d/kiosk/queue.db"
cat >"$w/lookup.play" <<P
tap "点一下屏幕"
tap "好了，继续"
wait "查办理进度" 10000
tap "查办理进度"
enter-digits $w/receipt
tap "查一查"
P
{ cat "$w/lookup.play"; echo 'wait "这里没有查到" 10000'; } | holds "a look-up before it arrived says so, without blame" play

# 2. the line is back
township_start
holds "the line is back and everything settles" once
same 0 "$(queue 'SELECT count(*) FROM delivery WHERE acknowledged = 0')" "the parcel is acknowledged"
same "$(cut -d' ' -f1 "$w/thanks")" "$(db 'SELECT lower(hex(id)) FROM parcel')" "the letter thanked for is the letter that came"
same "26-0001 caoba-office received" "$(db "SELECT label || ' ' || body || ' ' || state FROM matter")" "it is a case of the township's office"
refuses "the township's database holds nothing of it in clear" grep -aq "机没有挖" "$w/d/township/township.db" "$w/d/township/township.db-wal"
{ cat "$w/lookup.play"; echo 'wait "镇信访办收到" 10000'; } | holds "the resident sees that it was received" play

# 3. who can open it
same 303 "$(office_login zhao)" "a handler of the county logs in"
office_post zhao /keys do=open "password=$PASSWORD" >/dev/null
office_get zhao /cases/1 >/dev/null
refuses "the county's handler cannot read the township's letter" grep -q 挖 "$OFFICE_TMP/page.zhao"
office_login liu >/dev/null
same 403 "$(office_get liu /cases/1)" "who prepares tables has no business with letters"
same 303 "$(office_login ma)" "the right handler logs in"
office_get ma /cases/1 >/dev/null
refuses "with the key shut even the right handler sees nothing of it" grep -q 挖 "$OFFICE_TMP/page.ma"
same 0 "$(db "SELECT count(*) FROM audit WHERE subject = '26-0001'")" "nobody has opened it so far"
same 403 "$(office_post ma /keys do=open password=wrong-password)" "a wrong password opens no key"
same 303 "$(office_post ma /keys do=open "password=$PASSWORD")" "the right one does"
same 200 "$(office_get ma /cases/1)" "the case opens"
holds "and says what the resident wrote" grep -q 租挖掘机没有挖 "$OFFICE_TMP/page.ma"
same 1 "$(db "SELECT count(*) FROM audit WHERE subject = '26-0001'")" "the opening is written down"
same 303 "$(office_post ma /move/1 do=accept class=3)" "it is accepted"
same 303 "$(office_post ma /move/1 do=reply 'text=下周三去看，多付的 460 元已退。')" "it is answered"
refuses "the answer stands nowhere in clear" grep -aq "460 元" "$w/d/township/township.db" "$w/d/township/township.db-wal"

# 4. the answer comes down
holds "the courier fetches the answer" once
refuses "nor in the kiosk's books" grep -aq "460 元" "$w/d/kiosk/books.db"
township_stop
cat >"$w/answer.play" <<P
wait "多付的 460 元已退" 15000
expect "镇信访办这样答复您"
tap "满意"
tap "就这样评"
wait "记下了" 10000
tap "清屏"
wait "点一下屏幕" 10000
expect-not "460"
P
cat "$w/lookup.play" "$w/answer.play" | holds "the answer is read with the line down, and graded" play
cat >"$w/words.play" <<P
tap "点一下屏幕"
tap "好了，继续"
wait "查办理进度" 10000
tap "查办理进度"
tap "按五个口令词"
enter-words $w/receipt
tap "查一查"
wait "多付的 460 元已退" 15000
P
holds "the five words find it, too" play <"$w/words.play"
cat >"$w/wrong.play" <<P
tap "点一下屏幕"
tap "好了，继续"
wait "查办理进度" 10000
tap "查办理进度"
type 1234567890123456
tap "查一查"
expect "这 16 个数对不上"
expect "点错不算次数"
P
holds "a wrong digit is told at once and not counted" play <"$w/wrong.play"
township_start
holds "the grade goes up" once
same rated "$(db 'SELECT state FROM matter WHERE number = 1')" "and moves the case"
same 303 "$(office_get ma /cases/1)" "a restart of the server ends every session"
same 303 "$(office_login ma)" "and logs in anew after the restart"
office_post ma /keys do=open "password=$PASSWORD" >/dev/null
office_get ma /cases/1 >/dev/null
holds "and reads the grade" grep -q '满意' "$OFFICE_TMP/page.ma"
finish
