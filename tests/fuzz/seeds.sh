#!/bin/sh
# seeds.sh BUILD - makes the first inputs of tests/fuzz/corpus anew; by hand, when a format changed.
cd "$(dirname "$0")/../.." || exit 1
o=${1:-build}/debug
make -s MODE=debug $o/lib/libstore.a $o/lib/libvillage.a $o/lib/libsync.a $o/lib/libbase.a || exit 1
cc -std=c17 -D_GNU_SOURCE -I. -fsanitize=address,undefined -o "$o/seeds" tests/fuzz/seeds.c \
	$o/lib/libvillage.a $o/lib/libsync.a $o/lib/libbase.a \
	$(pkg-config --cflags --libs libsodium jansson libcurl openssl libmicrohttpd gnutls libarchive libzstd) -lm &&
	ASAN_OPTIONS=detect_leaks=0 "$o/seeds"
# Workbooks: those of the tests, and parts of one.
mkdir -p tests/fuzz/corpus/xlsx tests/fuzz/corpus/xls
make -s MODE=debug $o/tests/intake/sheet_test && SEEDS=tests/fuzz/corpus "$o/tests/intake/sheet_test" >/dev/null
# Photos and PDF, likewise.
mkdir -p tests/fuzz/corpus/image tests/fuzz/corpus/pdf
make -s MODE=debug $o/tests/intake/page_test && SEEDS=tests/fuzz/corpus "$o/tests/intake/page_test" >/dev/null
printf '120 30 200 45;0 0 1000 1000' >tests/fuzz/corpus/image/boxes
printf 'refused a\n' >tests/fuzz/corpus/image/refused
parts() { # parts NAME SHEET STRINGS STYLES BOOK
	printf '%s\0%s\0%s\0%s\0' "$2" "$3" "$4" "$5" >"tests/fuzz/corpus/xlsx/parts-$1"
}
parts shared '<sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row></sheetData>' '<si><r><t>a</t></r><rPh><t>b</t></rPh></si>' '' ''
parts dates '<sheetData><row><c s="1"><v>46323.5</v></c><c s="2"><v>1</v></c></row></sheetData>' '' \
	'<numFmts><numFmt numFmtId="164" formatCode="[$-804]yyyy&quot;x&quot;\d;@"/></numFmts><cellXfs><xf/><xf numFmtId="14"/><xf numFmtId="164"/></cellXfs>' \
	'<workbookPr date1904="1"/>'
parts merged '<sheetData><row><c t="inlineStr"><is><t>a</t></is></c></row><row r="9"><c><f>A1</f></c></row></sheetData><mergeCells><mergeCell ref="A1:$B$9"/></mergeCells>' '' '' ''
