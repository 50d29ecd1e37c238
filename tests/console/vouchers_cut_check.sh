#!/bin/sh
# vouchers_cut_check.sh - the township's server is killed at any moment while pictures are put to rows and made public:
# after every start the files are exactly those the rows name, each what its name says, and no copy without boxes is left
# of what is public. KILLS=n says how often.
. "$(dirname "$0")/../journey/lib.sh"
world 120 24 || { not_ok "the world stands"; finish; exit 1; }
mkdir -p "$w/photos/image" "$w/photos/pdf"
SEEDS=$w/photos "$build/${MODE:-debug}/tests/intake/page_test" >>"$w/log" 2>&1
photo() { echo "$w/photos/image/turned-$1.jpg"; }
named() {
	db "SELECT lower(hex(hash)) FROM blob UNION SELECT lower(hex(kept)) FROM page WHERE kept IS NOT NULL
	UNION SELECT lower(hex(whole)) FROM page WHERE whole IS NOT NULL UNION SELECT lower(hex(original)) FROM page WHERE original IS NOT NULL" | sort
}
there() { find "$w/d/township/blobs" -type f -printf '%f\n' | sort; }
sound() { find "$w/d/township/blobs" -type f | while read -r f; do [ "$(b2sum -l 256 "$f" | cut -d' ' -f1)" = "$(basename "$f")" ] || echo "$f"; done; }
signed() { # every picture the signed rows name
	db "SELECT bytes FROM sheet WHERE instr(bytes, '\"attach\"') > 0" | grep -ao '[0-9a-f]\{64\}' | sort -u
}
killed() { # killed MILLISECONDS: the server dies so long after now, and starts again
	sleep "$(printf '0.%03d' "$1")"
	kill -9 $township_pid
	wait $township_pid 2>/dev/null
	township_start
}
put() { # put DRAFT FILE...: to the first row
	to=$1
	shift
	for f in "$@"; do set -- "$@" -F "file=@$f"; shift; done
	office_curl liu -F "csrf=$csrf" -F "row=$row" "$@" "$OFFICE/vouchers/$to"
}
month() { # month NUMBER: a table of two rows, as a draft of liu's
	printf '日期,凭证号,科目,收支,金额,摘要,对方\n2026-11-02,记-1102-0%s,515,支出,48%s,清沟,陈某某\n2026-11-08,记-1108-02,503,收入,300,补助,财政所\n' "$1" "$1" >"$w/$1.csv"
	office_login liu >/dev/null
	office_upload liu mz.caoba.v1 2026-11 "$w/$1.csv" >/dev/null
	draft=$(db 'SELECT max(id) FROM draft')
	row=记-1102-0$1-01
	csrf=$(office_csrf liu)
}
wrong=0
check() { # check WHEN: what must hold after every start
	named >"$w/named"
	there >"$w/there"
	signed >"$w/signed"
	bad_files=$(sound)
	if ! cmp -s "$w/named" "$w/there" || [ -n "$bad_files" ] || [ -n "$(comm -23 "$w/signed" "$w/there")" ] ||
		[ "$(db "SELECT count(*) FROM page p JOIN draft d ON d.id = p.draft WHERE d.state = 'approved' AND (kept IS NOT NULL OR whole IS NOT NULL)")" -ne 0 ]; then
		wrong=$((wrong + 1))
		echo "# $1: $(diff "$w/named" "$w/there" | head -n 3) $bad_files"
	fi
}

# --- while they are put there ---
kills=${KILLS:-8}
month 1
for i in $(seq "$kills"); do
	put "$draft" "$(photo $((i % 8 + 1)))" "$(photo $(((i + 3) % 8 + 1)))" >/dev/null 2>&1 &
	putting=$!
	killed $((i * 37 % 400 + 5))
	wait $putting
	check "put, round $i"
	office_login liu >/dev/null
	csrf=$(office_csrf liu)
done
same 0 "$wrong" "whenever it dies while pictures come, files and rows agree"
put "$draft" "$(photo 1)" "$(photo 2)" "$(photo 3)" >/dev/null
holds "and the next ones are taken" test "$(db "SELECT count(*) FROM page WHERE draft = $draft")" -ge 3

# --- while they become public ---
wrong=0
public=0
for i in $(seq "$kills"); do
	[ "$i" -gt 1 ] && month $((i + 1))
	[ "$i" -gt 1 ] && put "$draft" "$(photo $((i % 8 + 1)))" >/dev/null
	office_post liu "/submit/$draft" "reason=改第 $i 回" >/dev/null
	office_login jian1 >/dev/null
	office_post jian1 "/supervise/$draft" do=sign seen=yes "password=$PASSWORD" >/dev/null
	office_login li >/dev/null
	set --
	for p in $(db "SELECT 'p' || id || '=' || lower(hex(hash)) FROM page WHERE draft = $draft AND kept IS NOT NULL"); do set -- "$@" "$p"; done
	[ $# -gt 0 ] && office_post li "/looks/$draft" "$@" >/dev/null
	word=$(office_csrf li)
	office_curl li --data-urlencode "csrf=$word" -d seen=yes --data-urlencode "password=$PASSWORD" "$OFFICE/approve/$draft" >/dev/null 2>&1 &
	signing=$!
	killed $((i * 367 % 900 + 90))
	wait $signing
	check "publish, round $i"
	[ "$(db "SELECT state FROM draft WHERE id = $draft")" = approved ] && public=$((public + 1))
	# What was cut is signed again.
	if [ "$(db "SELECT state FROM draft WHERE id = $draft")" = submitted ]; then
		office_login li >/dev/null
		office_post li "/approve/$draft" seen=yes "password=$PASSWORD" >/dev/null
	fi
done
same 0 "$wrong" "whenever it dies while they become public, rows name only what is there"
echo "# count kills: $((2 * kills)), publications that were committed before: $public"
same approved "$(db "SELECT state FROM draft WHERE id = $draft")" "what was cut off can be signed again"
finish
