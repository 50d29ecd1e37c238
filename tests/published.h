/* published.h - for tests: one sheet signed as the next publication of its place, and applied. */
#pragma once
#include "app/store/kiosk/books.h"
#include "app/village/record.h"

#include "tests/county.h"
#include "tests/test.h"

/* Publications of a few places so far. */
struct published {
	struct books *books; /* opened to apply */
	const struct catalogue *catalogue;
	struct county *county;
	struct published_chain {
		char place[PLACE_ID_MAX + 1];
		struct hash hash;
		uint64_t number;
	} chain[8];
};

/* A ledger row as the tests write it. */
struct published_row {
	char title[256], party[128], account[8], place[32];
	int64_t fen;
	int32_t day;
	int64_t sheet;
	uint32_t ordinal;
};

static inline struct published_chain *published_chain(struct published *to, const char *place)
{
	for (size_t i = 0; i < sizeof to->chain / sizeof to->chain[0]; i++) {
		struct published_chain *c = &to->chain[i];
		if (c->place[0] == 0)
			snprintf(c->place, sizeof c->place, "%s", place);
		if (strcmp(c->place, place) == 0)
			return c;
	}
	fail_msg("no room for another place");
	abort();
}

/* Signs `p`, which has its place, its day and one sheet, as the next of that place, and applies it
 * with the sheet's bytes. */
static inline void published_next(struct published *to, struct publication *p,
				  struct sheet_entry *entry, const void *bytes, size_t len)
{
	struct published_chain *c = published_chain(to, p->place);
	struct publication read;
	struct books_apply *a = NULL;
	struct buf text;
	snprintf(p->issuer, sizeof p->issuer, "草坝镇");
	p->number = ++c->number;
	p->previous = c->hash;
	p->sheet = entry;
	p->sheet_count = 1;
	assert_int_equal(sheet_measure(bytes, len, entry), OK);
	buf_init(&text, PUBLICATION_BYTES_MAX);
	assert_int_equal(
		publication_make(p, &to->county->publisher, &to->county->publisher_secret, &text),
		OK);
	c->hash = p->hash;
	assert_int_equal(publication_read(text.p, text.len, to->county->settings, &read), OK);
	assert_int_equal(books_apply_begin(to->books, to->catalogue, &read, text.p, text.len, &a),
			 OK);
	assert_int_equal(books_apply_sheet(a, 0, bytes, len), OK);
	assert_int_equal(books_apply_finish(a), OK);
	books_apply_close(a);
	publication_free(&read);
	buf_free(&text);
}

static inline void published_sheet(struct published *to, const char *place,
				   const struct sheet_entry *which, const struct buf *bytes)
{
	struct sheet_entry entry = *which;
	struct publication p = {.day = 20261105};
	snprintf(p.place, sizeof p.place, "%s", place);
	snprintf(entry.reason, sizeof entry.reason, "%s", entry.version > 1 ? "漏记一车" : "");
	published_next(to, &p, &entry, bytes->p, bytes->len);
}

static inline void published_set(const struct catalogue_template *t, const char **value,
				 const char *field, const char *to)
{
	value[catalogue_field(t, field)] = to;
}

/* Adds row `index` to a ledger's bytes. */
static inline void published_line(const struct catalogue *c, struct buf *out, int index,
				  const struct published_row *r)
{
	const struct catalogue_template *t = catalogue_find(c, "ledger");
	const char *value[CATALOGUE_FIELDS_MAX] = {NULL};
	char id[16], date[40], fen[24];
	snprintf(id, sizeof id, "%05d", index);
	snprintf(date, sizeof date, "%04d-%02d-%02d", r->day / 10000 % 10000, r->day / 100 % 100,
		 r->day % 100);
	snprintf(fen, sizeof fen, "%lld", (long long)r->fen);
	published_set(t, value, "date", date);
	published_set(t, value, "account_code", r->account);
	published_set(t, value, "coa_version", "2024");
	published_set(t, value, "direction", "out");
	published_set(t, value, "amount_fen", fen);
	published_set(t, value, "payee_payer", r->party);
	published_set(t, value, "summary", r->title);
	assert_int_equal(record_make(t, id, value, out), OK);
	buf_text(out, "\n");
}

/* A whole ledger of these rows. */
static inline void published_ledger(struct published *to, const char *place, const char *period,
				    uint32_t version, const struct published_row *r, size_t n)
{
	struct sheet_entry entry = {.part = 1, .version = version};
	struct buf bytes;
	snprintf(entry.template_id, sizeof entry.template_id, "ledger");
	snprintf(entry.period, sizeof entry.period, "%.*s", PERIOD_MAX, period);
	buf_init(&bytes, SHEET_BYTES_MAX);
	for (size_t i = 0; i < n; i++)
		published_line(to->catalogue, &bytes, (int)i, &r[i]);
	published_sheet(to, place, &entry, &bytes);
	buf_free(&bytes);
}
