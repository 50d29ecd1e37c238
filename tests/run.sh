#!/bin/sh
# run.sh BUILD [FOLDER] - runs every test program and script, counts what they say, ends with "N passed, N failed".
#
# A test says what it did in TAP: "ok 1 - sentence", "not ok 2 - sentence", "ok 3 # SKIP reason".
# A program that dies counts as one failure. With CI set, a skip must stand in tests/skips.
build=${1:-build}
only=${2:-tests}
cd "$(dirname "$0")/.." || exit 1
export ASAN_OPTIONS=${ASAN_OPTIONS:-detect_leaks=1} UBSAN_OPTIONS=${UBSAN_OPTIONS:-print_stacktrace=1}
export LSAN_OPTIONS=suppressions=$PWD/tests/lsan.supp:print_suppressions=0
export CMOCKA_MESSAGE_OUTPUT=TAP SDL_VIDEODRIVER=dummy SDL_AUDIODRIVER=dummy
out=$(mktemp)
report=$build/tests.log
mkdir -p "$build"
: >"$report"
passed=0
failed=0
run() { # run NAME COMMAND...
	name=$1
	shift
	start=$(date +%s)
	"$@" >"$out" 2>"$out.err" </dev/null
	rc=$?
	good=$(grep -c '^ok ' "$out")
	bad=$(grep -c '^not ok ' "$out")
	{ echo "== $name (exit $rc)"; cat "$out" "$out.err"; } >>"$report"
	if [ -n "${CI:-}" ]; then
		skips=$(grep '^ok .*# SKIP' "$out" | sed 's/.*# SKIP *//' | while read -r why; do grep -qxF "$why" tests/skips 2>/dev/null || echo "$why"; done)
		if [ -n "$skips" ]; then echo "   skipped without being listed in tests/skips: $skips"; bad=$((bad + 1)); fi
	fi
	if [ $rc -ne 0 ] && [ "$bad" -eq 0 ]; then bad=1; fi
	if [ $rc -eq 0 ] && [ "$good" -eq 0 ] && [ "$bad" -eq 0 ]; then bad=1; echo "   said nothing"; fi
	passed=$((passed + good))
	failed=$((failed + bad))
	printf '%-44s %4d passed %3d failed  %3d s\n' "$name" "$good" "$bad" "$(($(date +%s) - start))"
	if [ "$bad" -gt 0 ]; then
		grep -A6 '^not ok ' "$out" | head -n 40
		tail -n 30 "$out.err"
	fi
	grep '^# count ' "$out" | sed 's/^# count /   /'
}
for t in $(ls "$build"/debug/tests/*/*_test 2>/dev/null | grep -v /bench/ | grep -v /fault/); do
	case $t in "$build/debug/$only"*) run "${t#"$build"/debug/tests/}" "$t" ;; esac
done
for t in $(ls "$build"/release/tests/fault/*_test 2>/dev/null); do
	case tests/fault in $only*) run "${t#"$build"/release/tests/}" "$t" ;; esac
done
for f in $(ls "$build"/debug/tests/fuzz/*_fuzz 2>/dev/null); do
	n=$(basename "$f" _fuzz)
	case tests/fuzz in $only*) run "fuzz/$n" "$f" tests/fuzz/corpus/"$n"/* ;; esac
done
for s in $(ls tests/golden/*_check.sh tests/fault/*_check.sh tests/journey/*_check.sh tests/console/*_check.sh 2>/dev/null); do
	case $s in "$only"*) run "${s#tests/}" sh "$s" "$build" ;; esac
done
rm -f "$out" "$out.err"
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
