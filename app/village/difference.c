#include "app/village/difference.h"

#include "app/base/buf.h"

#include <string.h>

struct side {
	const char *p, *end;
	const char *line, *id;
	size_t len, id_len;
	bool over;
};

/* The next line of a side; `over` when there is none. */
static enum err advance(struct side *s)
{
	static const char head[] = "{\"id\":\"";
	size_t head_len = sizeof head - 1;
	if (s->p == s->end) {
		s->over = true;
		return OK;
	}
	const char *feed = memchr(s->p, '\n', (size_t)(s->end - s->p));
	s->line = s->p;
	s->len = feed == NULL ? 0 : (size_t)(feed - s->p);
	if (s->len < head_len || memcmp(s->line, head, head_len) != 0)
		return ERR_CORRUPT;
	s->id = s->line + head_len;
	const char *quote = memchr(s->id, '"', s->len - head_len);
	if (quote == NULL)
		return ERR_CORRUPT;
	s->id_len = (size_t)(quote - s->id);
	s->p = feed + 1;
	return OK;
}

static int compare(const struct side *a, const struct side *b)
{
	if (a->over || b->over)
		return a->over - b->over;
	size_t common = a->id_len < b->id_len ? a->id_len : b->id_len;
	int c = common == 0 ? 0 : memcmp(a->id, b->id, common);
	return c != 0 ? c : a->id_len < b->id_len ? -1 : a->id_len > b->id_len;
}

static enum err tell(const struct difference_reader *r, int order, const struct side *a,
		     const struct side *b)
{
	if (order < 0)
		return r->row(r->self, ROW_REMOVED, a->line, a->len, NULL, 0);
	if (order > 0)
		return r->row(r->self, ROW_ADDED, NULL, 0, b->line, b->len);
	if (a->len == b->len && (a->len == 0 || memcmp(a->line, b->line, a->len) == 0))
		return OK;
	return r->row(r->self, ROW_CHANGED, a->line, a->len, b->line, b->len);
}

enum err difference_read(const void *before, size_t before_len, const void *after, size_t after_len,
			 const struct difference_reader *reader)
{
	const char *empty = "";
	struct side a = {.p = before == NULL ? empty : before},
		    b = {.p = after == NULL ? empty : after};
	a.end = a.p + before_len;
	b.end = b.p + after_len;
	enum err e = advance(&a);
	if (e == OK)
		e = advance(&b);
	while (e == OK && !(a.over && b.over)) {
		int order = compare(&a, &b);
		e = tell(reader, order, &a, &b);
		if (e == OK && order <= 0)
			e = advance(&a);
		if (e == OK && order >= 0)
			e = advance(&b);
	}
	return e;
}
