#!/bin/sh
# accept.sh BUILD/MODE - takes the lists and pictures as they are now for golden, saying which changed. Look at them
# first: make shots.
build=$(cd "$(dirname "$1")" && pwd)
root=$(cd "$(dirname "$0")/../.." && pwd)
make -s -C "$root" MODE=release programs || exit 1
bin=$build/release/bin
out=$(mktemp -d)
trap 'rm -rf "$out" "$seed"' EXIT
. "$root/tests/golden/lists.sh"
lists landscape 1920x1080 standard "tap @lang.zh" && lists portrait 1080x1920 standard "tap @lang.zh" &&
	lists landscape 1920x1080 xlarge "tap @size.xlarge" || exit 1
mkdir -p "$root/tests/golden/lists"
for f in "$out"/*; do
	to=$root/tests/golden/lists/$(basename "$f")
	cmp -s "$f" "$to" || { echo "changed: tests/golden/lists/$(basename "$f")"; cp "$f" "$to"; }
done
