#!/bin/sh
# words_check.sh BUILD - the catalogues of sentences: whole in every language, none left over, none without a use; and a
# mistake in them stops the build with its place.
root=$(cd "$(dirname "$0")/../.." && pwd)
cd "$root" || exit 1
words=assets/words
t=$(mktemp -d)
trap 'rm -rf "$t"' EXIT
n=0
bad=0
ok() { n=$((n + 1)); echo "ok $n - $1"; }
not_ok() { n=$((n + 1)); bad=1; echo "not ok $n - $1"; }
same() { # same WANTED GOT SENTENCE
	if [ "$1" = "$2" ]; then ok "$3"; else
		not_ok "$3"
		echo "  wanted: $1"
		echo "  got: $2"
	fi
}
made() { awk -v mode="$1" -f $words/words.awk "$2/zh_CN.po" "$2/en.po" 2>"$t/why"; }
made table $words >"$t/table" && ok "the catalogues make a table" || not_ok "the catalogues make a table: $(cat "$t/why")"
all=$(sed -n 's/^WORD(\([A-Za-z0-9_]*\),.*/\1/p' "$t/table")
echo "# count $(echo "$all" | wc -l) sentences"
same "" "$(ls app/kiosk/words.inc 2>/dev/null)" "no sentence stands outside of them (make words moves it)"
cat app/kiosk/*.[ch] | grep -o 'W_[A-Za-z0-9_]*' | sort -u >"$t/used"
same "" "$(echo "$all" | sed 's/^/W_/' | sort | comm -23 - "$t/used" | tr '\n' ' ')" "every sentence is used"
for language in zh_CN en; do
	made ${language%_CN} $words >"$t/$language.po"
	cmp -s "$t/$language.po" $words/$language.po && ok "$language.po is written as the tool writes it" || not_ok "$language.po is written as the tool writes it"
	if command -v msgfmt >/dev/null; then
		msgfmt -c -o /dev/null $words/$language.po 2>"$t/said"
		same "" "$(grep -v 'missing in header' "$t/said")" "gettext reads $language.po"
	fi
	same 0 "$(grep -c 'fuzzy' $words/$language.po)" "nothing in $language.po is a guess"
done
same "" "$(sed -n 's/^WORD([^,]*, "[^"]*", "\(.*\)")$/\1/p' "$t/table" | grep -n '[，。！？：；]' | head -n 3)" "no Chinese punctuation in English sentences"
breaks() { # breaks WHAT FILE SED WHY: a copy with this mistake makes no table, and says why
	rm -rf "$t/copy" && cp -r $words "$t/copy"
	sed -i "$3" "$t/copy/$2"
	if made table "$t/copy" >/dev/null; then not_ok "$1 stops the build"; else
		case $(cat "$t/why") in *"$4"*) ok "$1 stops the build" ;; *) not_ok "$1 stops the build: $(cat "$t/why")" ;; esac
	fi
}
breaks "a sentence that was not translated" en.po '/^msgid "nav_back"/{N;s/msgstr.*/msgstr ""/}' 'nav_back says nothing'
breaks "a sentence that is missing" en.po '/^msgid "nav_back"/{N;d}' 'nav_back is not there in English'
breaks "a sentence that is missing in Chinese" zh_CN.po '/^msgid "nav_back"/{N;d}' 'nav_back is not there in Chinese'
breaks "a sentence that stands twice" zh_CN.po 's/^msgid "nav_home"/msgid "nav_back"/' 'nav_back stands twice'
breaks "a name that nothing fills in" en.po '/^msgid "page_of"/{N;s/{all}/{most}/}' 'page_of fills in {most}'
breaks "a line that is none of a catalogue" en.po 's/^msgid "nav_back"/msgod "nav_back"/' 'not understood'
# Somebody writes a line in C: it comes out, and moves into the catalogues.
mkdir -p "$t/tree/app/kiosk" "$t/tree/assets" && cp -r $words "$t/tree/assets/"
cat >"$t/tree/app/kiosk/words.inc" <<'I'
/* Two lines */
WORD(nav_back, "往回", "Go back")
WORD(brand_new, "新的\n一句“话”",
     "A new "
     "\"sentence\"")
I
sh "$t/tree/$words/take.sh"
same "往回" "$(sed -n '/^msgid "nav_back"/{n;s/msgstr "\(.*\)"/\1/p}' "$t/tree/$words/zh_CN.po")" "a changed line of words.inc changes the catalogue"
same 'A new \"sentence\"' "$(sed -n '/^msgid "brand_new"/{n;s/msgstr "\(.*\)"/\1/p}' "$t/tree/$words/en.po")" "a new one is added"
same "nav_back brand_new" "$(sed -n 's/^msgid "\(nav_back\|brand_new\)"/\1/p' "$t/tree/$words/zh_CN.po" | tr '\n' ' ' | sed 's/ $//')" "behind its neighbour"
same "" "$(ls "$t/tree/app/kiosk")" "and the line is gone"
echo "1..$n"
exit $bad
