# speak_check.sh BUILD - a page is read in its order with the ring on what is being said; any touch is silence; with
# five keys and no eyes one reaches a row of the books; nothing about a person is said unasked.
. "$(dirname "$0")/lib.sh"
"$bin/elutong-pack" seed --rows 1200 --villages 2 --months 24 --groups --case --today 2026-11-20 --out "$w/seed" --assets "$assets" >/dev/null
visit() { # visit SIZE [CHOICE] < SCRIPT
	cat >"$w/script"
	rm -rf "$w/run" && cp -r "$w/seed" "$w/run"
	"$bin/elutong-play" "$w/script" --size "$1" --data "$w/run" --assets "$assets" --now "2026-11-20 09:41" >>"$w/log" 2>&1
}
start='line up
sleep 300
tap 960 900
tap @lang.done
wait 您好'
order() { # order NAME FILE < WANTED: the page's items, ids and words, one a line
	cat >"$w/wanted"
	if diff "$w/wanted" "$2" >"$w/diff" 2>&1; then ok "$1"; else
		not_ok "$1"
		head -n 40 "$w/diff"
	fi
}
holds "the pages are reached" visit 1920x1080 <<END
$start
items $w/home
tap @home.finance
wait 账上
items $w/finance
tap @fin.rows
sleep 300
items $w/ledger
tap @row.1
wait 一模一样
items $w/line
END
order "home: title, sentence, items, bar" "$w/home" <<'END'
您好，今天想看点什么。
@home.news 内容更新到十一月五日，草坝镇发布，网络送来
看哪里的
@place.own 本村
@place.groups 各小组
@place.others 别的村
@home.finance 财务公开，今年一月到十月，每一笔都在这里，缺六，收入，三十点八万元，支出，十三点四万元
@home.village 村务公开，一事一议，低保评议，宅基地，缺四
@home.policy 政策法规，政策和补贴标准
@home.project 重点项目，修到哪一步了，缺一
@home.party 党务公开，党员，会议，评议，缺六
@home.gov 政务公开，镇上办的事，缺一
@home.service 服务公开，办事指南，谁来办，多久办好，缺一
@home.report 我要反映，留不留名都行，封好，村里打不开
@home.follow 查办理进度，凭十六个数或五个口令词
@home.subsidy 我家补贴，发了多少，到没到账
@nav.home 首页
@nav.search 查一查
@nav.listen 听着用
@nav.speak 读给我听
@nav.size 字大小
@nav.language 语言
END
cp "$w/finance" "$w/finance.all"; grep -v '^@month' "$w/finance.all" >"$w/finance"
order "finance: the sentence with full amounts, the chart as its highest months" "$w/finance" <<'END'
示范一村的账
示范一村今年一月到十月收入三十点八万元，支出十三点四万元。
草坝镇十一月五日公开，李某国签字，普某珍代表村里签字，网络送来
@fin.year 二〇二六年
@fin.before 二〇二五年
@place.own 本村
@place.groups 各小组
@place.others 别的村
账上现在还有，四十九点八万元
和去年一月到十月比
收入，多收十六点七万元，百分之一百一十八点八
支出，少花零点九万元，百分之六点二
收入最多的是四月，六万元。支出最多的是五月，六点六万元。
收入，钱从哪里来
上级补助十六点八万元，租金，承包十一点二万元，征地补偿款二点七万元
支出，花到哪里去
分给各户六万元，水沟，机耕路五点一万元，公益福利一点二万元，其他一万元
@nav.back 返回
@nav.home 首页
@nav.listen 听着用
@nav.speak 读给我听
@nav.size 字大小
@fin.near 看附近的
@fin.rows 看每一笔账
END
same 12 "$(grep -c '^@month' "$w/finance.all")" "every month can be chosen by ear"
grep '^@row\.[0-2] ' "$w/ledger" >"$w/rows"
order "ledger: day, what for, who, how much, seals said once" "$w/rows" <<'END'
@row.0 十月二十八日，村级组织运转经费，草坝镇财政所，收入一万零九百三十二元六角，凭证
@row.1 十月二十五日，水塘承包款，承包户白某某，收入五千六百七十元，凭证
@row.2 十月二十一日，垃圾清运费，草坝环卫公司，支出一千二百五十元，凭证
END
grep -v '^这一笔' "$w/line" | head -n 8 >"$w/facts"
order "one entry: label and value together" "$w/facts" <<'END'
收入
收了
五千六百七十元
水塘承包款
谁交来的，承包户白某某
什么时候，二〇二六年十月二十五日
算哪一类，租金，承包
凭证号，记，一零二五，零八
END
mv "$w/seed" "$w/seed.books"
"$bin/elutong-pack" seed --rows 400 --villages 1 --groups --registers --today 2026-11-20 --out "$w/seed" --assets "$assets" >/dev/null
holds "rows of other templates are reached" visit 1920x1080 <<END
$start
tap @home.village
wait 停水
items $w/village
tap @row.0
wait 水桶
items $w/notice
tap @nav.home
tap @home.project
wait 路
tap @row.0
wait 谁负责
items $w/project
tap @nav.home
tap @home.policy
wait 农机
tap @row.0
wait 文号
items $w/policy
tap @nav.home
tap @home.subsidy
wait 一组
tap @group.mz.caoba.v1.g1
wait 普
tap @surname.普
wait 到账
items $w/subsidy
END
grep '^@kind.all\|^@row\.[01] ' "$w/village" >"$w/rows"
order "a list: how many, and each row by the sentence of its template" "$w/rows" <<'END'
@kind.all 全部，二十三条
@row.0 十一月二十五日停水检修。十一月十九日，自来水主管道要换阀门，十一月二十五日上午八点到下午五点停水，村里的通知，新
@row.1 石榴园八十六亩续租三年，每年租金四点三万元，十一月十二日，村民会议决定，同意三十一人，村民代表会议，新
END
head -n 7 "$w/notice" >"$w/rows"
order "a row's page: title, sentence, fields with their names, long texts whole" "$w/rows" <<'END'
十一月二十五日停水检修
十一月十九日，村里的通知
草坝镇十一月十八日公开，李某国签字，普某珍代表村里签字，网络送来
日期，十一月十九日
有效到，十一月二十六日
谁发的，村委会
内容
END
sed -n '1,2p; /^现在/p' "$w/project" >"$w/rows"
order "a project: which it is of how many, and how far it is" "$w/rows" <<'END'
三组到四组道路硬化一点八公里
重点项目，第一个，共三个，二〇二六年三季度，十一月十八日公开
现在到施工，第三步，共六步
END
sed -n '4,6p' "$w/policy" >"$w/rows"
order "what stands side by side is heard one after the other" "$w/rows" <<'END'
谁发的，蒙自市农业农村局
文号，蒙农发，二〇二六，十一号
发布日期，四月二日
END
sed -n '4,6p' "$w/subsidy" >"$w/rows"
order "a household: what it got, row by row, each before what may be said against it" "$w/rows" <<'END'
普某华家，今年到账一千八百八十三元二角
普某华，森林生态效益补偿，八十三元二角，已到账。五点二亩，乘十六元，九月十八日
@wrong.0 不对。
END
holds "a text of several pages is read to its end" visit 1920x1080 <<END
line up
sleep 300
tap @attract.start
tap @size.xlarge
tap @lang.done
tap @home.village
wait 停水
tap @row.0
wait 有效到
tap @nav.speak
tap @speak.speed
hear 有效到 20000
hear 问谁 60000
END
mv "$w/seed" "$w/seed.registers" && mv "$w/seed.books" "$w/seed"
for size in 1920x1080 1080x1920; do
	holds "it reads, the ring goes on, a touch is silence: $size" visit $size <<END
$start
list $w/before
tap @nav.speak
hear 今天想看点什么
list $w/first
hear 内容更新 20000
list $w/second
tap 8 700
silent
list $w/after
tap @nav.speak
hear 今天想看点什么
tap @nav.speak
silent
END
	ring() { grep -c 'none border [48] #f5b32e' "$1"; }
	same "0 1 1 0" "$(ring "$w/before") $(ring "$w/first") $(ring "$w/second") $(ring "$w/after")" "the ring is there while it reads: $size"
	same moved "$(cmp -s "$w/first" "$w/second" || echo moved)" "and moves: $size"
done
holds "speed and volume are touched without stopping it" visit 1920x1080 <<END
$start
tap @nav.speak
hear 今天
tap @speak.speed
tap @speak.volume
hear 今天
expect 快一点
expect 大声
END
holds "a pause keeps the place, and what was interrupted is said again" visit 1920x1080 <<END
$start
tap @nav.speak
hear 内容更新
tap @speak.pause
expect 接着念
list $w/first
sleep 4000
list $w/second
tap @speak.pause
expect 停一下
hear 内容更新
tap @speak.again
hear 内容更新
hear 看哪里的
tap 8 700
silent
END
same "" "$(cmp "$w/first" "$w/second")" "nothing moves meanwhile"
holds "an English page is heard in English, with its Chinese names" visit 1920x1080 <<END
line up
sleep 300
tap @attract.start
tap @lang.en
tap @lang.done
tap @home.finance
sleep 800
items $w/english
tap @nav.speak
hear accounts
END
sed -n '/^Jan/p; /^Balance/p; /^income, [0-9]/p; /^spent, W/p' "$w/english" >"$w/rows"
order "ten thousands become yuan, signs become words" "$w/rows" <<'END'
Jan to Oct this year, ten thousand yuan Income 30.8, Spent 13.4.
Balance now, 498000 yuan
income, 16.7 more in, up 118.8%
spent, Where it goes
END
SDL_AUDIODRIVER=nosuch holds "without a loudspeaker nothing offers to speak, and keys turn pages" visit 1080x1920 <<END
line up
sleep 300
dump
key down
sleep 300
tap @lang.done
wait 您好
expect-not 读给我听
expect-not 听着用
key f1
silent
END
holds "by ear to a row: keys only" visit 1920x1080 <<END
line up
sleep 300
key up
hear 阳光村务
key down
key down
key down
key down
hear 点一下屏幕
key enter
hear 选您的话 20000
key up
hear 好了，继续
key enter
hear 今天想看点什么 20000
expect 手放在下面三块上
key down
key down
key down
key down
key down
hear 财务公开
key f1
hear 财务公开
key enter
hear 示范一村的账 20000
key up
hear 看每一笔账
key enter
hear 本村 20000
key esc
hear 示范一村的账 20000
END
down() { for i in $(seq "$1"); do echo key down; done; }
up() { for i in $(seq "$1"); do echo key up; done; }
holds "the list goes on under the ear, there and back" visit 1920x1080 <<END
$start
tap @home.finance
wait 账上
tap @fin.rows
sleep 300
tap @nav.listen
hear 本村
$(down 9)
hear 十月二十八日
$(down 8)
hear 十月一日
$(up 8)
hear 十月二十八日
END
to_whom='tap @home.report
tap @whom.village
tap @nav.speak
wait 这一页是您自己的事
silent'
holds "a page about a person asks before it speaks; no means no" visit 1080x1920 <<END
$start
$to_whom
tap @speak.no
silent
tap @nav.speak
tap @speak.yes
hear 这是关于谁的事
END
sealed='tap @home.report
tap @whom.village
tap @whom.next
tap @topic.money
tap @topic.next
tap @ask.what
tap @key.language
type abc
tap @input.done
tap @matter.next
tap @name.anon
tap @name.next
tap @review.submit
wait 记住这 20000
tap @nav.listen'
holds "the digits of a receipt are passed over" visit 1920x1080 <<END
$start
$sealed
$(down 2)
hear 念出来 20000
key enter
hear 封好了 20000
$(down 4)
hear 记住这十六个数
key down
hear 或者
END
holds "unless they were asked for: all four groups" visit 1920x1080 <<END
$start
$sealed
$(up 2)
hear 连数也念 20000
key enter
hear 封好了 20000
$(down 4)
hear 记住这十六个数
$(down 5)
hear 或者
END
finish
