#!/bin/sh
# seeded.sh - every seeded bug must turn the test of its promise red: make test-the-tests. Each bug is compiled in by
# -DSEEDED_BUG=n into a copy of the objects, so that only the sources that know a bug are built anew. A test counts as
# red only by the sentence that is named here; it is run without any bug first and must be green.
cd "$(dirname "$0")/../.." || exit 1
o=build/seeded
bad=0
bugs=0
export ASAN_OPTIONS=detect_leaks=0 SDL_VIDEODRIVER=dummy CMOCKA_MESSAGE_OUTPUT=TAP CUTS=600
mkdir -p $o
note() { # note SENTENCE: what went wrong, and the end of what was said
	echo "$1"
	tail -n 6 "$o/log"
	bad=1
}
try() { # try BUILD MODE TEST: runs one test of that build, what it says into $o/log
	case $3 in
	*.sh) KILLS=0 timeout 120 sh "$3" "$1" ;;
	*crash_test) timeout 120 "$1/$2/$3" $CUTS ;;
	*) timeout 120 "$1/$2/$3" ;;
	esac >"$o/log" 2>&1
}
make_for() { # make_for BUILD MODE BUG TEST
	case $4 in
	*.sh) make -s -j2 BUILD="$1" MODE="$2" SEEDED_BUG="$3" programs ;;
	*) make -s -j2 BUILD="$1" MODE="$2" SEEDED_BUG="$3" "$1/$2/$4" ;;
	esac >"$o/log" 2>&1
}
seen=" "
bug() { # bug NUMBER MODE TEST SENTENCE WHAT...: the sentence is part of the "not ok" line that is wanted
	n=$1 mode=$2 test=$3 sentence=$4
	shift 4
	bugs=$((bugs + 1))
	case $seen in *" $test "*) ;; *)
		seen="$seen$test "
		make_for build "$mode" 0 "$test" || note "$test: does not build"
		try build "$mode" "$test" || note "$test: red without any bug"
		;;
	esac
	rm -rf "${o:?}/$n"
	mkdir -p "$o/$n"
	cp -a "build/$mode" "$o/$n/"
	# Archives and programs are made anew from what is built anew.
	for source in $(grep -rl SEEDED_BUG app sync ui --include='*.[ch]'); do
		rm -f "$o/$n/$mode/${source%.*}.o"
	done
	rm -rf "$o/$n/$mode/lib" "$o/$n/$mode/bin" "$o/$n/$mode/$test"
	if ! make_for "$o/$n" "$mode" "$n" "$test"; then
		note "seeded bug $n ($*): does not build"
	elif try "$o/$n" "$mode" "$test"; then
		note "seeded bug $n ($*): GREEN, no test noticed"
	elif grep '^not ok' "$o/log" | grep -q -e "$sentence"; then
		echo "seeded bug $n ($*): red - $(grep '^not ok' "$o/log" | grep -m 1 -e "$sentence" | sed 's/^not ok [0-9]* - //')"
	else
		note "seeded bug $n ($*): red, but not by \"$sentence\""
	fi
	rm -rf "${o:?}/$n"
}
bug 1 release tests/fault/crash_test "lose and double nothing" "thanks before the commit"
bug 1 release tests/journey/cut_check.sh "no letter is thanked for before the queue holds it" "thanks drawn before the commit"
bug 2 debug tests/store/queue_test nothing_is_deleted_before_ninety_days_and_a_second_copy "deletes without waiting for the back-up and the ninety days"
bug 3 debug tests/courier/courier_test settings_signed_by_the_township_replace_nobody "a township key is taken for settings"
bug 4 debug tests/store/books_test a_thousand_edits_of_the_file_draw_no_altered_figure "stored columns are believed"
bug 5 debug tests/store/books_test a_thousand_edits_of_the_file_draw_no_altered_figure "a sheet is shown without being hashed"
bug 6 debug tests/courier/courier_test the_cursor_stays_when_what_came_was_not_applied "the cursor moves before anything is applied"
bug 7 debug tests/courier/courier_test an_acknowledgement_of_another_key_settles_nothing "an acknowledgement is believed unsigned"
bug 8 debug tests/store/writer_test every_letter_is_durable_before_it_is_told "the server answers before the commit"
bug 9 debug tests/store/township_test other_bytes_under_a_known_place_are_kept_apart_and_told "other bytes under a known id are taken"
bug 10 debug tests/store/approval_test who_prepared_a_sheet_cannot_approve_it "the preparer approves"
bug 11 debug tests/sync/http_test the_server_knows_who_its_ca_vouched_for_and_nobody_else "no certificate of our own is demanded"
bug 12 debug tests/village/receipt_test a_locator_is_argon2_of_the_digits_and_nothing_faster "a locator by a fast hash"
bug 13 debug tests/store/reader_test no_look_into_the_queue_keeps_its_log_from_being_folded_back "a statement is not reset"
bug 14 debug tests/courier/courier_test a_township_s_own_word_settles_no_letter "a township's word settles a letter"
bug 31 debug tests/village/typed_test what_may_mean_two_things_is_not_read "an amount in capitals is guessed"
bug 32 debug tests/intake/sheet_test labels_of_merged_cells_are_repeated_downwards_amounts_never "amounts of merged cells count twice"
bug 33 debug tests/village/accounts_test amounts_in_ten_thousands_are_counted_in_yuan "ten thousands are taken for yuan"
bug 41 debug tests/courier/blobs_test a_picture_changed_on_the_disk_is_noticed_when_it_is_read "a picture is shown without being hashed"
bug 50 debug tests/store/vouchers_test every_picture_is_seen_by_a_second_person "a picture is public before a second person saw it"
bug 51 debug tests/intake/page_test boxes_are_burnt_into_the_pixels "boxes lie over the picture, not in it"
bug 52 debug tests/intake/page_test what_the_reader_writes_is_looked_at_again "metadata of a picture is let through"
bug 71 debug tests/store/search_test the_index_finds_what_a_plain_reading_finds_and_nothing_else "single characters are not in the index"
bug 72 debug tests/kiosk/find_test what_was_found_is_looked_for_again_when_the_books_have_moved "what was checked counts after the books moved"
bug 80 debug tests/village/complaint_test nothing_is_public_unless_its_writer_said_so "consent is taken for granted"
bug 81 debug tests/village/property_test an_amount_in_digits_is_read_in_one_way_or_not_at_all "a blank between digits is overlooked"
bug 82 debug tests/kiosk/margin_test behind_a_version_that_does_not_hold_nothing_is_quoted "a change is dated across a damaged version"
bug 60 debug tests/store/supervision_test who_spoke_for_the_village_does_not_approve "the village's supervisor approves"
bug 61 debug tests/township/totals_test a_sheet_published_again_counts_once_and_as_it_is_now "a replaced sheet counts again"
rm -rf build/seeded
[ $bad -eq 0 ] && echo "every seeded bug was noticed: $bugs of $bugs"
exit $bad
