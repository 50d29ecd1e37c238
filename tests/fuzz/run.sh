#!/bin/sh
# run.sh TARGET|all SECONDS - builds the targets with libFuzzer and runs each for so long. What it finds lies in
# build/fuzz/TARGET/; good finds go into tests/fuzz/corpus by hand.
target=${1:-all}
secs=${2:-30}
cd "$(dirname "$0")/../.." || exit 1
command -v clang >/dev/null || { echo "fuzzing needs clang and libclang-rt-14-dev"; exit 1; }
o=build/fuzz
make -s -j2 BUILD=$o MODE=debug CC=clang CFLAGS="-fsanitize=fuzzer-no-link -Wno-error" \
	$(ls app/intake/*.c | grep -v main.c | sed "s|\(.*\).c|$o/debug/\1.o|") $o/debug/tests/intake/made.o $o/debug/app/pack/wav.o \
	$o/debug/lib/libstore.a $o/debug/lib/libvillage.a $o/debug/lib/libsync.a $o/debug/lib/libui.a $o/debug/lib/libbase.a || exit 1
intake="$(ls $o/debug/app/intake/*.o | grep -v main.o) $o/debug/tests/intake/made.o $o/debug/app/pack/wav.o"
libs=$(pkg-config --libs sdl2 SDL2_ttf SDL2_image libseccomp minizip expat freexl libjpeg libpng poppler-glib fontconfig zlib sqlite3 libsodium jansson libcurl openssl libmicrohttpd gnutls libarchive libzstd)
bad=0
for f in tests/fuzz/*_fuzz.c; do
	n=$(basename "$f" _fuzz.c)
	[ "$target" = all ] || [ "$target" = "$n" ] || continue
	mkdir -p "$o/$n/found"
	clang -std=c17 -D_GNU_SOURCE -I. -I$o/debug/gen -g -O1 -fsanitize=fuzzer,address,undefined $(pkg-config --cflags libsodium jansson) \
		-o "$o/$n/fuzz" "$f" $intake $o/debug/lib/libstore.a $o/debug/lib/libvillage.a $o/debug/lib/libsync.a $o/debug/lib/libui.a $o/debug/lib/libbase.a $libs -lm || exit 1
	echo "== $n for $secs s"
	LSAN_OPTIONS=suppressions=tests/lsan.supp:print_suppressions=0 "$o/$n/fuzz" -max_total_time="$secs" -max_len=100000 -verbosity=0 -print_final_stats=1 \
		-artifact_prefix="$o/$n/found/" "$o/$n/found" tests/fuzz/corpus/"$n" 2>&1 | grep -E "ERROR|SUMMARY|stat::number_of_executed|Test unit" || true
	ls "$o/$n/found"/crash-* "$o/$n/found"/leak-* "$o/$n/found"/timeout-* "$o/$n/found"/oom-* 2>/dev/null && bad=1
done
exit $bad
