#include "app/village/record.h"

#include "app/base/clock.h"
#include "app/base/text.h"
#include "app/village/json.h"
#include "app/village/money.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static const char *field_id(const struct catalogue_template *t, int field)
{
	return field < 0 ? NULL : t->field[field].id;
}

static bool take_text(const json_t *o, const char *key, char *out, size_t size)
{
	out[0] = 0;
	return key == NULL || json_text_or_empty(o, key, out, size);
}

static bool take_direction(const json_t *o, const char *key, int *out)
{
	char word[8] = "";
	*out = 0;
	if (key == NULL)
		return true;
	if (!json_text(o, key, word, sizeof word))
		return false;
	*out = strcmp(word, "in") == 0 ? 1 : strcmp(word, "out") == 0 ? -1 : 0;
	return *out != 0;
}

static bool take_account(const struct catalogue_template *t, const json_t *o, struct record *r)
{
	char code[8] = "", version[8] = "";
	if (t->account_field < 0)
		return true;
	if (!json_text_or_empty(o, t->field[t->account_field].id, code, sizeof code) ||
	    !json_text_or_empty(o, "coa_version", version, sizeof version))
		return false;
	snprintf(r->account, sizeof r->account, "%s%s%s", version, version[0] == 0 ? "" : ":",
		 code);
	return true;
}

static bool take_group(const struct catalogue_template *t, const json_t *o, struct record *r)
{
	if (!take_text(o, field_id(t, t->group_field), r->group, sizeof r->group))
		return false;
	if (r->group[0] != 0)
		return true;
	const char *code = strchr(r->account, ':');
	code = code == NULL ? r->account : code + 1;
	for (size_t i = 0; i < t->group_count; i++)
		if (strcmp(t->group_account[i], code) == 0)
			snprintf(r->group, sizeof r->group, "%s", t->group_of[i]);
	return true;
}

static bool take_whole(const json_t *o, const char *key, int64_t least, int64_t most, int64_t *out)
{
	*out = 0;
	if (key == NULL || json_object_get(o, key) == NULL)
		return true;
	return json_whole(o, key, least, most, out);
}

/* Absent, or a list of hashes none of which stands twice. */
static bool take_pages(const json_t *o, struct hash out[RECORD_ATTACH_MAX], size_t *count)
{
	const json_t *list, *page;
	size_t i;
	*count = 0;
	if (json_object_get(o, "attach") == NULL)
		return true;
	list = json_list(o, "attach", RECORD_ATTACH_MAX);
	if (list == NULL)
		return false;
	json_array_foreach(list, i, page)
	{
		if (!json_is_string(page) ||
		    !text_unhex(json_string_value(page), json_string_length(page), out[i].b,
				HASH_BYTES))
			return false;
		for (size_t j = 0; j < i; j++)
			if (hash_equal(&out[j], &out[i]))
				return false;
	}
	*count = json_array_size(list);
	return true;
}

enum err record_attach(const char *line, size_t len, struct hash out[RECORD_ATTACH_MAX],
		       size_t *count)
{
	*count = 0;
	json_t *o = len > RECORD_LINE_MAX ? NULL : json_object_of(line, len);
	bool good = o != NULL && take_pages(o, out, count);
	json_decref(o);
	return good ? OK : ERR_CORRUPT;
}

enum err record_attach_put(const char *line, size_t len, const struct hash *page, size_t count,
			   struct buf *out)
{
	struct hash had[RECORD_ATTACH_MAX];
	size_t had_count, before = out->len;
	enum err e = record_attach(line, len, had, &had_count);
	if (e != OK || len < 3 || line[len - 1] != '}')
		return ERR_CORRUPT;
	if (had_count > 0)
		return ERR_REFUSED;
	if (count > RECORD_ATTACH_MAX)
		return ERR_FULL;
	buf_add(out, line, count == 0 ? len : len - 1);
	for (size_t i = 0; i < count; i++) {
		char hex[2 * HASH_BYTES + 1];
		text_hex(page[i].b, HASH_BYTES, hex);
		buf_text(out, i == 0 ? ",\"attach\":[\"" : "\",\"");
		buf_text(out, hex);
	}
	buf_text(out, count == 0 ? "" : "\"]}");
	return out->len - before > RECORD_LINE_MAX ? ERR_FULL : buf_end(out);
}

enum err record_read(const struct catalogue_template *t, const char *line, size_t len,
		     struct record *out)
{
	char day[16];
	int64_t attachments = 0;
	struct hash page[RECORD_ATTACH_MAX];
	*out = (struct record){.line = line, .line_len = len};
	json_t *o = len > RECORD_LINE_MAX ? NULL : json_object_of(line, len);
	if (o == NULL)
		return ERR_CORRUPT;
	bool good =
		json_text(o, "id", out->id, sizeof out->id) && out->id[0] != 0 &&
		take_text(o, field_id(t, t->date_field), day, sizeof day) &&
		(t->date_field < 0 || day[0] == 0 || clock_day_parse(day, &out->day)) &&
		take_direction(o, field_id(t, t->direction_field), &out->direction) &&
		take_whole(o, field_id(t, t->amount_field), -MONEY_FEN_MAX, MONEY_FEN_MAX,
			   &out->amount_fen) &&
		take_account(t, o, out) &&
		take_text(o, field_id(t, t->title_field), out->title, sizeof out->title) &&
		take_text(o, field_id(t, t->party_field), out->party, sizeof out->party) &&
		take_text(o, field_id(t, t->voucher_field), out->voucher, sizeof out->voucher) &&
		take_whole(o, field_id(t, t->attachments_field), 0, 9999, &attachments) &&
		take_group(t, o, out) && take_pages(o, page, &out->attach_count);
	out->attachments = (int)attachments;
	json_decref(o);
	return good ? OK : ERR_CORRUPT;
}

const char *record_figure(const struct field *f, int64_t v, char out[RECORD_FIGURE_TEXT])
{
	char money[MONEY_TEXT];
	if (f->type == FIELD_NUMBER) {
		snprintf(out, RECORD_FIGURE_TEXT, "%" PRId64, v);
		return out;
	}
	size_t len = (size_t)snprintf(out, RECORD_FIGURE_TEXT, "%s", money_exact(v, money));
	/* Money always shows its fen, a quantity only what it has. */
	if (f->type == FIELD_FEN || len < 3 || len >= RECORD_FIGURE_TEXT)
		return out;
	if (strcmp(out + len - 3, ".00") == 0)
		out[len - 3] = 0;
	else if (out[len - 1] == '0')
		out[len - 1] = 0;
	return out;
}

bool record_field(const struct catalogue_template *t, const char *line, size_t len,
		  const char *field, struct buf *out)
{
	int index = catalogue_field(t, field);
	json_t *o = index < 0 ? NULL : json_object_of(line, len);
	const json_t *v = json_object_get(o, field);
	bool there = v != NULL;
	if (json_is_string(v)) {
		const char *s = json_string_value(v);
		for (int i = 0;
		     t->field[index].type == FIELD_CHOICE && t->field[index].choice[i] != NULL; i++)
			if (strcmp(t->field[index].choice[i], s) == 0)
				s = t->field[index].choice_label[i];
		buf_text(out, s);
		there = s[0] != 0;
	} else if (json_is_integer(v)) {
		char figure[RECORD_FIGURE_TEXT];
		buf_text(out, record_figure(&t->field[index], json_integer_value(v), figure));
	}
	json_decref(o);
	return there;
}

enum err record_make(const struct catalogue_template *t, const char *id, const char *const *value,
		     struct buf *line)
{
	json_t *o = json_object();
	json_put(o, "id", json_string(id));
	for (size_t i = 0; i < t->field_count; i++) {
		const struct field *f = &t->field[i];
		int64_t number;
		if (value[i] == NULL || value[i][0] == 0)
			continue;
		if (f->type != FIELD_FEN && f->type != FIELD_AREA && f->type != FIELD_PERCENT &&
		    f->type != FIELD_NUMBER && f->type != FIELD_QUANTITY) {
			json_put(o, f->id, json_string(value[i]));
			continue;
		}
		bool negative = value[i][0] == '-';
		const char *digits = value[i] + negative;
		if (!text_number(digits, strlen(digits), &number)) {
			json_decref(o);
			return ERR_CORRUPT;
		}
		json_put(o, f->id, json_integer(negative ? -number : number));
	}
	size_t before = line->len;
	enum err e = json_write(o, line);
	return e == OK && line->len - before > RECORD_LINE_MAX ? ERR_FULL : e;
}
