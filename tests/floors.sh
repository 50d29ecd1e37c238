#!/bin/sh
# floors.sh - every arrow goes down: app -> ui, app -> sync; base < village < store < programs; programs never meet.
# Reads the includes of all sources; prints each arrow that goes up and fails.
cd "$(dirname "$0")/.." || exit 1
find app ui sync -name '*.[ch]' -exec grep -nE '^[ \t]*#[ \t]*include' {} + | awk -F: '
function floor(path) {
	if (path ~ /^app\/base\//) return "base"
	if (path ~ /^app\/village\//) return "village"
	if (path ~ /^app\/store\//) return "store"
	if (path ~ /^app\//) { split(path, part, "/"); return "program " part[2] }
	if (path ~ /^ui\//) return "ui"
	if (path ~ /^sync\//) return "sync"
	return ""
}
BEGIN {
	may["base"] = " base "
	may["ui"] = " ui "
	may["sync"] = " sync "
	may["village"] = " base sync village "
	may["store"] = " base sync village store "
}
{
	file = $1; line = $2
	text = $0; sub(/^[^:]*:[^:]*:/, "", text)
	from = floor(file)
	if (match(text, /"[^"]*"/)) {
		target = substr(text, RSTART + 1, RLENGTH - 2)
		to = floor(target)
		if (to != "") {
			checked++
			if (from ~ /^program/) ok = (to !~ /^program/ || to == from)
			else ok = index(may[from], " " to " ") > 0
			if (!ok) { print file ":" line ": " from " must not include " target; bad++ }
		}
	} else if (match(text, /<[^>]*>/)) {
		target = substr(text, RSTART + 1, RLENGTH - 2)
		checked++
		if (target ~ /^(SDL|hb|harfbuzz|linebreak|pinyin|espeak)/ && from != "ui" && from != "program kiosk") { print file ":" line ": only ui knows " target; bad++ }
		if (target ~ /^SDL/ && from == "program kiosk") { print file ":" line ": only ui knows " target; bad++ }
		if (target ~ /^(sqlite3|libpq)/ && from != "store") { print file ":" line ": only app/store knows " target; bad++ }
		if (target ~ /^(curl|microhttpd|gnutls|openssl|archive)/ && from != "sync") { print file ":" line ": only sync knows " target; bad++ }
		if (target ~ /^(png|jpeglib)/ && from != "ui" && from != "program kiosk" && from != "program intake") { print file ":" line ": only ui and intake know " target; bad++ }
		if (target ~ /^(minizip|expat|freexl|poppler|fontconfig|cairo)/ && from != "program intake") { print file ":" line ": only intake knows " target; bad++ }
		if (target ~ /^sodium/ && from ~ /^(ui|program)/) { print file ":" line ": only sync and the words know " target; bad++ }
	}
}
END { if (!checked) { print "floors: nothing read"; exit 1 }
	if (bad) exit 1
	print "floors: " checked " includes, no arrow goes up" }'
