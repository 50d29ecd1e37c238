/* peers_test.c - places stand beside each other only with what each of them published of the same
 * period, checked, in the settings' order; a figure that is not certain is none. */
#include "app/kiosk/peers.h"

#include "tests/kiosk/public.h"

static struct public_kiosk kiosk;
static struct peers *peers;
static const char one[] = "mz.caoba.v1", two[] = "mz.caoba.v2", group[] = "mz.caoba.v1.g1",
		  other_group[] = "mz.caoba.v1.g2";
static const struct peers_what months = {.template_id = "ledger", .first = 202609, .last = 202610};
static const struct peers_what wages = {.template_id = "wage", .period = "2026Q3"};

static int begin(void **state)
{
	(void)state;
	return public_open(&kiosk) ||
	       peers_open(kiosk.books, kiosk.catalogue, kiosk.county.settings, &peers);
}

static int end(void **state)
{
	(void)state;
	peers_close(peers);
	return public_close(&kiosk);
}

static void month(const char *place, int m, int in, int out)
{
	char rows[1024], period[16];
	snprintf(period, sizeof period, "2026-%02d", m % 13);
	snprintf(rows, sizeof rows,
		 "{\"id\":\"1\",\"date\":\"2026-%02d-02\",\"account_code\":\"501\","
		 "\"coa_version\":\"2024\",\"direction\":\"in\",\"amount_fen\":%d,"
		 "\"payee_payer\":\"李某某\",\"summary\":\"租金\"}\n"
		 "{\"id\":\"2\",\"date\":\"2026-%02d-02\",\"account_code\":\"514\","
		 "\"coa_version\":\"2024\",\"direction\":\"out\",\"amount_fen\":%d,"
		 "\"payee_payer\":\"李某某\",\"summary\":\"水沟\"}\n",
		 m % 13, in, m % 13, out);
	public_rows(&kiosk, place, "ledger", period, rows);
}

static void wage(const char *place, const char *period, int fen)
{
	char rows[512];
	snprintf(rows, sizeof rows,
		 "{\"id\":\"1\",\"person\":\"普*昌\",\"post\":\"主任\",\"paid_fen\":%d}\n"
		 "{\"id\":\"2\",\"person\":\"李*芬\",\"post\":\"副主任\",\"paid_fen\":1}\n",
		 fen);
	public_rows(&kiosk, place, "wage", period, rows);
}

static void look(const char *own, const struct peers_what *what)
{
	peers_look(peers, own, what);
	while (peers_waiting(peers))
		peers_work(peers, 500);
}

static void the_same_months_are_added_up_for_each(void **state)
{
	(void)state;
	month(one, 9, 100, 10);
	month(one, 10, 200, 20);
	month(two, 9, 5000, 70);
	month(two, 10, 6000, 80);
	look(one, &months);
	assert_int_equal(peers_count(peers), 2);
	assert_string_equal(peers_at(peers, 0)->place->id, one);
	assert_int_equal(peers_at(peers, 0)->state, PEER_READY);
	assert_int_equal(peers_at(peers, 0)->in_fen, 300);
	assert_int_equal(peers_at(peers, 0)->out_fen, 30);
	assert_int_equal(peers_at(peers, 1)->in_fen, 11000);
	assert_null(peers_at(peers, 2));
	/* The own place comes first, whichever has more. */
	look(two, &months);
	assert_string_equal(peers_at(peers, 0)->place->id, two);
	assert_string_equal(peers_at(peers, 1)->place->id, one);
}

static void a_month_too_few_is_no_figure(void **state)
{
	(void)state;
	month(one, 9, 100, 10);
	month(one, 10, 200, 20);
	month(two, 10, 6000, 80);
	look(one, &months);
	assert_int_equal(peers_at(peers, 1)->state, PEER_NOT_PUBLISHED);
	assert_int_equal(peers_at(peers, 1)->in_fen, 0);
}

static void a_place_with_nothing_public_is_not_there(void **state)
{
	(void)state;
	month(one, 9, 100, 10);
	month(one, 10, 200, 20);
	look(one, &months);
	assert_int_equal(peers_count(peers), 1);
}

static void a_damaged_month_is_no_figure(void **state)
{
	(void)state;
	month(one, 9, 100, 10);
	month(one, 10, 200, 20);
	month(two, 9, 5000, 70);
	month(two, 10, 6000, 80);
	public_edit(&kiosk, "UPDATE record SET amount_fen = 7000 WHERE amount_fen = 6000");
	look(one, &months);
	assert_int_equal(peers_at(peers, 0)->state, PEER_READY);
	assert_int_equal(peers_at(peers, 1)->state, PEER_DAMAGED);
}

static void another_template_needs_the_same_period(void **state)
{
	(void)state;
	wage(one, "2026Q3", 1000);
	wage(two, "2026Q2", 2000);
	look(one, &wages);
	assert_int_equal(peers_at(peers, 0)->in_fen, 1001);
	assert_int_equal(peers_at(peers, 1)->state, PEER_NOT_PUBLISHED);
	assert_null(peers_shared(peers, 0));
	wage(two, "2026Q3", 2000);
	look(one, &wages); /* the books have moved */
	assert_int_equal(peers_at(peers, 1)->state, PEER_READY);
	assert_int_equal(peers_at(peers, 1)->in_fen, 2001);
	assert_string_equal(peers_shared(peers, 0)->template_id, "wage");
	assert_string_equal(peers_shared(peers, 0)->period, "2026Q3");
	assert_null(peers_shared(peers, 1));
}

static void a_group_stands_beside_the_groups_of_its_village(void **state)
{
	(void)state;
	month(one, 9, 1, 1);
	month(group, 9, 100, 10);
	month(group, 10, 200, 20);
	month(other_group, 9, 300, 10);
	month(other_group, 10, 400, 20);
	look(group, &months);
	assert_int_equal(peers_count(peers), 2);
	assert_string_equal(peers_at(peers, 1)->place->id, other_group);
	assert_int_equal(peers_at(peers, 1)->in_fen, 700);
}

#define PEERS(test) cmocka_unit_test_setup_teardown(test, begin, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		PEERS(the_same_months_are_added_up_for_each),
		PEERS(a_month_too_few_is_no_figure),
		PEERS(a_place_with_nothing_public_is_not_there),
		PEERS(a_damaged_month_is_no_figure),
		PEERS(another_template_needs_the_same_period),
		PEERS(a_group_stands_beside_the_groups_of_its_village),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
