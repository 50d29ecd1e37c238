# screens_check.sh BUILD - what a resident is promised on the screens of a letter and of following it stands there, in
# the largest words, with the line down, both ways round.
. "$(dirname "$0")/lib.sh"
trap 'rm -rf "$w"' EXIT
now="2026-11-20 09:41"
"$bin/elutong-pack" seed --rows 400 --villages 1 --months 24 --case --today 2026-11-20 --out "$w/k" --assets "$assets" >/dev/null
begin='rest
tap @attract.start
tap @size.xlarge
tap @lang.done
rest'
plays() { # plays SENTENCE: the script comes from standard input, and is played landscape and portrait
	{ echo "$begin"; cat; } >"$w/play"
	for size in 1920x1080 1080x1920; do
		rm -rf "$w/run"
		cp -r "$w/k" "$w/run"
		sed "s#LIST#$w/list-$size#" "$w/play" >"$w/script"
		if "$bin/elutong-play" "$w/script" --size $size --data "$w/run" --assets "$assets" --now "$now" >"$w/log" 2>&1; then
			ok "$1 ($size)"
		else
			not_ok "$1 ($size)"
			grep -v '^target\|^text\|^off' "$w/log" | tail -n 5
		fi
	done
}
about_row='tap @home.finance
rest
tap @fin.rows
rest
tap @row.1
tap @line.ask
tap @whom.town
tap @whom.next
expect "已附上"
tap @topic.next
expect "已附上"
tap @ask.what
type zu 
tap @input.done
tap @matter.next'
plays "a row a question is about is seen until it is taken away" <<P
$about_row
tap @name.anon
tap @name.next
expect "附上的账"
expect "马上封上，村里打不开"
expect "凭 16 个数或口令词来查"
tap @attached.drop
expect-not "附上的账"
P
plays "who asks to be rung leaves a number and sees it; a change comes back to the review" <<P
$about_row
tap @name.named
tap @name.next
expect "写上名字"
tap @reach.ring
expect "还差电话号码"
tap @reach.phone
type 138733
tap @input.done
expect "还差电话号码"
tap @reach.phone
type 60000
expect "138 7336 0000"
tap @input.done
expect-not "还差电话号码"
tap @reach.come
expect "写个姓，或写住哪里"
# A second tap sooner would count as the same.
sleep 300
tap @reach.come
tap @reach.next
expect "请打电话"
tap @review.whom
tap @whom.village
tap @whom.next
tap @topic.next
expect "送出前，再看一遍"
tap @review.what
tap @matter.next
expect "送出前，再看一遍"
tap @review.name
tap @name.next
tap @reach.next
expect "送出前，再看一遍"
P
plays "a wrong digit keeps the own digits in their place; the time-line says how long it took and hides no step" <<'P'
tap @home.follow
type 4712093688502713
tap @track.go
expect "有一个点错了"
expect "我另设了四个数字"
tap @track.group4
type 2712
tap @track.go
wait "我反映的事" 5000
expect "期限 11 月 27 日 · 用了 8 个工作日"
tap @case.steps
expect "镇信访办收到"
P
plays "a person's words, then the next: every key can be touched" <<'P'
tap @home.follow
tap @track.words
list LIST-1
tap @track.i.l
list LIST-2
tap @track.s.lian
list LIST-3
P
# A target line: target X,Y WxH @ID
small=$(cat "$w"/list-*-[123] | awk '$1 == "target" && $NF ~ /^@track\.[isw]\./ { split($3, wh, "x"); if (wh[1] < 88 || wh[2] < 88) print $NF, $3 }' | sort -u)
keys=$(cat "$w"/list-*-[123] | grep -c '@track\.[isw]\.')
echo "# count look-up by words: $keys keys measured"
same yes "$([ "$keys" -gt 80 ] && echo yes)" "the keys were seen"
same "" "$small" "every key of the look-up by words is at least 88 both ways"
finish
