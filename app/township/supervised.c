#include "app/township/supervised.h"

#include "app/base/text.h"
#include "app/store/township/staff.h"

#include <stdio.h>
#include <string.h>

enum err supervised_read(struct db *db, const struct settings *s,
			 const struct catalogue_template *t, const struct draft *d,
			 struct supervised *out)
{
	*out = (struct supervised){.wanted = t != NULL && t->supervised,
				   .since = d->submitted,
				   .until = d->submitted + SUPERVISED_WAIT_S};
	const struct place *village = settings_above(s, d->place, PLACE_VILLAGE);
	if (!out->wanted || village == NULL) {
		out->wanted = false;
		return OK;
	}
	enum err e = supervision_seats(db, village->id,
				       strcmp(village->id, d->place) == 0 ? "" : d->place,
				       out->seat, SUPERVISION_MAX, &out->seats);
	if (e == OK)
		e = supervision_of(db, d->id, out->word, SUPERVISION_MAX, &out->words);
	if (e == OK)
		e = supervision_standing(db, d->id, out->stood, SUPERVISION_MAX, &out->stands);
	bool paper = false;
	for (size_t i = 0; i < out->words; i++)
		paper = paper || (out->word[i].verdict == VERDICT_PAPER &&
				  out->word[i].member != d->preparer);
	for (size_t i = 0; i < out->seats && !paper; i++)
		out->silent += supervised_word(out, out->seat[i]) == NULL;
	return e;
}

bool supervised_waits(const struct supervised *s, int64_t now)
{
	return s->wanted && s->silent > 0 && now < s->until;
}

const struct supervision *supervised_word(const struct supervised *s, int64_t member)
{
	for (size_t i = 0; i < s->words; i++)
		if (s->word[i].member == member)
			return &s->word[i];
	return NULL;
}

bool supervised_asks(const struct supervised *s, int64_t member)
{
	for (size_t i = 0; i < s->seats; i++)
		if (s->seat[i] == member)
			return s->wanted;
	return false;
}

bool supervised_on_paper(const struct supervised *s)
{
	for (size_t i = 0; i < s->words; i++)
		if (s->word[i].verdict == VERDICT_PAPER)
			return true;
	return false;
}

/* Adds what fits whole; false when it does not. */
static bool add(char *out, size_t size, const char *between, const char *text)
{
	size_t len = strlen(out), more = strlen(text), join = len == 0 ? 0 : strlen(between);
	if (len + join + more >= size)
		return false;
	snprintf(out + len, size - len, "%s%s", len == 0 ? "" : between, text);
	return true;
}

void supervised_signers(const struct supervised *s, char out[PLACE_NAME_MAX + 1])
{
	enum { TAIL = 40 };
	size_t left_out = 0;
	char name[PLACE_NAME_MAX + 1], tail[TAIL];
	out[0] = 0;
	for (size_t i = 0; i < s->words; i++) {
		if (s->word[i].verdict == VERDICT_OBJECTED)
			continue;
		if (s->word[i].verdict == VERDICT_PAPER)
			snprintf(name, sizeof name, "签在纸上");
		else
			staff_masked(s->word[i].name, name);
		left_out += !add(out, PLACE_NAME_MAX + 1 - TAIL, "、", name);
	}
	if (left_out == 0)
		return;
	snprintf(tail, sizeof tail, "还有 %zu 人", left_out);
	(void)add(out, PLACE_NAME_MAX + 1, "、", tail);
}

/* "NAME：WHY" as far as it fits. */
static bool add_objection(char out[OBJECTION_MAX + 1], size_t size, const struct supervision *w,
			  const char *to)
{
	char name[PLACE_NAME_MAX + 1], words[PLACE_NAME_MAX + DRAFT_WORDS_MAX + 40];
	staff_masked(w->name, name);
	snprintf(words, sizeof words, "%s%s：%s", name, to, w->reason);
	return add(out, size, "；", words);
}

void supervised_objections(const struct supervised *s, char out[OBJECTION_MAX + 1])
{
	enum { TAIL = 56 };
	size_t left_out = 0;
	char tail[TAIL];
	out[0] = 0;
	for (size_t i = 0; i < s->words; i++)
		if (s->word[i].verdict == VERDICT_OBJECTED)
			left_out += !add_objection(out, OBJECTION_MAX + 1 - TAIL, &s->word[i], "");
	for (size_t i = 0; i < s->stands; i++)
		left_out +=
			!add_objection(out, OBJECTION_MAX + 1 - TAIL, &s->stood[i], "（对前一稿）");
	if (left_out == 0)
		return;
	snprintf(tail, sizeof tail, "还有 %zu 人也不同意", left_out);
	(void)add(out, OBJECTION_MAX + 1, "；", tail);
}
