# overlap.awk - reads printed display lists and tells what stands over a text: an opaque box, picture or other text drawn
# after it; and which text runs across the edge of a button of the bottom bar. A text counts by its core, from seven tenths of its size above the baseline down to it, inside the clip.
function least(a, b) { return a < b ? a : b }
function most(a, b) { return a > b ? a : b }
function meet(x0, y0, x1, y1, i) { # more than six units both ways
	return least(x1, right[i]) - most(x0, left[i]) > 6 && least(y1, bottom[i]) - most(y0, top[i]) > 6
}
function tell(what) {
	file = FILENAME
	sub(/.*\//, "", file)
	print file ": " what
	bad = 1
}
FNR == 1 { texts = clipped = buttons = 0; bar = 1e6 }
{
	split($2, at, ",")
	split($3, size, "x")
	x0 = at[1] + 0; y0 = at[2] + 0; x1 = x0 + size[1]; y1 = y0 + size[2]
}
$1 == "clip" { clipped = size[1] > 0; cx0 = x0; cy0 = y0; cx1 = x1; cy1 = y1 }
$1 == "box" && x0 == 0 && size[1] >= 1080 && (size[2] == 136 || size[2] == 152) { bar = y0 }
$1 == "box" && y0 > bar && size[2] == 96 && /border/ { buttons++; bl[buttons] = x0; br[buttons] = x1 }
$1 == "text" {
	words = $0
	sub(/^[^"]*"/, "", words)
	sub(/"$/, "", words)
	plain = words
	gsub(/[ \t]| | |　/, "", plain)
	if (plain == "") next
	hang = int($6 / 8) + 1 # what a printed text is wider than its words on either side
	x0 += hang
	x1 -= hang
	y1 = $8 + 0
	y0 = y1 - int($6 * 7 / 10)
	if (clipped) { x0 = most(x0, cx0); x1 = least(x1, cx1); y0 = most(y0, cy0); y1 = least(y1, cy1) }
	if (x1 <= x0 || y1 <= y0) next
	for (i = 1; i <= texts; i++)
		if (meet(x0, y0, x1, y1, i)) tell("\"" words "\" over \"" said[i] "\"")
	for (i = 1; y0 > bar && i <= buttons; i++)
		if (x0 < bl[i] - 6 && x1 > bl[i] + 6 || x0 < br[i] - 6 && x1 > br[i] + 6)
			tell("\"" words "\" across a button")
	texts++
	left[texts] = x0; top[texts] = y0; right[texts] = x1; bottom[texts] = y1; said[texts] = words
}
($1 == "box" && $4 ~ /^#/) || $1 == "hatch" || $1 == "picture" || $1 == "photo" || $1 == "qr" {
	if (clipped) { x0 = most(x0, cx0); x1 = least(x1, cx1); y0 = most(y0, cy0); y1 = least(y1, cy1) }
	for (i = 1; i <= texts; i++)
		if (meet(x0, y0, x1, y1, i)) tell($1 " " $2 " " $3 " over \"" said[i] "\"")
}
END { exit bad }
