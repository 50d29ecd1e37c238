#!/bin/sh
# take.sh - moves what stands in app/kiosk/words.inc into the catalogues, and takes the file away.
cd "$(dirname "$0")/../.." || exit 1
here=assets/words inc=app/kiosk/words.inc
[ -e $inc ] || { echo "words: nothing to take"; exit 0; }
old=
for file in $here/zh_CN.po $here/en.po; do [ -e $file ] && old="$old $file"; done
for language in zh en; do
	awk -v mode=$language -f $here/words.awk $old $inc >$here/$language.new || { rm -f $here/*.new; exit 1; }
done
mv $here/zh.new $here/zh_CN.po
mv $here/en.new $here/en.po
rm $inc
