#include "app/pack/example_case.h"

#include "app/village/capsule.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct step {
	int32_t day;
	enum case_state state;
	const char *by, *text;
} steps[] = {
	{20261106, CASE_RECEIVED, "", ""},
	{20261109, CASE_REGISTERED, "", ""},
	{20261109, CASE_ACCEPTED, "马*华", ""},
	{20261112, CASE_HANDLING, "马*华", "和监委会一起对了清运单"},
	{20261118, CASE_REPLIED, "马*华",
	 "农经站和村务监督委员会对了 9 月的垃圾清运单：单子上写 24 车，实际清运 22 车，多付了 460 "
	 "元。清运公司 "
	 "11 月 17 日已退回村集体，收据已在“财务公开”里重新公开。"},
};
enum { STEPS = sizeof steps / sizeof steps[0] };

static void entry_of(const struct step *s, struct capsule_entry *out)
{
	memset(out, 0, sizeof *out);
	out->day = s->day;
	out->state = s->state;
	out->due = 20261127;
	out->whom = WHOM_VILLAGE;
	snprintf(out->office, sizeof out->office, "镇信访办");
	snprintf(out->by, sizeof out->by, "%s", s->by);
	snprintf(out->text, sizeof out->text, "%s", s->text);
}

static enum err keep(struct books *b, const struct demo_county *c, const struct buf *bytes)
{
	struct capsule_unchecked raw;
	struct capsule capsule;
	enum err e = capsule_read(bytes->p, bytes->len, &raw);
	if (e == OK)
		e = capsule_check(&raw, &c->service[0].entry.keys.sign, &capsule);
	return e == OK ? books_put_capsule(b, &capsule) : e;
}

enum err example_case(struct books *b, const struct demo_county *c)
{
	struct receipt r;
	struct receipt_keys keys;
	struct capsule_entry *entry = calloc(1, sizeof *entry);
	struct buf sealed[STEPS], capsule;
	struct capsule_sealed list[STEPS];
	enum err e = entry == NULL ? ERR_FULL : receipt_from_digits(EXAMPLE_RECEIPT, &r);
	if (e == OK)
		e = receipt_derive(&r, NULL, &keys);
	for (int i = 0; i < STEPS; i++) {
		buf_init(&sealed[i], CAPSULE_ENTRY_MAX);
		if (e != OK)
			continue;
		entry_of(&steps[i], entry);
		e = capsule_entry_seal(entry, &keys.pub.answer, &sealed[i]);
		list[i] = (struct capsule_sealed){sealed[i].p, sealed[i].len};
	}
	buf_init(&capsule, CAPSULE_BYTES_MAX);
	if (e == OK)
		e = capsule_make(&keys.pub, 1, list, STEPS,
				 signer(&c->service[0].entry.keys.sign, &c->service[0].sign),
				 &capsule);
	if (e == OK)
		e = keep(b, c, &capsule);
	for (int i = 0; i < STEPS; i++)
		buf_free(&sealed[i]);
	buf_free(&capsule);
	seal_wipe(&keys, sizeof keys);
	free(entry);
	return e;
}
