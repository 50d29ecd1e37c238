# words.awk - the sentences of the touch screen: from the catalogues (gettext .po, a file a language) to the table the
# program is built with, and from lines WORD(id, "Chinese", "English") of app/kiosk/words.inc, where one still writes them,
# into the catalogues.
#
#   awk -v mode=table -f words.awk zh_CN.po en.po [words.inc]     the table
#   awk -v mode=zh    -f words.awk zh_CN.po en.po words.inc       the Chinese catalogue with those lines in it; en the other
#
# An id is a msgid, the same in every language. A line of words.inc is newer than the catalogue. Fails, saying where, when
# a sentence is missing in a language, stands twice, or fills in a {name} that the Chinese one does not.

function wrong(what) {
	print "words: " what > "/dev/stderr"
	bad = 1
}

# Puts an id behind another, at the end when there is none.
function place(id, behind) {
	if (id in known)
		return
	known[id] = 1
	if (behind == "")
		behind = last
	after[id] = after[behind]
	after[behind] = id
	if (behind == last)
		last = id
}

# What stands between the quotes of a line, as it is written.
function quoted(line) {
	if (!match(line, /".*"/)) {
		wrong(FILENAME ":" FNR ": no text in quotes")
		return ""
	}
	return substr(line, RSTART + 1, RLENGTH - 2)
}

function finish() {
	if (id != "") {
		if ((lang, id) in text)
			wrong(FILENAME ": " id " stands twice")
		text[lang, id] = said
		if (lang == "zh" && remark != "")
			section[id] = remark
		place(id, "")
	}
	id = said = remark = ""
	part = ""
}

FILENAME ~ /\.po$/ {
	if (FNR == 1) {
		finish()
		lang = FILENAME ~ /zh_CN\.po$/ ? "zh" : "en"
	}
	if ($0 ~ /^[ \t]*$/) {
		finish()
	} else if ($0 ~ /^# /) {
		remark = remark (remark == "" ? "" : "\n") substr($0, 3)
	} else if ($0 ~ /^#/) {
		next
	} else if ($0 ~ /^msgid /) {
		id = quoted($0)
		part = "id"
	} else if ($0 ~ /^msgstr /) {
		said = quoted($0)
		part = "text"
	} else if ($0 ~ /^"/ && part == "text") {
		said = said quoted($0)
	} else {
		wrong(FILENAME ":" FNR ": not understood: " $0)
	}
	next
}

{
	inc = inc $0 "\n"
}

# The next text in quotes of `inc`, pieces joined; what was read is cut off.
function take_text(    out) {
	out = ""
	sub(/^[ \t\n,]+/, "", inc)
	while (match(inc, /^"([^"\\]|\\.)*"[ \t\n]*/)) {
		piece = substr(inc, 1, RLENGTH)
		inc = substr(inc, RLENGTH + 1)
		sub(/[ \t\n]*$/, "", piece)
		out = out substr(piece, 2, length(piece) - 2)
	}
	return out
}

function take_lines(    before, zh, en, note) {
	before = note = ""
	while (inc != "") {
		sub(/^[ \t\n]+/, "", inc)
		if (inc == "")
			break
		if (substr(inc, 1, 2) == "/*") {
			end = index(inc, "*/")
			note = substr(inc, 3, end - 3)
			inc = substr(inc, end + 2)
			gsub(/^[ \t\n]+|[ \t\n]+$/, "", note)
			gsub(/[ \t]*\n[ \t]*/, " ", note)
			if (note ~ /^words\.inc/)
				note = ""
			continue
		}
		if (!match(inc, /^WORD\([ \t\n]*[A-Za-z0-9_]+/)) {
			wrong("words.inc: not understood: " substr(inc, 1, 60))
			return
		}
		word = substr(inc, 1, RLENGTH)
		inc = substr(inc, RLENGTH + 1)
		sub(/^WORD\([ \t\n]*/, "", word)
		zh = take_text()
		en = take_text()
		if (!sub(/^[ \t\n]*\)/, "", inc)) {
			wrong("words.inc: " word " does not end")
			return
		}
		if (word in taken)
			wrong("words.inc: " word " stands twice")
		taken[word] = 1
		text["zh", word] = zh
		text["en", word] = en
		if (note != "" && !(word in known))
			section[word] = note
		note = ""
		place(word, before)
		before = word
	}
}

# The {names} of a text, each once, in order of the alphabet.
function names(s,    list, n, i, j, name, out) {
	n = 0
	while (match(s, /\{[a-z_0-9]+\}/)) {
		name = substr(s, RSTART, RLENGTH)
		s = substr(s, RSTART + RLENGTH)
		for (i = 1; i <= n && list[i] != name; i++)
			;
		if (i > n)
			list[++n] = name
	}
	out = ""
	while (n > 0) {
		j = 1
		for (i = 2; i <= n; i++)
			if (list[i] < list[j])
				j = i
		out = out list[j]
		list[j] = list[n--]
	}
	return out
}

function check(w) {
	if (!(("zh", w) in text))
		wrong(w " is not there in Chinese")
	if (!(("en", w) in text))
		wrong(w " is not there in English")
	if (w !~ /^[a-z][A-Za-z0-9_]*$/)
		wrong(w " is no name for a sentence")
	if (text["zh", w] == "" || text["en", w] == "")
		wrong(w " says nothing")
	# English may leave a name out (the county for 蒙自市), never fill in one that Chinese has not.
	all = names(text["zh", w])
	some = names(text["en", w])
	while (match(some, /^\{[^}]*\}/)) {
		if (!index(all, substr(some, 1, RLENGTH)))
			wrong(w " fills in " substr(some, 1, RLENGTH) " in English only")
		some = substr(some, RLENGTH + 1)
	}
}

function header(name) {
	print "# The sentences of the touch screen, one a msgid; {name} is filled in. Built into the program by words.awk."
	print "msgid \"\""
	print "msgstr \"\""
	print "\"Project-Id-Version: elutong\\n\""
	print "\"Language: " name "\\n\""
	print "\"MIME-Version: 1.0\\n\""
	print "\"Content-Type: text/plain; charset=UTF-8\\n\""
	print "\"Content-Transfer-Encoding: 8bit\\n\""
}

END {
	finish()
	take_lines()
	if (mode == "table")
		print "/* Made from assets/words by words.awk. */"
	else
		header(mode == "zh" ? "zh_CN" : "en")
	for (w = after[""]; w != ""; w = after[w]) {
		check(w)
		if (mode == "table") {
			print "WORD(" w ", \"" text["zh", w] "\", \"" text["en", w] "\")"
			continue
		}
		print ""
		if (w in section) {
			gsub(/\n/, "\n# ", section[w])
			print "# " section[w]
		}
		if (mode == "en")
			print "#. " text["zh", w]
		print "msgid \"" w "\""
		print "msgstr \"" text[mode, w] "\""
	}
	if (bad)
		exit 1
}
