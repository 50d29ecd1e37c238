#!/bin/sh
# help_check.sh - every program says in its first line how it is called.
bin=${1:-build}/${MODE:-debug}/bin
count=0
bad=0
export ASAN_OPTIONS=detect_leaks=0
for p in elutong elutong-courier elutong-township elutong-intake elutong-pack elutong-launch; do
	count=$((count + 1))
	first=$("$bin/$p" --help </dev/null | head -n 1)
	case $first in
	"usage: $p -"* | "usage: $p ["* | "usage: $p <"* | "usage: $p "[A-Z][A-Z]*) echo "ok $count - $p says how it is called" ;;
	*)
		bad=$((bad + 1))
		echo "not ok $count - $p says how it is called"
		echo "  $first"
		;;
	esac
done
echo "1..$count"
[ "$bad" -eq 0 ]
