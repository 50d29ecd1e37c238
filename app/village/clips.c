#include "app/village/clips.h"

#include "app/base/text.h"
#include "app/village/say.h"

#include <stdio.h>
#include <string.h>

/* A phrase longer than this is the machine's. */
enum { PHRASE_CHARS = 4 * CLIP_CHARS_MAX };
enum { LINES_BYTES = 1024 * 1024, SENTENCE_BYTES = 4096, FIRST_YEAR = 2000, LAST_YEAR = 2049 };

uint64_t clip_id(const char *words, size_t len)
{
	uint64_t h = 14695981039346656037u;
	for (size_t i = 0; i < len; i++)
		h = (h ^ (unsigned char)words[i]) * 1099511628211u;
	return h;
}

void clip_name(uint64_t id, char out[CLIP_NAME + 1])
{
	snprintf(out, CLIP_NAME + 1, "%016llx", (unsigned long long)id);
}

bool clip_of_file(const char *file, const char *ending, uint64_t *out)
{
	uint64_t id = 0;
	if (strlen(file) != CLIP_NAME + strlen(ending) || strcmp(file + CLIP_NAME, ending) != 0)
		return false;
	for (int i = 0; i < CLIP_NAME; i++) {
		const char *digits = "0123456789abcdef", *at = strchr(digits, file[i]);
		if (file[i] == 0 || at == NULL)
			return false;
		id = id << 4 | (uint64_t)(at - digits);
	}
	*out = id;
	return true;
}

/* --- sets --- */

/* The place of the first one that is not below. */
static size_t place(const struct clip_set *s, uint64_t id)
{
	size_t low = 0, high = s->count;
	while (low < high) {
		size_t mid = low + (high - low) / 2;
		if (s->id[mid] < id)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

bool clip_set_add(struct clip_set *s, uint64_t id)
{
	size_t at = place(s, id);
	if (s->count == CLIPS_MAX || (at < s->count && s->id[at] == id))
		return false;
	memmove(&s->id[at + 1], &s->id[at], (s->count - at) * sizeof s->id[0]);
	s->id[at] = id;
	s->count++;
	return true;
}

bool clip_set_has(const struct clip_set *s, uint64_t id)
{
	size_t at = place(s, id);
	return at < s->count && s->id[at] == id;
}

/* --- parts --- */

/* Length of the pause mark here, 0 where there is none. */
static size_t pause_at(const char *s, size_t len)
{
	static const char *const mark[] = {"，", "。"};
	for (size_t i = 0; i < 2; i++)
		if (len >= 3 && memcmp(s, mark[i], 3) == 0)
			return 3;
	return 0;
}

/* The fewest recordings a phrase is made of: before[i] is where the last of those that reach
 * character i begins. */
struct cover {
	size_t chars, at[PHRASE_CHARS + 1];
	int fewest[PHRASE_CHARS + 1], before[PHRASE_CHARS + 1];
};

static bool cover(const struct clip_set *set, const char *s, size_t len, struct cover *c)
{
	size_t i = 0;
	c->chars = 0;
	c->at[0] = 0;
	while (i < len) {
		text_next(s, len, &i);
		if (++c->chars > PHRASE_CHARS)
			return false;
		c->at[c->chars] = i;
	}
	c->fewest[0] = 0;
	for (size_t to = 1; to <= c->chars; to++) {
		c->fewest[to] = -1;
		for (size_t from = to > CLIP_CHARS_MAX ? to - CLIP_CHARS_MAX : 0; from < to; from++)
			if (c->fewest[from] >= 0 &&
			    (c->fewest[to] < 0 || c->fewest[from] + 1 < c->fewest[to]) &&
			    clip_set_has(set, clip_id(s + c->at[from], c->at[to] - c->at[from]))) {
				c->fewest[to] = c->fewest[from] + 1;
				c->before[to] = (int)from;
			}
	}
	return c->chars > 0 && c->fewest[c->chars] >= 0;
}

struct parts {
	struct clip_part *out;
	size_t n;
};

static void add_machine(struct parts *p, const char *s, size_t len)
{
	if (p->n > 0 && !p->out[p->n - 1].recorded)
		p->out[p->n - 1].len += len;
	else
		p->out[p->n++] = (struct clip_part){.words = s, .len = len};
}

static void add_recorded(struct parts *p, const char *s, const struct cover *c, bool pause)
{
	size_t count = (size_t)c->fewest[c->chars], to = c->chars;
	p->n += count;
	for (size_t i = 1; i <= count; i++) {
		size_t from = (size_t)c->before[to];
		struct clip_part *part = &p->out[p->n - i];
		*part = (struct clip_part){.words = s + c->at[from],
					   .len = c->at[to] - c->at[from],
					   .recorded = true,
					   .pause = pause && i == 1};
		part->id = clip_id(part->words, part->len);
		to = from;
	}
}

size_t clip_parts(const struct clip_set *s, const char *words, size_t len, struct clip_part *out,
		  size_t most)
{
	struct parts p = {.out = out};
	struct cover c;
	for (size_t at = 0; at < len;) {
		size_t end = at, pause = 0;
		while (end < len && pause == 0) {
			pause = pause_at(words + end, len - end);
			end += pause == 0;
		}
		bool known = s->count > 0 && cover(s, words + at, end - at, &c);
		if (known && p.n + (size_t)c.fewest[c.chars] < most) {
			add_recorded(&p, words + at, &c, pause > 0);
		} else if (p.n < most) {
			bool last = p.n + 1 >= most;
			add_machine(&p, words + at, last ? len - at : end + pause - at);
			if (last)
				break;
		}
		at = end + pause;
	}
	return p.n;
}

/* --- the list --- */

void reading_begin(struct reading_list *l)
{
	l->known.count = 0;
	buf_init(&l->lines, LINES_BYTES);
}

void reading_end(struct reading_list *l)
{
	buf_free(&l->lines);
}

static void add_phrase(struct reading_list *l, const char *s, size_t len)
{
	char name[CLIP_NAME + 1];
	uint64_t id = clip_id(s, len);
	if (len == 0 || text_chars(s, len) > CLIP_CHARS_MAX || !clip_set_add(&l->known, id))
		return;
	clip_name(id, name);
	buf_print(&l->lines, "%s\t%.*s\n", name, (int)len, s);
}

/* Between two gaps: as it is spoken, phrase by phrase. */
static void add_spoken(struct reading_list *l, const char *s, size_t len)
{
	struct buf said;
	buf_init(&said, SENTENCE_BYTES);
	say_text(s, len, &said);
	const char *words = buf_str(&said);
	for (size_t from = 0, at = 0; from < said.len; at++) {
		size_t pause = at < said.len ? pause_at(words + at, said.len - at) : 0;
		if (at < said.len && pause == 0)
			continue;
		add_phrase(l, words + from, at - from);
		from = at + pause;
		at = pause == 0 ? at : from - 1;
	}
	buf_free(&said);
}

void reading_add(struct reading_list *l, const char *sentence)
{
	for (const char *s = sentence;;) {
		size_t len = strcspn(s, "{");
		add_spoken(l, s, len);
		const char *end = s[len] == 0 ? NULL : strchr(s + len, '}');
		if (end == NULL)
			return;
		s = end + 1;
	}
}

static void add_number(struct reading_list *l, const char *before, int n, const char *behind)
{
	struct buf said;
	buf_init(&said, 64);
	buf_text(&said, before);
	say_number((uint64_t)n, &said);
	buf_text(&said, behind);
	add_phrase(l, buf_str(&said), said.len);
	buf_free(&said);
}

void reading_numbers(struct reading_list *l)
{
	static const char *const alone[] = {"零", "〇",   "两",   "十",     "百", "千",
					    "万", "亿",   "点",   "元",     "角", "分",
					    "年", "万元", "亿元", "百分之", "第", "到"};
	char year[16];
	for (size_t i = 0; i < sizeof alone / sizeof alone[0]; i++)
		add_phrase(l, alone[i], strlen(alone[i]));
	for (int n = 1; n < 100; n++)
		add_number(l, "", n, "");
	for (int n = 1; n < 10; n++)
		add_number(l, "", n * 100, "");
	for (int n = 1; n < 10; n++)
		add_number(l, "", n * 1000, "");
	for (int n = 1; n <= 12; n++)
		add_number(l, "", n, "月");
	for (int n = 1; n <= 31; n++)
		add_number(l, "", n, "日");
	for (int n = FIRST_YEAR; n <= LAST_YEAR; n++) {
		snprintf(year, sizeof year, "%d 年", n);
		add_spoken(l, year, strlen(year));
	}
}
