#include "app/pack/registers.h"

#include "app/base/log.h"
#include "app/village/upload.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CHART_BYTES = 64 << 10 };

struct reading {
	const char *assets;
	const struct catalogue *catalogue;
	struct chart chart;
	struct csv_decoder *decoder;
	struct buf lines; /* cells as the confined reader writes them */
};

static enum err put_row(void *self, size_t number, const struct csv_cell *cell, size_t count)
{
	struct reading *r = self;
	return cells_row_put(&r->lines, number, cell, count);
}

static enum err read_cells(struct reading *r, const char *path, struct cells *out)
{
	struct buf bytes, text;
	struct csv_trouble why = {0};
	const struct csv_reader reader = {.row = put_row, .self = r};
	buf_init(&bytes, CSV_BYTES_MAX);
	buf_init(&text, CSV_TEXT_MAX);
	buf_clear(&r->lines);
	enum err e = buf_read_file(&bytes, path);
	if (e == OK)
		e = csv_decode(r->decoder, bytes.p, bytes.len, &text, &why);
	if (e == OK)
		e = csv_read((char *)text.p, text.len, &reader, &why);
	size_t rows = 0;
	for (size_t i = 0; i < r->lines.len; i++)
		rows += r->lines.p[i] == '\n';
	cells_end_put(&r->lines, rows);
	if (e == OK)
		e = cells_read(r->lines.p, r->lines.len, out);
	buf_free(&bytes);
	buf_free(&text);
	return e;
}

static enum err take(const struct upload *u, const char *template_id, const char *period,
		     struct buf *sheet, struct sheet_entry *entry)
{
	*entry = (struct sheet_entry){.part = 1, .version = 1};
	snprintf(entry->template_id, sizeof entry->template_id, "%s", template_id);
	snprintf(entry->period, sizeof entry->period, "%s", period);
	buf_init(sheet, SHEET_BYTES_MAX);
	buf_add(sheet, u->sheet.p, u->sheet.len);
	enum err e = buf_end(sheet);
	return e == OK ? sheet_measure(sheet->p, sheet->len, entry) : e;
}

/* "relief.2026Q3.csv" */
static enum err read_table(struct reading *r, const char *folder, const char *name,
			   struct buf *sheet, struct sheet_entry *entry)
{
	char path[4096], template_id[TEMPLATE_ID_MAX + 1], period[PERIOD_MAX + 1];
	struct cells cells = {0};
	struct upload *u = NULL;
	if (sscanf(name, "%31[a-z_].%11[0-9QHonce-].csv", template_id, period) != 2 ||
	    catalogue_find(r->catalogue, template_id) == NULL) {
		log_warn("registers: %s names no template and period", name);
		return ERR_CORRUPT;
	}
	const struct upload_task task = {.t = catalogue_find(r->catalogue, template_id),
					 .chart = &r->chart,
					 .period = period};
	snprintf(path, sizeof path, "%s/%s", folder, name);
	enum err e = read_cells(r, path, &cells);
	if (e == OK)
		e = upload_read(&task, &cells, &u);
	for (size_t i = 0; u != NULL && i < u->findings && i < UPLOAD_FINDINGS_MAX; i++)
		if (u->finding[i].error)
			log_warn("registers: %s row %zu: %s: %s: %s", name, u->finding[i].row,
				 u->finding[i].label, u->finding[i].value, u->finding[i].expected);
	if (e == OK && (u == NULL || u->errors > 0))
		e = ERR_CORRUPT;
	if (e == OK)
		e = take(u, template_id, period, sheet, entry);
	upload_close(u);
	cells_close(&cells);
	return e;
}

static int is_table(const struct dirent *d)
{
	size_t len = strlen(d->d_name);
	return len > 4 && strcmp(d->d_name + len - 4, ".csv") == 0;
}

static enum err read_chart(const char *assets, struct chart *out)
{
	char path[4096];
	struct buf text;
	snprintf(path, sizeof path, "%s/domain/coa_2024.csv", assets);
	buf_init(&text, CHART_BYTES);
	enum err e = buf_read_file(&text, path);
	if (e == OK)
		e = chart_read(buf_str(&text), text.len, out);
	buf_free(&text);
	return e;
}

enum err registers_add(const char *assets, const struct catalogue *c, const char *place,
		       struct sheets *out)
{
	char folder[2048];
	struct dirent **name = NULL;
	struct reading r = {.assets = assets, .catalogue = c};
	snprintf(folder, sizeof folder, "%s/demo/registers/%s", assets, place);
	int n = scandir(folder, &name, is_table, alphasort);
	if (n <= 0)
		return OK;
	buf_init(&r.lines, CELLS_BYTES_MAX);
	enum err e = read_chart(assets, &r.chart);
	if (e == OK)
		e = csv_decoder_open(&r.decoder);
	for (int i = 0; i < n; i++) {
		if (e == OK && out->count == SHEETS_ROOM)
			e = ERR_FULL;
		if (e == OK) {
			e = read_table(&r, folder, name[i]->d_name, &out->sheet[out->count],
				       &out->entry[out->count]);
			out->count += e == OK;
		}
		free(name[i]);
	}
	free(name);
	csv_decoder_close(r.decoder);
	buf_free(&r.lines);
	return e;
}
