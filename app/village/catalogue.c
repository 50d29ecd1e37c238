#include "app/village/catalogue.h"

#include "app/base/log.h"
#include "app/village/json.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CATALOGUE_FILE_MAX = 256 * 1024 };

struct catalogue {
	size_t count;
	struct catalogue_template template[CATALOGUE_TEMPLATES_MAX];
	json_t *kept[CATALOGUE_TEMPLATES_MAX]; /* the texts the templates borrow */
};

/* Where a mistake is: file and the part of it. */
struct reading {
	const char *file;
	struct catalogue_template *t;
};

static enum err mistake(const struct reading *r, const char *part, const char *what)
{
	log_warn("catalogue: %s: %s: %s", r->file, part, what);
	return ERR_CORRUPT;
}

static const char *text_of(const json_t *o, const char *key)
{
	const char *s = json_string_value(json_object_get(o, key));
	return s == NULL ? "" : s;
}

static bool type_of(const char *name, enum field_type *out)
{
	static const char *const types[] = {
		[FIELD_TEXT] = "text",         [FIELD_DATE] = "date",
		[FIELD_FEN] = "fen",           [FIELD_AREA] = "area",
		[FIELD_PERCENT] = "percent",   [FIELD_NUMBER] = "number",
		[FIELD_QUANTITY] = "quantity", [FIELD_NAME_MASKED] = "masked",
		[FIELD_CHOICE] = "choice",     [FIELD_IMAGE] = "image",
	};
	for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
		if (strcmp(types[i], name) == 0) {
			*out = (enum field_type)i;
			return true;
		}
	return false;
}

static enum err read_texts(const struct reading *r, const json_t *list, const char *part,
			   const char **out, size_t room)
{
	size_t n = 0;
	const json_t *v;
	size_t i;
	if (list == NULL)
		return OK;
	json_array_foreach(list, i, v)
	{
		if (!json_is_string(v) || n + 1 >= room)
			return mistake(r, part, "a list of too many, or not of texts");
		out[n++] = json_string_value(v);
	}
	return OK;
}

static enum err read_choices(const struct reading *r, const json_t *o, struct field *f)
{
	const char *value;
	json_t *label;
	size_t n = 0;
	json_t *choices = json_object_get(o, "choices");
	json_object_foreach(choices, value, label)
	{
		if (!json_is_string(label) || n + 1 >= CATALOGUE_CHOICES_MAX)
			return mistake(r, f->id, "choices are value: label, at most 31");
		f->choice[n] = value;
		f->choice_label[n++] = json_string_value(label);
	}
	if ((f->type == FIELD_CHOICE) != (n > 0))
		return mistake(r, f->id, "choices belong to type choice");
	return OK;
}

static enum err take_part(const struct reading *r, const json_t *o, int index)
{
	struct catalogue_template *t = r->t;
	const char *part = text_of(o, "part");
	struct {
		const char *name;
		int *field;
	} parts[] = {{"date", &t->date_field},
		     {"direction", &t->direction_field},
		     {"amount", &t->amount_field},
		     {"account", &t->account_field},
		     {"title", &t->title_field},
		     {"party", &t->party_field},
		     {"group", &t->group_field},
		     {"voucher", &t->voucher_field},
		     {"attachments", &t->attachments_field},
		     {"state", &t->state_field},
		     {"done", &t->done_field},
		     {"phone", &t->phone_field}};
	if (part[0] == 0)
		return OK;
	for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
		if (strcmp(parts[i].name, part) == 0) {
			if (*parts[i].field >= 0)
				return mistake(r, t->field[index].id, "two fields play this part");
			*parts[i].field = index;
			return OK;
		}
	return mistake(r, t->field[index].id, "unknown part");
}

static enum err read_field(const struct reading *r, const json_t *o, int index)
{
	struct field *f = &r->t->field[index];
	f->id = text_of(o, "id");
	f->label = text_of(o, "label");
	f->label_en = text_of(o, "label_en");
	f->required = json_is_true(json_object_get(o, "required"));
	f->hidden = json_is_true(json_object_get(o, "hidden"));
	f->unit = text_of(o, "unit");
	f->max_chars = (size_t)json_integer_value(json_object_get(o, "max"));
	if (f->max_chars == 0)
		f->max_chars = 60;
	if (f->id[0] == 0 || f->label[0] == 0 || f->label_en[0] == 0)
		return mistake(r, f->id, "a field needs id, label and label_en");
	if (!type_of(text_of(o, "type"), &f->type))
		return mistake(r, f->id, "unknown type");
	if (strcmp(f->id, "id") == 0 || strcmp(f->id, "attach") == 0)
		return mistake(r, f->id, "every row has this of its own");
	for (int i = 0; i < index; i++)
		if (strcmp(r->t->field[i].id, f->id) == 0)
			return mistake(r, f->id, "this id stands twice");
	enum err e =
		read_texts(r, json_object_get(o, "alias"), f->id, f->alias, CATALOGUE_ALIASES_MAX);
	if (e == OK)
		e = read_choices(r, o, f);
	return e == OK ? take_part(r, o, index) : e;
}

/* --- checks --- */

static bool kind_of(const char *name, enum check_kind *out)
{
	static const char *const kinds[CHECK_KINDS] = {
		[CHECK_SUM] = "sum",        [CHECK_FLOW] = "flow",   [CHECK_PRODUCT] = "product",
		[CHECK_MOST] = "most",      [CHECK_SHARE] = "share", [CHECK_ORDER] = "order",
		[CHECK_CARRIED] = "carried"};
	for (int i = 0; i < CHECK_KINDS; i++)
		if (strcmp(kinds[i], name) == 0) {
			*out = (enum check_kind)i;
			return true;
		}
	return false;
}

/* Numbers are compared with numbers of the same kind, days with days. */
static bool fits(const struct catalogue_template *t, const struct check *c, int field)
{
	enum field_type type = field < 0 ? FIELD_TEXT : t->field[field].type;
	if (c->kind == CHECK_ORDER)
		return type == FIELD_DATE;
	return type == FIELD_FEN || type == FIELD_AREA || type == FIELD_PERCENT ||
	       type == FIELD_NUMBER || type == FIELD_QUANTITY;
}

static enum err read_terms(const struct reading *r, const json_t *o, struct check *c)
{
	static const size_t least[CHECK_KINDS] = {2, 3, 2, 1, 1, 1, 1},
			    most[CHECK_KINDS] = {
				    CATALOGUE_TERMS_MAX, 3, 2, CATALOGUE_TERMS_MAX, 1, 1, 1};
	const json_t *terms = json_list(o, "terms", CATALOGUE_TERMS_MAX), *v;
	size_t i;
	c->result = catalogue_field(r->t, text_of(o, "result"));
	c->term_count = json_array_size(terms);
	if (c->term_count < least[c->kind] || c->term_count > most[c->kind] ||
	    !fits(r->t, c, c->result))
		return mistake(r, "checks", "terms or result do not fit this kind");
	json_array_foreach(terms, i, v)
	{
		const char *id = json_string_value(v);
		c->term[i] = id == NULL ? -1 : catalogue_field(r->t, id);
		if (!fits(r->t, c, c->term[i]))
			return mistake(r, id == NULL ? "checks" : id, "no field to check");
	}
	return OK;
}

static enum err read_check(const struct reading *r, const json_t *o, struct check *c)
{
	const json_t *share = json_object_get(o, "share"), *when = json_object_get(o, "when");
	const char *key = text_of(o, "key");
	c->key = c->when_field = -1;
	c->words = text_of(o, "words");
	c->warning = json_is_true(json_object_get(o, "warning"));
	c->over = json_is_true(json_object_get(o, "over"));
	if (!kind_of(text_of(o, "kind"), &c->kind))
		return mistake(r, "checks", "unknown kind");
	if (key[0] != 0)
		c->key = catalogue_field(r->t, key);
	if ((c->kind == CHECK_CARRIED) != (c->key >= 0))
		return mistake(r, "checks", "key belongs to kind carried");
	c->num = (int)json_integer_value(json_array_get(share, 0));
	c->den = (int)json_integer_value(json_array_get(share, 1));
	if ((c->kind == CHECK_SHARE) != (c->num > 0 && c->den >= c->num && c->den < 1000))
		return mistake(r, "checks", "share [num, den] belongs to kind share");
	if (when != NULL) {
		c->when_field = catalogue_field(r->t, text_of(when, "field"));
		c->when_value = text_of(when, "is");
		if (c->when_field < 0 || c->when_value[0] == 0)
			return mistake(r, "checks", "when needs field and is");
	}
	return read_terms(r, o, c);
}

static enum err read_checks(const struct reading *r, const json_t *o)
{
	const json_t *list = json_object_get(o, "checks"), *one;
	size_t i;
	if (json_array_size(list) > CATALOGUE_CHECKS_MAX)
		return mistake(r, "checks", "more than 12");
	json_array_foreach(list, i, one)
	{
		enum err e = read_check(r, one, &r->t->check[i]);
		if (e != OK)
			return e;
		r->t->check_count = i + 1;
	}
	return OK;
}

/* --- how it is shown --- */

static enum err read_shown(const struct reading *r, const json_t *o)
{
	static const char *const about[] = {ABOUT_TEMPLATE, ABOUT_PERIOD,   ABOUT_ROW,
					    ABOUT_VERSION,  ABOUT_QUESTION, ABOUT_ANSWER};
	struct catalogue_template *t = r->t;
	const json_t *sub = json_object_get(o, "sub"), *v;
	size_t i;
	t->read = text_of(o, "read");
	t->read_en = text_of(o, "read_en");
	for (i = 0; i < CATALOGUE_SUB_MAX; i++)
		t->sub[i] = -1;
	if (json_array_size(sub) > CATALOGUE_SUB_MAX)
		return mistake(r, "sub", "more than 4");
	json_array_foreach(sub, i, v)
	{
		const char *id = json_string_value(v);
		t->sub[i] = id == NULL ? -1 : catalogue_field(t, id);
		if (t->sub[i] < 0)
			return mistake(r, "sub", "no such field");
	}
	if (t->title_field < 0)
		return mistake(r, "fields", "one field must be the title");
	for (i = 0; t->beside && i < sizeof about / sizeof about[0]; i++)
		if (catalogue_field(t, about[i]) < 0)
			return mistake(r, about[i], "a template beside others needs this field");
	return OK;
}

/* The seven columns in the order they are offered in: money first. */
static const char *const columns[] = {"finance", "village", "party",  "gov",
				      "policy",  "service", "project"};
enum { COLUMNS = sizeof columns / sizeof columns[0] };

static size_t column_order(const char *column)
{
	size_t i = 0;
	while (i < COLUMNS && strcmp(columns[i], column) != 0)
		i++;
	return i;
}

static bool one_of_seven(const char *column)
{
	return column_order(column) < COLUMNS;
}

static bool known_rhythm(const char *rhythm)
{
	static const char *const rhythms[] = {"month", "quarter", "half", "year", "once"};
	for (size_t i = 0; i < sizeof rhythms / sizeof rhythms[0]; i++)
		if (strcmp(rhythms[i], rhythm) == 0)
			return true;
	return false;
}

static enum err read_template(const struct reading *r, const json_t *o)
{
	struct catalogue_template *t = r->t;
	t->id = text_of(o, "id");
	t->column = text_of(o, "column");
	t->title = text_of(o, "title");
	t->title_en = text_of(o, "title_en");
	t->hint = text_of(o, "hint");
	t->hint_en = text_of(o, "hint_en");
	t->order = (int)json_integer_value(json_object_get(o, "order"));
	t->in_period = json_is_true(json_object_get(o, "in_period"));
	t->aside = json_is_true(json_object_get(o, "aside"));
	t->supervised = json_is_true(json_object_get(o, "supervised"));
	t->household = json_is_true(json_object_get(o, "household"));
	t->beside = json_is_true(json_object_get(o, "beside"));
	t->rhythm = text_of(o, "rhythm");
	t->rule = text_of(o, "rule");
	t->date_field = t->direction_field = t->amount_field = t->account_field = -1;
	t->title_field = t->party_field = t->group_field = t->voucher_field = t->attachments_field =
		-1;
	t->state_field = t->done_field = t->phone_field = -1;
	if (!one_of_seven(t->column) || !known_rhythm(t->rhythm))
		return mistake(r, "head",
			       "column is one of the seven; rhythm is month, quarter, "
			       "half, year or once");
	if (t->id[0] == 0 || strlen(t->id) > 31 || t->title[0] == 0 || t->column[0] == 0 ||
	    t->rhythm[0] == 0 || t->rule[0] == 0)
		return mistake(r, "head", "id, column, title, rhythm and rule are needed");
	const json_t *fields = json_list(o, "fields", CATALOGUE_FIELDS_MAX), *f;
	size_t i;
	if (fields == NULL)
		return mistake(r, "fields", "missing, or more than 40");
	json_array_foreach(fields, i, f)
	{
		enum err e = read_field(r, f, (int)i);
		if (e != OK)
			return e;
		t->field_count = i + 1;
	}
	const char *account;
	json_t *group;
	json_object_foreach(json_object_get(o, "groups"), account, group)
	{
		if (t->group_count == CATALOGUE_CHOICES_MAX || !json_is_string(group))
			return mistake(r, "groups", "account: group, at most 32");
		t->group_account[t->group_count] = account;
		t->group_of[t->group_count++] = json_string_value(group);
	}
	enum err e = read_shown(r, o);
	return e == OK ? read_checks(r, o) : e;
}

static enum err add_file(struct catalogue *c, const char *folder, const char *name)
{
	char path[4096];
	struct buf text;
	json_error_t why;
	if (c->count == CATALOGUE_TEMPLATES_MAX)
		return ERR_FULL;
	snprintf(path, sizeof path, "%s/%s", folder, name);
	buf_init(&text, CATALOGUE_FILE_MAX);
	enum err e = buf_read_file(&text, path);
	if (e != OK) {
		buf_free(&text);
		return e;
	}
	json_t *o = json_loadb(buf_str(&text), text.len, JSON_REJECT_DUPLICATES, &why);
	buf_free(&text);
	if (o == NULL) {
		log_warn("catalogue: %s line %d: %s", name, why.line, why.text);
		return ERR_CORRUPT;
	}
	struct reading r = {.file = name, .t = &c->template[c->count]};
	c->kept[c->count] = o;
	e = read_template(&r, o);
	if (e == OK && catalogue_find(c, r.t->id) != NULL)
		e = mistake(&r, r.t->id, "this template stands twice");
	c->count++;
	return e;
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

static int is_template(const struct dirent *d)
{
	size_t len = strlen(d->d_name);
	return len > 5 && d->d_name[0] != '.' && strcmp(d->d_name + len - 5, ".json") == 0;
}

static int by_order(const void *a, const void *b)
{
	const struct catalogue_template *x = a, *y = b;
	size_t c = column_order(x->column), d = column_order(y->column);
	if (c != d)
		return c < d ? -1 : 1;
	return x->order != y->order ? (x->order > y->order) - (x->order < y->order)
				    : strcmp(x->id, y->id);
}

enum err catalogue_open(const char *folder, struct catalogue **out)
{
	struct dirent **name = NULL;
	*out = NULL;
	struct catalogue *c = calloc(1, sizeof *c);
	if (c == NULL)
		return ERR_FULL;
	int n = scandir(folder, &name, is_template, by_name);
	enum err e = n <= 0 ? ERR_MISSING : OK;
	if (n <= 0)
		log_warn("catalogue: no templates in %s", folder);
	for (int i = 0; i < n; i++) {
		if (e == OK)
			e = add_file(c, folder, name[i]->d_name);
		free(name[i]);
	}
	free(name);
	if (e != OK) {
		catalogue_close(c);
		return e;
	}
	qsort(c->template, c->count, sizeof c->template[0], by_order);
	*out = c;
	return OK;
}

void catalogue_close(struct catalogue *c)
{
	if (c == NULL)
		return;
	for (size_t i = 0; i < CATALOGUE_TEMPLATES_MAX; i++)
		json_decref(c->kept[i]);
	free(c);
}

const struct catalogue_template *catalogue_find(const struct catalogue *c, const char *id)
{
	for (size_t i = 0; i < c->count; i++)
		if (strcmp(c->template[i].id, id) == 0)
			return &c->template[i];
	return NULL;
}

const struct catalogue_template *catalogue_at(const struct catalogue *c, size_t i)
{
	return i < c->count ? &c->template[i] : NULL;
}

int catalogue_field(const struct catalogue_template *t, const char *id)
{
	for (size_t i = 0; i < t->field_count; i++)
		if (strcmp(t->field[i].id, id) == 0)
			return (int)i;
	return -1;
}
