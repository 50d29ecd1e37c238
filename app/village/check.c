#include "app/village/check.h"

#include "app/base/text.h"
#include "app/village/json.h"

#include <string.h>

/* A wire number: digits with a sign. False when empty. */
static bool number_of(const char *text, int64_t *out)
{
	if (text == NULL || text[0] == 0)
		return false;
	bool negative = text[0] == '-';
	if (!text_number(text + negative, strlen(text) - negative, out))
		return false;
	if (negative)
		*out = -*out;
	return true;
}

/* How many of the wire's units make one of the thing itself: fen in a yuan, hundredths in a mu. */
static int64_t scale_of(const struct catalogue_template *t, int field)
{
	return t->field[field].type == FIELD_NUMBER ? 1 : 100;
}

static bool applies(const struct check *c, const char *const *value)
{
	const char *is = c->when_field < 0 ? NULL : value[c->when_field];
	return c->when_field < 0 || (is != NULL && strcmp(is, c->when_value) == 0);
}

/* The terms together; empty ones are nothing, but one must be there. */
static enum check_verdict add_terms(const struct check *c, const char *const *value, int64_t *sum)
{
	bool any = false;
	*sum = 0;
	for (size_t i = 0; i < c->term_count; i++) {
		int64_t v;
		if (!number_of(value[c->term[i]], &v))
			continue;
		any = true;
		if (__builtin_add_overflow(*sum, v, sum))
			return CHECK_FAILS;
	}
	return any ? CHECK_HOLDS : CHECK_SILENT;
}

static enum check_verdict flow(const struct check *c, const char *const *value, int64_t *should)
{
	int64_t v[3];
	for (int i = 0; i < 3; i++)
		if (!number_of(value[c->term[i]], &v[i]))
			return CHECK_SILENT;
	if (__builtin_add_overflow(v[0], v[1], should) ||
	    __builtin_sub_overflow(*should, v[2], should))
		return CHECK_FAILS;
	return CHECK_HOLDS;
}

/* a x b in the units of the result, half upwards. */
static enum check_verdict product(const struct catalogue_template *t, const struct check *c,
				  const char *const *value, int64_t *should)
{
	int64_t a, b, p, den = scale_of(t, c->term[0]) * scale_of(t, c->term[1]);
	if (!number_of(value[c->term[0]], &a) || !number_of(value[c->term[1]], &b))
		return CHECK_SILENT;
	if (__builtin_mul_overflow(a, b, &p) ||
	    __builtin_mul_overflow(p, scale_of(t, c->result), &p))
		return CHECK_FAILS;
	*should = (p + (p < 0 ? -den : den) / 2) / den;
	return CHECK_HOLDS;
}

static enum check_verdict share(const struct check *c, const char *const *value, int64_t whole,
				int64_t *should)
{
	int64_t part, left, right;
	if (!number_of(value[c->term[0]], &part) || whole <= 0)
		return CHECK_SILENT;
	/* The smallest part that is enough. */
	*should = c->over ? whole * c->num / c->den + 1 : (whole * c->num + c->den - 1) / c->den;
	if (__builtin_mul_overflow(part, (int64_t)c->den, &left) ||
	    __builtin_mul_overflow(whole, (int64_t)c->num, &right))
		return CHECK_FAILS;
	return (c->over ? left > right : left >= right) ? CHECK_HOLDS : CHECK_FAILS;
}

enum check_verdict check_row(const struct catalogue_template *t, const struct check *c,
			     const char *const *value, int64_t *should)
{
	int64_t result;
	enum check_verdict v = CHECK_SILENT;
	*should = 0;
	if (!applies(c, value) || c->kind == CHECK_CARRIED)
		return CHECK_SILENT;
	if (c->kind == CHECK_ORDER) {
		const char *first = value[c->term[0]], *then = value[c->result];
		if (first == NULL || then == NULL || first[0] == 0 || then[0] == 0)
			return CHECK_SILENT;
		return strcmp(first, then) <= 0 ? CHECK_HOLDS : CHECK_FAILS; /* YYYY-MM-DD */
	}
	if (!number_of(value[c->result], &result))
		return CHECK_SILENT;
	switch (c->kind) {
	case CHECK_SUM:
	case CHECK_MOST:
		v = add_terms(c, value, should);
		break;
	case CHECK_FLOW:
		v = flow(c, value, should);
		break;
	case CHECK_PRODUCT:
		v = product(t, c, value, should);
		break;
	case CHECK_SHARE:
		return share(c, value, result, should);
	case CHECK_ORDER:
	case CHECK_CARRIED:
	case CHECK_KINDS:
		break;
	}
	if (v != CHECK_HOLDS)
		return v;
	bool good = c->kind == CHECK_MOST ? *should <= result : *should == result;
	return good ? CHECK_HOLDS : CHECK_FAILS;
}

enum check_verdict check_carried(const struct catalogue_template *t, const struct check *c,
				 const char *const *value, const void *earlier, size_t earlier_len,
				 int64_t *should)
{
	const char *key = value[c->key], *p = earlier, *end = p + earlier_len;
	int64_t opening;
	*should = 0;
	if (key == NULL || key[0] == 0 || !number_of(value[c->term[0]], &opening) ||
	    !applies(c, value))
		return CHECK_SILENT;
	while (p < end) {
		const char *feed = memchr(p, '\n', (size_t)(end - p));
		size_t len = (size_t)((feed == NULL ? end : feed) - p);
		json_t *o = json_object_of(p, len);
		const char *other = json_string_value(json_object_get(o, t->field[c->key].id));
		const json_t *closing = json_object_get(o, t->field[c->result].id);
		bool same = other != NULL && strcmp(other, key) == 0 && json_is_integer(closing);
		if (same)
			*should = json_integer_value(closing);
		json_decref(o);
		if (same)
			return *should == opening ? CHECK_HOLDS : CHECK_FAILS;
		p += len + 1;
	}
	return CHECK_SILENT;
}
