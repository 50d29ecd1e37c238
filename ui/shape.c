#include "ui/shape.h"

#include <stdlib.h>
#include <string.h>

enum { SLOTS = 8192, BYTES_MAX = 4 << 20, LINE_MAX_BYTES = 8192, OFFSET_SLACK = 2 };

struct entry {
	struct ui_shaped shaped; /* first: callers hold a pointer to it */
	uint64_t hash;
	const char *asked; /* the text as it was asked for; follows the rest */
	size_t asked_len;
	struct entry *next;
	unsigned used; /* generation of the last use */
	size_t bytes;
	int px;
	enum ui_style style;
};

static struct {
	struct entry *slot[SLOTS];
	size_t bytes;
	unsigned generation;
	hb_buffer_t *run, *alone;
} cache;

static uint64_t hash_of(enum ui_style style, int px, const char *text, size_t len)
{
	uint64_t h = UINT64_C(14695981039346656037); /* FNV-1a */
	for (size_t i = 0; i < len; i++)
		h = (h ^ (unsigned char)text[i]) * UINT64_C(1099511628211);
	return (h ^ ((uint64_t)style << 32 | (uint32_t)px)) * UINT64_C(1099511628211);
}

static uint32_t next_code(const char *s, size_t len, size_t *at)
{
	unsigned char c = (unsigned char)s[*at];
	size_t n = c < 0x80 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
	if (*at + n > len) {
		*at = len;
		return 0xfffd;
	}
	uint32_t code = n == 1 ? c : c & (0x7fu >> n);
	for (size_t i = 1; i < n; i++)
		code = code << 6 | ((unsigned char)s[*at + i] & 0x3fu);
	*at += n;
	return code;
}

static bool joins_before(uint32_t code)
{
	hb_unicode_funcs_t *u = hb_unicode_funcs_get_default();
	hb_unicode_general_category_t c = hb_unicode_general_category(u, code);
	return c == HB_UNICODE_GENERAL_CATEGORY_NON_SPACING_MARK ||
	       c == HB_UNICODE_GENERAL_CATEGORY_ENCLOSING_MARK ||
	       c == HB_UNICODE_GENERAL_CATEGORY_SPACING_MARK || code == 0x200d ||
	       (code >= 0xfe00 && code <= 0xfe0f) || (code >= 0xe0100 && code <= 0xe01ef);
}

static bool ignorable(uint32_t code)
{
	return (code >= 0x200b && code <= 0x200f) || code == 0x2060 || code == 0xfeff ||
	       (code >= 0xfe00 && code <= 0xfe0f) || (code >= 0xe0100 && code <= 0xe01ef);
}

static size_t cluster_end(const char *s, size_t len, size_t at)
{
	size_t end = at;
	uint32_t before = next_code(s, len, &end);
	while (end < len) {
		size_t after = end;
		uint32_t code = next_code(s, len, &after);
		if (!joins_before(code) && before != 0x200d)
			break;
		before = code;
		end = after;
	}
	return end;
}

static bool face_covers(enum ui_face f, const char *s, size_t at, size_t end)
{
	while (at < end) {
		uint32_t code = next_code(s, end, &at);
		if (!ignorable(code) && !ui_face_has(f, code))
			return false;
	}
	return true;
}

static enum ui_face choose_face(enum ui_style style, const char *s, size_t at, size_t end)
{
	for (const uint8_t *f = ui_face_chain(style); *f != UI_FACES; f++)
		if (face_covers((enum ui_face) * f, s, at, end))
			return (enum ui_face) * f;
	return UI_FACES;
}

/* Script of a cluster for fonts of more than one; common characters say nothing. */
static hb_script_t script_of(const char *s, size_t at, size_t end)
{
	hb_unicode_funcs_t *u = hb_unicode_funcs_get_default();
	while (at < end) {
		hb_script_t script = hb_unicode_script(u, next_code(s, end, &at));
		if (script != HB_SCRIPT_COMMON && script != HB_SCRIPT_INHERITED)
			return script;
	}
	return HB_SCRIPT_COMMON;
}

static void shape_into(hb_buffer_t *b, hb_font_t *font, hb_script_t script, const char *s,
		       size_t at, size_t end)
{
	hb_buffer_reset(b);
	hb_buffer_add_utf8(b, s + at, (int)(end - at), 0, (int)(end - at));
	hb_buffer_set_direction(b, HB_DIRECTION_LTR);
	hb_buffer_set_script(b, script);
	hb_buffer_set_cluster_level(b, HB_BUFFER_CLUSTER_LEVEL_MONOTONE_GRAPHEMES);
	hb_shape(font, b, NULL, 0);
}

struct builder {
	const char *text;
	size_t len;
	struct ui_unit *unit;
	size_t count;
	int32_t pen;
	int above, below;
	bool missing;
	int px;
};

static void use_extents(struct builder *w, enum ui_face f)
{
	int above, below;
	ui_face_extents(f, w->px, &above, &below);
	w->above = above > w->above ? above : w->above;
	w->below = below > w->below ? below : w->below;
}

/* Some glyphs of a run, and the bytes of the text they stand for. */
struct part {
	const hb_glyph_info_t *info;
	const hb_glyph_position_t *pos;
	unsigned count;
	size_t at, end;
};

/* True when the glyphs come out the same when their text is shaped alone; then `dx`, `dy` is what
 * the first one is moved by when alone. */
static bool same_alone(hb_font_t *font, hb_script_t script, const char *text, const struct part *g,
		       int *dx, int *dy)
{
	shape_into(cache.alone, font, script, text, g->at, g->end);
	unsigned n = 0;
	const hb_glyph_info_t *ai = hb_buffer_get_glyph_infos(cache.alone, &n);
	const hb_glyph_position_t *ap = hb_buffer_get_glyph_positions(cache.alone, &n);
	if (n != g->count || n == 0)
		return false;
	int in_context = 0, alone = 0;
	for (unsigned i = 0; i < n; i++) {
		if (ai[i].codepoint != g->info[i].codepoint)
			return false;
		int x = in_context + g->pos[i].x_offset - g->pos[0].x_offset -
			(alone + ap[i].x_offset - ap[0].x_offset);
		int y = g->pos[i].y_offset - g->pos[0].y_offset - (ap[i].y_offset - ap[0].y_offset);
		if (abs(x) > OFFSET_SLACK || abs(y) > OFFSET_SLACK)
			return false;
		in_context += g->pos[i].x_advance;
		alone += ap[i].x_advance;
	}
	*dx = ap[0].x_offset;
	*dy = ap[0].y_offset;
	return true;
}

static void add_unit(struct builder *w, enum ui_face f, hb_script_t script, const struct part *g,
		     int dx, int dy)
{
	bool several = g->count > 1;
	w->unit[w->count++] = (struct ui_unit){
		.face = (uint8_t)f,
		.several = several,
		.script = script,
		.glyph = g->info[0].codepoint,
		.text_at = (uint32_t)g->at,
		.text_len = (uint32_t)(g->end - g->at),
		.pen = w->pen,
		.x = w->pen + g->pos[0].x_offset - (several ? 0 : dx),
		.y = g->pos[0].y_offset - (several ? 0 : dy),
	};
}

/* One run of one face and script: units out of glyph clusters, joined where a cluster alone would
 * look different. */
static void add_run(struct builder *w, enum ui_face f, hb_script_t script, size_t at, size_t end)
{
	hb_font_t *font = ui_face_font(f, w->px);
	shape_into(cache.run, font, script, w->text, at, end);
	unsigned n = 0;
	hb_glyph_info_t *info = hb_buffer_get_glyph_infos(cache.run, &n);
	hb_glyph_position_t *pos = hb_buffer_get_glyph_positions(cache.run, &n);
	use_extents(w, f);
	for (unsigned first = 0; first < n;) {
		unsigned last = first;
		int32_t advance = 0;
		int dx = 0, dy = 0;
		bool done = false;
		while (!done) {
			do
				advance += pos[last++].x_advance;
			while (last < n && info[last].cluster == info[last - 1].cluster);
			size_t from = at + info[first].cluster;
			size_t to = last < n ? at + info[last].cluster : end;
			bool safe = last == n || (hb_glyph_info_get_glyph_flags(&info[last]) &
						  HB_GLYPH_FLAG_UNSAFE_TO_BREAK) == 0;
			size_t after = from;
			uint32_t code = next_code(w->text, to, &after);
			bool plain = last - first == 1 && after == to && pos[first].x_offset == 0 &&
				     pos[first].y_offset == 0 &&
				     ui_face_glyph(f, code) == info[first].codepoint;
			struct part g = {info + first, pos + first, last - first, from, to};
			done = last == n || plain ||
			       same_alone(font, script, w->text, &g, &dx, &dy) ||
			       (safe && g.count > 16);
			if (done)
				add_unit(w, f, script, &g, dx, dy);
		}
		w->pen += advance;
		first = last;
	}
}

/* What no font has: a box as wide as a Chinese character. */
static void add_missing(struct builder *w, size_t at, size_t end)
{
	w->unit[w->count++] = (struct ui_unit){.face = UI_FACES,
					       .text_at = (uint32_t)at,
					       .text_len = (uint32_t)(end - at),
					       .pen = w->pen,
					       .x = w->pen};
	w->pen += w->px * 64;
	w->missing = true;
}

static void build(struct builder *w, enum ui_style style)
{
	size_t at = 0;
	while (at < w->len) {
		size_t end = cluster_end(w->text, w->len, at);
		enum ui_face f = choose_face(style, w->text, at, end);
		if (f == UI_FACES) {
			add_missing(w, at, end);
			at = end;
			continue;
		}
		hb_script_t script = ui_face_script(f, script_of(w->text, at, end));
		while (end < w->len) {
			size_t after = cluster_end(w->text, w->len, end);
			hb_script_t next = script_of(w->text, end, after);
			bool common =
				next == HB_SCRIPT_COMMON && face_covers(f, w->text, end, after);
			if (!common && choose_face(style, w->text, end, after) != f)
				break;
			next = ui_face_script(f, next);
			if (script == HB_SCRIPT_COMMON)
				script = next;
			if (next != script && next != HB_SCRIPT_COMMON)
				break;
			end = after;
		}
		add_run(w, f, script, at, end);
		at = end;
	}
}

/* Leaves control characters out; shows the dash of two characters as zh-Hans does (no language is
 * set). */
static size_t clean(char *out, const char *text, size_t len)
{
	size_t n = 0;
	for (size_t i = 0; i < len && n < LINE_MAX_BYTES; i++)
		if ((unsigned char)text[i] >= 0x20 && text[i] != 0x7f)
			out[n++] = text[i];
	while (n == LINE_MAX_BYTES && ((unsigned char)out[n - 1] & 0xc0) == 0x80)
		n--;
	for (size_t i = 0; i + 2 < n; i++)
		if (memcmp(out + i, "\xe2\x80\x94", 3) == 0)
			out[i + 2] = '\x95';
	out[n] = 0;
	return n;
}

static struct entry *make(enum ui_style style, int px, const char *text, size_t len)
{
	static char line[LINE_MAX_BYTES + 1];
	size_t n = clean(line, text, len);
	size_t units = n + 1;
	struct builder w = {.text = line, .len = n, .px = px};
	w.unit = calloc(units, sizeof *w.unit);
	if (w.unit == NULL)
		return NULL;
	if (cache.run == NULL) {
		cache.run = hb_buffer_create();
		cache.alone = hb_buffer_create();
	}
	use_extents(&w, (enum ui_face)ui_face_chain(style)[0]);
	build(&w, style);
	size_t bytes = sizeof(struct entry) + w.count * sizeof *w.unit + n + 1 + len;
	struct entry *e = malloc(bytes);
	if (e != NULL) {
		struct ui_unit *unit = (struct ui_unit *)(void *)(e + 1);
		char *copy = (char *)(unit + w.count);
		memcpy(unit, w.unit, w.count * sizeof *unit);
		memcpy(copy, line, n + 1);
		if (len > 0)
			memcpy(copy + n + 1, text, len);
		*e = (struct entry){
			.shaped = {.text = copy,
				   .len = n,
				   .unit = unit,
				   .count = w.count,
				   .width = w.pen,
				   .above = w.above,
				   .below = w.below,
				   .missing = w.missing},
			.asked = copy + n + 1,
			.asked_len = len,
			.bytes = bytes,
			.px = px,
			.style = style,
		};
	}
	free(w.unit);
	explicit_bzero(line, n);
	return e;
}

/* Two texts may have one hash; a figure must never be shown for another. */
static bool answers(const struct entry *e, uint64_t hash, enum ui_style style, int px,
		    const char *text, size_t len)
{
	return e->hash == hash && e->px == px && e->style == style && e->asked_len == len &&
	       (len == 0 || memcmp(e->asked, text, len) == 0);
}

const struct ui_shaped *ui_shape(enum ui_style style, int px, const char *text, size_t len)
{
	uint64_t hash = hash_of(style, px, text, len);
	struct entry **slot = &cache.slot[hash % SLOTS];
	for (struct entry *e = *slot; e != NULL; e = e->next)
		if (answers(e, hash, style, px, text, len)) {
			e->used = cache.generation;
			return &e->shaped;
		}
	struct entry *e = make(style, px, text, len);
	if (e == NULL)
		return NULL;
	e->hash = hash;
	e->used = cache.generation;
	e->next = *slot;
	*slot = e;
	cache.bytes += e->bytes;
	return &e->shaped;
}

int ui_shape_width(enum ui_style style, int px, const char *text, size_t len)
{
	const struct ui_shaped *s = ui_shape(style, px, text, len);
	return s == NULL ? 0 : (s->width + 63) >> 6;
}

static void drop(unsigned older_than)
{
	for (int i = 0; i < SLOTS; i++)
		for (struct entry **at = &cache.slot[i]; *at != NULL;) {
			struct entry *e = *at;
			if (older_than != 0 && e->used >= older_than) {
				at = &e->next;
				continue;
			}
			*at = e->next;
			cache.bytes -= e->bytes;
			explicit_bzero(e, e->bytes);
			free(e);
		}
}

void ui_shape_trim(void)
{
	cache.generation++;
	if (cache.bytes > BYTES_MAX)
		drop(cache.generation > 2 ? cache.generation - 2 : 1);
	if (cache.bytes > (size_t)2 * BYTES_MAX)
		drop(0);
}

void ui_shape_wipe(void)
{
	drop(0);
	hb_buffer_destroy(cache.run);
	hb_buffer_destroy(cache.alone);
	cache.run = NULL;
	cache.alone = NULL;
}
