#include "app/base/text.h"
#include "app/village/typed.h"
#include "app/village/upload_impl.h"

#include <stdio.h>
#include <string.h>

static struct finding *new_finding(struct work *w, bool error)
{
	struct upload *u = w->u;
	if (error) {
		u->errors++;
		w->bad = true;
	} else {
		u->warnings++;
	}
	if (u->findings++ >= UPLOAD_FINDINGS_MAX)
		return NULL;
	struct finding *f = &u->finding[u->findings - 1];
	*f = (struct finding){.error = error};
	return f;
}

static void copy(char *out, size_t size, const char *s)
{
	text_copy(out, size, s, strlen(s));
}

void finding_cell(struct work *w, bool error, struct finding_at at, const char *label,
		  const char *expected, const char *example)
{
	const struct cells_row *row = at.row;
	int column = at.column;
	struct finding *f = new_finding(w, error);
	if (f == NULL)
		return;
	f->row = row->number;
	f->column = column < 0 ? 0 : (size_t)column + 1;
	copy(f->label, sizeof f->label, label);
	copy(f->expected, sizeof f->expected, expected);
	copy(f->example, sizeof f->example, example);
	if (column < 0 || (size_t)column >= row->count)
		return;
	struct csv_cell cell = row->cell[column];
	buf_clear(&w->scratch);
	typed_trim(&cell.text, &cell.len);
	typed_hide(cell.text, cell.len, &w->scratch);
	for (size_t i = 0; i < w->scratch.len; i++)
		if (w->scratch.p[i] == '\n')
			w->scratch.p[i] = ' ';
	text_copy(f->value, sizeof f->value, buf_str(&w->scratch), w->scratch.len);
}

void finding_whole(struct work *w, bool error, size_t row, const char *expected,
		   const char *example)
{
	struct finding *f = new_finding(w, error);
	if (f == NULL)
		return;
	f->row = row;
	copy(f->expected, sizeof f->expected, expected);
	copy(f->example, sizeof f->example, example);
}
