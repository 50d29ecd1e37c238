#include "app/pack/letters.h"

#include "app/base/clock.h"
#include "app/base/log.h"
#include "app/base/text.h"
#include "app/store/kiosk/books.h"
#include "app/store/kiosk/home.h"
#include "app/store/kiosk/queue.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MATTER_MAX = 4000 };

struct making {
	struct kiosk_home home;
	struct settings *settings;
	struct queue *queue;
	struct complaint says;
};

static enum err open_settings(struct making *m)
{
	struct books *books;
	struct buf bytes;
	enum err e = books_open(m->home.folder, BOOKS_READ, &books);
	if (e != OK)
		return e;
	buf_init(&bytes, SETTINGS_BYTES_MAX);
	e = books_settings(books, &bytes);
	if (e == OK)
		e = settings_read(bytes.p, bytes.len, &m->home.root, &m->settings);
	buf_free(&bytes);
	books_close(books);
	return e;
}

/* Random keys stand for a receipt: nobody will look these up, and Argon2id takes 100 ms. */
static void any_receipt(struct receipt_public *out)
{
	struct seal_secret seal;
	struct sign_secret sign;
	seal_generate(&out->answer, &seal);
	sign_generate(&out->follow_up, &sign);
	seal_random(out->locator, sizeof out->locator);
}

static enum err make_one(struct making *m, size_t n, bool quiet)
{
	struct receipt_public receipt;
	struct buf matter, parcel;
	struct parcel_header header;
	struct parcel_place at;
	char id[PARCEL_ID_CHARS + 1];
	any_receipt(&receipt);
	snprintf(m->says.answer[ASK_WHAT], COMPLAINT_TEXT_BYTES, "演示的第 %zu 件事", n + 1);
	buf_init(&matter, MATTER_MAX);
	buf_init(&parcel, PARCEL_BYTES_MAX);
	enum err e = complaint_matter(&m->says, &matter);
	if (e == OK)
		e = queue_place(m->queue, &at);
	if (e == OK) {
		const struct parcel_draft d = {.kind = PARCEL_COMPLAINT,
					       .whom = WHOM_VILLAGE,
					       .place = m->home.place,
					       .receipt = &receipt,
					       .matter = matter.p,
					       .matter_len = matter.len,
					       .day = clock_day(clock_now())};
		e = parcel_make(&d, m->settings, &m->home.kiosk, &at, &parcel, &header);
	}
	if (e == OK)
		e = queue_add(m->queue, &header, parcel.p, parcel.len, NULL, 0);
	if (e == OK && !quiet) {
		text_hex(header.id, PARCEL_ID_BYTES, id);
		puts(id);
		fflush(stdout);
	}
	buf_free(&matter);
	buf_free(&parcel);
	return e;
}

enum err letters_make(const struct letters_options *o)
{
	struct making *m = calloc(1, sizeof *m);
	if (m == NULL)
		return ERR_FULL;
	enum err e = home_open(o->data, &m->home);
	if (e == OK &&
	    (!m->home.have_root || !m->home.have_key || !settings_is_demo(&m->home.root))) {
		log_warn("letters: %s is no demo kiosk", o->data);
		e = ERR_REFUSED;
	}
	if (e == OK)
		e = open_settings(m);
	if (e == OK)
		e = queue_open(o->data, false, &m->queue);
	snprintf(m->says.place, sizeof m->says.place, "%s", m->home.place);
	snprintf(m->says.language, sizeof m->says.language, "zh-CN");
	for (size_t i = 0; i < o->count && e == OK; i++)
		e = make_one(m, i, o->quiet);
	queue_close(m->queue);
	settings_close(m->settings);
	home_close(&m->home);
	free(m);
	return e;
}
