#!/bin/sh
# make-words.sh - makes words.txt and app/village/receipt_words.c anew. By hand only: a changed list makes every
# receipt given out in words unreadable.
#
# Needs libpinyin15-dev, libpinyin-data, rime-essay (frequencies), opencc (to simplified characters).
# A word is two characters of GB2312 level 1 with one reading, at least one of plain-characters.txt (things one can see
# or touch), none of stop-characters.txt, the word not in stop-words.txt; the more frequent first; each different from all others when tones are dropped and n/l, zh/z, ch/c,
# sh/s, -n/-ng are taken as the same; at most twelve to a first syllable.
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# shellcheck disable=SC2046 # a list of flags is meant
gcc phrases.c -o "$work/phrases" $(pkg-config --cflags --libs libpinyin)
mkdir "$work/user"
"$work/phrases" "$(ls -d /usr/lib/*/libpinyin/data)" "$work/user" 2>/dev/null >"$work/readings"
opencc -c t2s.json -i /usr/share/rime-data/essay.txt -o "$work/frequency"
LC_ALL=C awk 'BEGIN { for (i = 176; i <= 215; i++) for (j = 161; j <= 254; j++) if (i < 215 || j <= 249) printf "%c%c\n", i, j }' |
	iconv -f GB2312 -t UTF-8 >"$work/level1"
sort -t "$(printf '\t')" -k2,2nr -k1,1 "$work/frequency" >"$work/sorted"
LC_ALL=C.UTF-8 gawk -v total=2048 -v most=12 -F '\t' '
function merged(s) {
	sub(/^zh/, "z", s); sub(/^ch/, "c", s); sub(/^sh/, "s", s); sub(/^n/, "l", s)
	if (s !~ /ong$/) sub(/ng$/, "n", s)
	return s
}
FILENAME == ARGV[1] { good[$1] = 1; next }
FILENAME == ARGV[2] { for (i = 1; i <= length($0); i++) stop[substr($0, i, 1)] = 1; next }
FILENAME == ARGV[3] { n = split($0, list, " "); for (i = 1; i <= n; i++) never[list[i]] = 1; next }
FILENAME == ARGV[4] { for (i = 1; i <= length($0); i++) plain[substr($0, i, 1)] = 1; next }
FILENAME == ARGV[5] { if (length($1) == 2) { if ($1 in reading && reading[$1] != $2) twice[$1] = 1; reading[$1] = $2 } next }
{
	w = $1
	if (length(w) != 2 || !(w in reading) || (w in twice) || (w in never) || (w in seen)) next
	seen[w] = 1
	a = substr(w, 1, 1); b = substr(w, 2, 1)
	if (a == b || !(a in good) || !(b in good) || (a in stop) || (b in stop) || !((a in plain) || (b in plain))) next
	if (split(reading[w], part, "\047") != 2) next
	one = merged(part[1]); two = merged(part[2])
	if ((one, two) in used || count[one] == most || chosen == total) next
	used[one, two] = 1; count[one]++; chosen++
	print one "\t" two "\t" w
}' "$work/level1" stop-characters.txt stop-words.txt plain-characters.txt "$work/readings" "$work/sorted" >"$work/chosen"
n=$(wc -l <"$work/chosen")
[ "$n" -eq 2048 ] || { echo "only $n words" >&2; exit 1; }
LC_ALL=C sort "$work/chosen" | awk -F '\t' '{ print $3 "\t" $1 "\t" $2 }' >words.txt
awk -F '\t' 'BEGIN {
	print "/* Made by assets/receipt-words/make-words.sh from words.txt; derived from libpinyin-data (GPL-3.0-or-later)"
	print " * and rime-essay (LGPL-3.0). Never changed once receipts were given out. */"
	print "#include \"app/village/receipt_words.h\"\n"
	print "const struct receipt_word receipt_words[] = {"
} { printf "\t{\"%s\", \"%s\", \"%s\"},\n", $1, $2, $3 } END { print "};" }' words.txt >../../app/village/receipt_words.c
