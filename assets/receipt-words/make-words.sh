#!/bin/sh
# make-words.sh - makes words.txt and app/village/receipt_words.c anew from approved.txt. By hand only: a changed
# list makes every receipt given out in words unreadable.
#
# approved.txt was read word by word, not filtered by a machine, because a word list ordered by frequency brings up
# what no receipt should say. A word may stand in it when a farmer of seventy knows it, can see, touch or do it, and
# can say it aloud in front of others. Left out:
#   insults, bodies, beds, drink to excess, illness, death, weapons, disasters: a receipt must not offend or frighten;
#   offices, police, courts, politics, debts, anything that tells what a letter may be about;
#   computers, finance, fashion, foreign and bookish words: not known in every village;
#   places and persons by name, except the few everyone knows;
#   a measure with its noun (杯茶, 笔钱) and pieces of sentences: they are no words;
#   one first character with 里, 内, 中, 上, 边, 头 or another near synonym behind it (锅里 - 锅内): mixed up in memory.
#
# Needs libpinyin15-dev and libpinyin-data for the readings. A word is dropped when its reading is not certain (more
# than one in the dictionary; by characters where the dictionary has no such word) or when it sounds like one before it
# once tones are dropped and n/l, zh/z, ch/c, sh/s, -n/-ng are the same. Of each first syllable the first words are
# taken, one to every syllable in turn, until there are 2,048; at most eleven to a syllable.
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# shellcheck disable=SC2046 # a list of flags is meant
gcc phrases.c -o "$work/phrases" $(pkg-config --cflags --libs libpinyin)
mkdir "$work/user"
"$work/phrases" "$(ls -d /usr/lib/*/libpinyin/data)" "$work/user" 2>/dev/null >"$work/readings"
# Characters of two bytes or four do not occur: a character is three bytes, a word six.
LC_ALL=C awk -v total=2048 -v most=11 -F '\t' '
function merged(s) {
	sub(/^zh/, "z", s); sub(/^ch/, "c", s); sub(/^sh/, "s", s); sub(/^n/, "l", s)
	if (s !~ /ong$/) sub(/ng$/, "n", s)
	return s
}
# The one reading of a character that is not rare (under one in twenty); "" when there are two.
function reading(c,   i, one) {
	for (i = 1; i <= readings[c]; i++)
		if (often[c, i] * 20 >= sum[c]) { if (one != "") return ""; one = sound[c, i] }
	return one
}
NR == FNR {
	if (length($1) == 6) { if ($1 in word && word[$1] != $2) twice[$1] = 1; word[$1] = $2 }
	if (length($1) == 3) { readings[$1]++; sound[$1, readings[$1]] = $2; often[$1, readings[$1]] = $3; sum[$1] += $3 }
	next
}
{
	n = split($0, list, " ")
	for (i = 1; i <= n; i++) {
		w = list[i]; a = substr(w, 1, 3); b = substr(w, 4, 3)
		if (length(w) != 6 || a == b || (w in twice)) continue
		if (w in word) { if (split(word[w], part, "\047") != 2) continue }
		else { part[1] = reading(a); part[2] = reading(b) }
		if (part[1] == "" || part[2] == "") continue
		one = merged(part[1]); two = merged(part[2])
		if ((one, two) in used) continue
		used[one, two] = 1
		if (!(one in count)) syllable[++syllables] = one
		line[one, ++count[one]] = w "\t" one "\t" two
	}
}
END {
	for (turn = 1; turn <= most; turn++)
		for (s = 1; s <= syllables && chosen < total; s++)
			if (turn <= count[syllable[s]]) { print line[syllable[s], turn]; chosen++ }
}' "$work/readings" approved.txt >"$work/chosen"
n=$(wc -l <"$work/chosen")
[ "$n" -eq 2048 ] || { echo "only $n words" >&2; exit 1; }
LC_ALL=C sort -t "$(printf '\t')" -k2,2 -k3,3 "$work/chosen" >words.txt
awk -F '\t' 'BEGIN {
	print "/* Made by assets/receipt-words/make-words.sh from words.txt; readings from libpinyin-data"
	print " * (GPL-3.0-or-later). Never changed once receipts were given out. */"
	print "#include \"app/village/receipt_words.h\"\n"
	print "const struct receipt_word receipt_words[] = {"
} { printf "\t{\"%s\", \"%s\", \"%s\"},\n", $1, $2, $3 } END { print "};" }' words.txt >../../app/village/receipt_words.c
