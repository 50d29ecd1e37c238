#!/bin/sh
# seeded.sh - every seeded bug must turn a test red: make test-the-tests. Each is compiled in by -DSEEDED_BUG=n into a
# build folder of its own; a bug no test notices fails.
cd "$(dirname "$0")/../.." || exit 1
o=build/seeded
bad=0
run() { # run NUMBER MODE TEST WORDS...
	n=$1 mode=$2 test=$3
	shift 3
	rm -f $o/$mode/$test
	if ! make -s -j2 BUILD=$o/$n MODE="$mode" SEEDED_BUG="$n" "$o/$n/$mode/$test" >"$o.log" 2>&1; then
		tail -n 5 "$o.log"
		echo "seeded bug $n: does not build"
		bad=1
		return
	fi
	ASAN_OPTIONS=detect_leaks=0 SDL_VIDEODRIVER=dummy CMOCKA_MESSAGE_OUTPUT=TAP timeout 300 "$o/$n/$mode/$test" >"$o.log" 2>&1
	rc=$?
	if [ $rc -ne 0 ]; then
		echo "seeded bug $n ($*): red - $(grep -m 1 '^not ok' "$o.log" | sed 's/^not ok [0-9]* - //' || true)"
	else
		echo "seeded bug $n ($*): GREEN, no test noticed"
		bad=1
	fi
	rm -rf "${o:?}/$n"
}
mkdir -p $o
run 1 release tests/fault/crash_test thanks before the commit
run 2 debug tests/store/queue_test deletes without waiting for the back-up and the ninety days
run 3 debug tests/courier/courier_test a township key is taken for settings
run 4 debug tests/store/books_test stored columns are believed
run 5 debug tests/store/books_test a sheet is shown without being hashed
run 6 debug tests/courier/courier_test the cursor moves before anything is applied
run 7 debug tests/courier/courier_test an acknowledgement is believed unsigned
run 8 debug tests/store/township_test the server answers before the commit
run 9 debug tests/store/township_test other bytes under a known id are taken
run 31 debug tests/village/typed_test an amount in capitals is guessed
run 32 debug tests/intake/sheet_test amounts of merged cells count twice
run 33 debug tests/village/accounts_test ten thousands are taken for yuan
rm -rf build/seeded build/seeded.log
[ $bad -eq 0 ] && echo "every seeded bug was noticed"
exit $bad
