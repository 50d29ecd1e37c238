/* query_fuzz.c - any bytes as what somebody types to find a row, against any bytes as the row's
 * words: marks lie in the text, from left to right, and what is marked is what matches. */
#include "app/village/query.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void copy(char *out, size_t room, const uint8_t *from, size_t len)
{
	len = len < room ? len : room - 1;
	memcpy(out, from, len);
	out[len] = 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char words[300], title[256], party[128];
	struct query q;
	struct query_mark m[QUERY_MARKS];
	size_t part = size / 3, end = 0;
	copy(words, sizeof words, data, part);
	copy(title, sizeof title, data + part, part);
	copy(party, sizeof party, data + 2 * part, size - 2 * part);
	query_read(words, &q);
	if (q.terms > QUERY_TERMS)
		abort();
	for (size_t i = 0; i < q.terms; i++) {
		if (q.term[i].text[0] == 0 || strlen(q.term[i].text) > QUERY_TEXT_MAX)
			abort();
		query_name_add(&q.term[i], party, "mz.caoba");
	}
	size_t marks = query_marks(&q, title, m);
	for (size_t i = 0; i < marks; i++) {
		if (m[i].begin < end || m[i].end <= m[i].begin || m[i].end > strlen(title))
			abort();
		end = m[i].end;
	}
	const struct query_row row = {.place = "mz.v1",
				      .account = "2024:514",
				      .title = title,
				      .party = party,
				      .day = 20261020,
				      .amount_fen = (int64_t)size * 100};
	(void)query_match(&q, &row);
	/* What was typed stands in a row that says just that, if it is characters and words only.
	 */
	query_read(words, &q);
	const struct query_row same = {
		.place = "", .account = "", .title = words, .party = "", .day = 0};
	bool plain = q.terms > 0 && q.terms < QUERY_TERMS;
	for (size_t i = 0; i < q.terms; i++)
		plain = plain && q.term[i].kind == QUERY_TEXT &&
			strlen(q.term[i].text) + 4 < QUERY_TEXT_MAX;
	if (plain && !query_match(&q, &same))
		abort();
	return 0;
}
