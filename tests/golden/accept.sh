#!/bin/sh
# accept.sh BUILD/MODE - shows how each golden list and picture was and how it is now, then takes the new ones. Both lie
# side by side in BUILD/golden/index.html; on a terminal it asks first.
build=$(cd "$(dirname "$1")" && pwd)
root=$(cd "$(dirname "$0")/../.." && pwd)
make -s -C "$root" MODE=release programs || exit 1
bin=$build/release/bin
out=$(mktemp -d)
trap 'rm -rf "$out" "$seed"' EXIT
. "$root/tests/golden/lists.sh"
for kind in $kinds; do pages list "$kind" || exit 1; done
golden=$root/tests/golden/lists
show=$build/golden
rm -rf "$show" && mkdir -p "$golden" "$show/old" "$show/new"
html() { sed -e 's/&/\&amp;/g' -e 's/</\&lt;/g'; }
changed=
echo '<!doctype html><meta charset="utf-8"><title>golden</title><style>img,pre{width:48%;vertical-align:top;overflow:auto;display:inline-block}</style>' >"$show/index.html"
for name in $(ls "$golden" "$out" | grep '\.\(txt\|png\)$' | sort -u); do
	cmp -s "$golden/$name" "$out/$name" && continue
	changed="$changed $name"
	[ -e "$golden/$name" ] && cp "$golden/$name" "$show/old/"
	[ -e "$out/$name" ] && cp "$out/$name" "$show/new/"
	echo "changed: $name"
	for side in old new; do
		[ -e "$show/$side/$name" ] && echo "  $side  $show/$side/$name" || echo "  $side  none"
	done
	{
		echo "<h2>$name</h2>"
		case $name in
		*.png) echo "<img src=\"old/$name\" alt=\"old\"> <img src=\"new/$name\" alt=\"new\">" ;;
		*) for side in old new; do
			other=$([ $side = old ] && echo new || echo old)
			echo "<pre>"
			diff -N "$show/$side/$name" "$show/$other/$name" | sed -n 's/^< //p' | html
			echo "</pre>"
		done ;;
		esac
	} >>"$show/index.html"
done
[ -n "$changed" ] || { echo "nothing changed"; exit 0; }
echo "$(echo $changed | wc -w) changed; both side by side in $show/index.html"
if [ -t 0 ]; then
	printf 'take the new ones? [y/N] '
	read -r answer
	[ "$answer" = y ] || exit 1
fi
for name in $changed; do
	if [ -e "$out/$name" ]; then cp "$out/$name" "$golden/"; else rm "$golden/$name"; fi
done
