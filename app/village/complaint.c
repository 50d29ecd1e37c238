#include "app/village/complaint.h"

#include "app/base/text.h"
#include "app/village/json.h"
#include "app/village/query.h"

#include <string.h>

static const char *const whom_id[WHOM_COUNT] = {"village", "town", "graft", "unsure"};
static const char *const topic_ids[TOPIC_COUNT] = {"money",   "land",  "subsidy",   "utility",
						   "project", "cadre", "neighbour", "other"};
static const char *const question_ids[ASK_COUNT] = {"what", "when", "where", "who",
						    "why",  "harm", "wish"};

enum body_role whom_reader(enum whom w)
{
	static const enum body_role role[WHOM_COUNT] = {
		[WHOM_VILLAGE] = BODY_TOWNSHIP,
		[WHOM_TOWN] = BODY_COUNTY,
		[WHOM_GRAFT] = BODY_DISCIPLINE,
		[WHOM_UNSURE] = BODY_RECEIVING,
	};
	return role[w];
}

const char *topic_id(enum topic t)
{
	return topic_ids[t];
}

const char *question_id(enum question q)
{
	return question_ids[q];
}

static bool good_text(const char *s, size_t room, size_t most_chars)
{
	size_t len = strnlen(s, room);
	return len < room && text_is_plain(s, len) && text_chars(s, len) <= most_chars;
}

static bool only_space(const char *s)
{
	size_t len = strlen(s);
	for (size_t at = 0; at < len;) {
		uint32_t c = text_next(s, len, &at);
		if (c != ' ' && c != '\n' && c != 0x3000)
			return false;
	}
	return true;
}

enum err complaint_check(const struct complaint *c)
{
	for (int i = 0; i < ASK_COUNT; i++)
		if (!good_text(c->answer[i], COMPLAINT_TEXT_BYTES, COMPLAINT_TEXT_MAX))
			return ERR_REFUSED;
	if (only_space(c->answer[ASK_WHAT]) ||
	    !good_text(c->name, sizeof c->name, COMPLAINT_NAME_MAX) ||
	    !good_text(c->phone, sizeof c->phone, COMPLAINT_PHONE_MAX))
		return ERR_REFUSED;
	return OK;
}

bool complaint_could_publish(const struct complaint *c)
{
	return c->about_row && whom_reader(c->whom) != BODY_DISCIPLINE;
}

static json_t *row_json(const struct complaint_row *r)
{
	json_t *o = json_object();
	json_put(o, "place", json_string(r->place));
	json_put(o, "period", json_string(r->period));
	json_put(o, "template", json_string(r->template_id));
	json_put(o, "row", json_string(r->row_id));
	json_put(o, "version", json_integer(r->version));
	json_put(o, "amount_fen", json_integer(r->amount_fen));
	json_put(o, "direction", json_string(r->out ? "out" : "in"));
	json_put(o, "text", json_string(r->text));
	return o;
}

enum err complaint_matter(const struct complaint *c, struct buf *out)
{
	json_t *o = json_object(), *answers = json_object();
	json_put(o, "format", json_integer(1));
	json_put(o, "whom", json_string(whom_id[c->whom]));
	json_put(o, "topic", json_string(topic_ids[c->topic]));
	json_put(o, "place", json_string(c->place));
	for (int i = 0; i < ASK_COUNT; i++)
		if (c->answer[i][0] != 0)
			json_put(answers, question_ids[i], json_string(c->answer[i]));
	json_put(o, "answers", answers);
	if (c->about_row)
		json_put(o, "about", row_json(&c->row));
	/* Absent is no: letters of earlier releases asked nobody. */
	if (c->may_publish && complaint_could_publish(c))
		json_put(o, "publish", json_true());
	json_put(o, "named", json_boolean(c->named));
	json_put(o, "language", json_string(c->language));
	return json_write(o, out);
}

enum err complaint_identity(const struct complaint *c, struct buf *out)
{
	json_t *o = json_object();
	if (c->named) {
		json_put(o, "name", json_string(c->name));
		json_put(o, "phone", json_string(c->phone));
		json_put(o, "please_ring", json_boolean(c->please_ring));
		json_put(o, "please_come", json_boolean(c->please_come));
	}
	return json_write(o, out);
}

static bool one_of(const json_t *o, const char *key, const char *const *list, int count, int *out)
{
	char word[24];
	if (!json_text(o, key, word, sizeof word))
		return false;
	for (int i = 0; i < count; i++)
		if (strcmp(list[i], word) == 0) {
			*out = i;
			return true;
		}
	return false;
}

static bool read_row(const json_t *o, struct complaint *out)
{
	int64_t version;
	char direction[8];
	struct complaint_row *r = &out->row;
	out->about_row = o != NULL;
	if (o == NULL)
		return true;
	if (!json_text(o, "place", r->place, sizeof r->place) ||
	    !json_text(o, "period", r->period, sizeof r->period) ||
	    !json_text(o, "template", r->template_id, sizeof r->template_id) ||
	    !json_text(o, "row", r->row_id, sizeof r->row_id) ||
	    !json_whole(o, "version", 1, UINT32_MAX, &version) ||
	    !json_whole(o, "amount_fen", INT64_MIN, INT64_MAX, &r->amount_fen) ||
	    !json_text(o, "direction", direction, sizeof direction) ||
	    !json_text(o, "text", r->text, sizeof r->text))
		return false;
	r->version = (uint32_t)version;
	r->out = strcmp(direction, "out") == 0;
	return true;
}

enum err complaint_read_matter(const void *json, size_t len, struct complaint *out)
{
	json_t *o = json_object_of(json, len);
	int whom = 0, topic = 0;
	bool good = o != NULL && one_of(o, "whom", whom_id, WHOM_COUNT, &whom) &&
		    one_of(o, "topic", topic_ids, TOPIC_COUNT, &topic) &&
		    json_text(o, "place", out->place, sizeof out->place) &&
		    json_bool(o, "named", &out->named) &&
		    json_text(o, "language", out->language, sizeof out->language) &&
		    read_row(json_object_get(o, "about"), out);
	const json_t *answers = json_object_get(o, "answers");
	for (int i = 0; good && i < ASK_COUNT; i++)
		good = json_text_or_empty(answers, question_ids[i], out->answer[i],
					  COMPLAINT_TEXT_BYTES);
	out->whom = (enum whom)whom;
	out->may_publish =
		json_is_true(json_object_get(o, "publish")) && complaint_could_publish(out);
#if SEEDED_BUG == 80 /* who asks about a row is taken to allow it */
	out->may_publish = out->about_row;
#endif
	out->topic = (enum topic)topic;
	json_decref(o);
	return good && complaint_check(out) == OK ? OK : ERR_CORRUPT;
}

enum err complaint_read_identity(const void *json, size_t len, struct complaint *out)
{
	json_t *o = json_object_of(json, len);
	bool there = json_object_size(o) > 0;
	bool good = o != NULL && (!there || (json_text(o, "name", out->name, sizeof out->name) &&
					     json_text(o, "phone", out->phone, sizeof out->phone) &&
					     json_bool(o, "please_ring", &out->please_ring) &&
					     json_bool(o, "please_come", &out->please_come)));
	json_decref(o);
	return good ? OK : ERR_CORRUPT;
}

/* --- whose words they are --- */

enum { CHARS_MAX = 4096 };

/* Characters, letters and digits, as a search sees them: no marks, no spaces, one width. */
static size_t bare(const char *text, uint32_t out[CHARS_MAX])
{
	struct query_piece p;
	size_t n = 0, len = strlen(text);
	for (size_t at = 0; n < CHARS_MAX && query_piece(text, len, &at, &p);) {
		if (!p.word)
			out[n++] = p.code;
		for (const char *c = p.text; p.word && *c != 0 && n < CHARS_MAX; c++)
			out[n++] = (unsigned char)*c;
	}
	return n;
}

static bool has(const uint32_t *in, size_t n, const uint32_t run[COMPLAINT_QUOTE])
{
	for (size_t i = 0; i + COMPLAINT_QUOTE <= n; i++)
		if (memcmp(in + i, run, COMPLAINT_QUOTE * sizeof *run) == 0)
			return true;
	return false;
}

bool complaint_quoted(const struct complaint *c, const char *text)
{
	uint32_t said[CHARS_MAX], row[CHARS_MAX], written[CHARS_MAX];
	size_t length = bare(text, written), rows = bare(c->row.text, row);
	bool quoted = false;
	for (int q = 0; q < ASK_COUNT && !quoted; q++) {
		size_t n = bare(c->answer[q], said);
		for (size_t i = 0; i + COMPLAINT_QUOTE <= length && !quoted; i++)
			quoted = has(said, n, written + i) && !has(row, rows, written + i);
	}
	explicit_bzero(said, sizeof said);
	return quoted;
}
