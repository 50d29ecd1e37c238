#include "ui/paragraph.h"

#include <linebreak.h>
#include <string.h>

static uint32_t code_at(const char *s, size_t len, size_t at, size_t *next)
{
	unsigned char c = (unsigned char)s[at];
	size_t n = c < 0x80 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
	if (at + n > len)
		n = len - at;
	uint32_t code = n == 1 ? c : c & (0x7fu >> n);
	for (size_t i = 1; i < n; i++)
		code = code << 6 | ((unsigned char)s[at + i] & 0x3fu);
	*next = at + n;
	return code;
}

static bool one_of(uint32_t code, const char *set)
{
	size_t len = strlen(set);
	for (size_t at = 0; at < len;)
		if (code_at(set, len, at, &at) == code)
			return true;
	return false;
}

static bool is_digit(uint32_t c)
{
	return c >= '0' && c <= '9';
}

static bool is_han(uint32_t c)
{
	return (c >= 0x3400 && c <= 0x9fff) || (c >= 0x20000 && c <= 0x3134f);
}

/* Units that stay with their number, also across the thin space people write between. */
static bool is_unit(uint32_t c)
{
	return one_of(
		c,
		"元万亿年月日号人户件笔亩项天个次条张页组米车斤吨度岁点分秒字位名台头只口间栋套家");
}

/* Kinsoku: what may not begin a line, and what may not end one. */
static bool never_first(uint32_t c)
{
	return one_of(c, "，。；：、？！）》」』】〉’”…—％%,.;:?!)]}·〜々ー・　");
}

static bool never_last(uint32_t c)
{
	return one_of(c, "（《「『【〈‘“￥([{");
}

static bool is_latin(uint32_t c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= 0xc0 && c <= 0x24f);
}

static bool is_flag(uint32_t c)
{
	return c >= 0x1f1e6 && c <= 0x1f1ff;
}

/* libunibreak 1.1 ends the program at the letters flags are written with, and takes U+FFFF for the
 * end of the text. It is given others of the same length that break alike: a picture, and the sign
 * for what cannot be read. */
static const char *bearable(const char *text, size_t len)
{
	static const char picture[] = {(char)0xf0, (char)0x9f, (char)0x98, (char)0x80},
			  unread[] = {(char)0xef, (char)0xbf, (char)0xbd};
	static char copy[UI_PARAGRAPH_TEXT];
	memcpy(copy, text, len);
	size_t next;
	for (size_t at = 0; at < len; at = next) {
		uint32_t code = code_at(text, len, at, &next);
		if (is_flag(code) && next - at == 4)
			memcpy(copy + at, picture, sizeof picture);
		else if (code == 0xffff && next - at == 3)
			memcpy(copy + at, unread, sizeof unread);
	}
	return copy;
}

/* Break classes for every byte of the text: libunibreak's, with ours laid over. At most
 * UI_PARAGRAPH_TEXT bytes. */
static void find_breaks(const char *text, size_t len, char *out)
{
	static bool ready;
	if (!ready)
		init_linebreak();
	ready = true;
	if (len == 0)
		return;
	set_linebreaks_utf8((const utf8_t *)bearable(text, len), len, "zh", out);
	uint32_t before = 0, two_before = 0;
	size_t next, flags = 0; /* letters of flags in a row: two make one */
	for (size_t at = 0; at < len; at = next) {
		uint32_t code = code_at(text, len, at, &next);
		if (at > 0 && out[at - 1] == LINEBREAK_ALLOWBREAK) {
			bool number_then_unit =
				is_unit(code) &&
				(is_digit(before) || (before == ' ' && is_digit(two_before)));
			if (never_first(code) || never_last(before) || number_then_unit)
				out[at - 1] = LINEBREAK_NOBREAK;
		}
		/* A break libunibreak refuses between Chinese and an opening quote, or after a
		 * closing mark. */
		if (at > 0 && out[at - 1] == LINEBREAK_NOBREAK && text[at - 1] != ' ' &&
		    before != 0 &&
		    ((is_han(before) && never_last(code)) ||
		     (never_first(before) && is_han(code) && before > 0x2000 && before != 0x2014 &&
		      before != 0x2026)))
			out[at - 1] = LINEBREAK_ALLOWBREAK;
		bool one_word = before == 0x2019 && is_latin(code) && is_latin(two_before);
		if (at > 0 && (one_word || (is_flag(code) && flags % 2 == 1)))
			out[at - 1] = LINEBREAK_NOBREAK; /* village’s */
		flags = is_flag(code) ? flags + 1 : 0;
		two_before = before;
		before = code;
	}
}

bool ui_paragraph_breaks(const char *text, size_t len, size_t at)
{
	static char breaks[UI_PARAGRAPH_TEXT];
	if (len > sizeof breaks || at == 0 || at > len)
		return false;
	find_breaks(text, len, breaks);
	return breaks[at - 1] == LINEBREAK_ALLOWBREAK || breaks[at - 1] == LINEBREAK_MUSTBREAK;
}

/* Where the text stands while lines are being filled. */
struct filler {
	struct ui_paragraph *p;
	const char *breaks; /* of all spans in a row */
	int width, max_lines;
	int line;
	int32_t used;       /* 26.6, of the line so far */
	size_t first_piece; /* of the line */
	bool full;
};

/* A unit of the whole text: which span, where, how wide. */
struct place {
	size_t span;
	uint32_t at, end; /* bytes in the span */
	int32_t advance;
	bool space, newline, may_break, must_break;
};

enum { PLACES_MAX = 8192 };

static size_t list_places(struct ui_paragraph *p, const char *breaks, struct place *out)
{
	size_t n = 0, base = 0;
	for (size_t s = 0; s < p->spans; s++) {
		const struct ui_span *span = &p->span[s];
		size_t len = strlen(span->text);
		for (size_t at = 0; at < len && n < PLACES_MAX;) {
			const char *line = span->text + at;
			size_t line_len = strcspn(line, "\n");
			const struct ui_shaped *t = ui_shape(span->style, span->px, line, line_len);
			for (size_t u = 0; t != NULL && u < t->count && n < PLACES_MAX; u++) {
				int32_t next = u + 1 < t->count ? t->unit[u + 1].pen : t->width;
				uint32_t from = (uint32_t)at + t->unit[u].text_at,
					 to = from + t->unit[u].text_len;
				char after = breaks[base + to - 1];
				out[n++] =
					(struct place){.span = s,
						       .at = from,
						       .end = to,
						       .advance = next - t->unit[u].pen,
						       .space = span->text[from] == ' ',
						       .may_break = after == LINEBREAK_ALLOWBREAK};
			}
			p->missing = p->missing || (t != NULL && t->missing);
			at += line_len;
			if (at < len && n < PLACES_MAX)
				out[n++] = (struct place){.span = s,
							  .at = (uint32_t)at,
							  .end = (uint32_t)at + 1,
							  .newline = true};
			at += at < len;
		}
		base += len;
	}
	return n;
}

/* Adds places first..last-1 to the paragraph as one line: pieces by span, trailing spaces left out.
 */
static void add_line(struct filler *f, const struct place *place, size_t first, size_t last)
{
	struct ui_paragraph *p = f->p;
	int32_t x = 0;
	if (f->max_lines > 0 && f->line == f->max_lines) {
		p->more = true;
		f->full = true;
		return;
	}
	while (last > first && (place[last - 1].space || place[last - 1].newline))
		last--;
	for (size_t i = first; i < last;) {
		size_t end = i;
		int32_t width = 0;
		while (end < last && place[end].span == place[i].span)
			width += place[end++].advance;
		if (p->pieces == UI_PARAGRAPH_PIECES) {
			p->more = true;
			break;
		}
		p->piece[p->pieces++] = (struct ui_piece){.span = (uint16_t)place[i].span,
							  .line = (uint16_t)f->line,
							  .at = place[i].at,
							  .len = place[end - 1].end - place[i].at,
							  .x = (x + 32) >> 6,
							  .width = (width + 63) >> 6};
		x += width;
		i = end;
	}
	if ((x + 63) >> 6 > p->width)
		p->width = (x + 63) >> 6;
	f->line++;
}

static void fill(struct filler *f, const struct place *place, size_t count)
{
	size_t first = 0, good = 0;
	int32_t used = 0, room = f->width * 64;
	for (size_t i = 0; i < count && !f->full; i++) {
		if (place[i].newline) {
			add_line(f, place, first, i);
			first = good = i + 1;
			used = 0;
			continue;
		}
		if (used + place[i].advance > room && !place[i].space && i > first) {
			size_t cut = good > first ? good
						  : i; /* no break in the line: between clusters */
			add_line(f, place, first, cut);
			while (cut < i && place[cut].space)
				cut++;
			first = good = cut;
			used = 0;
			for (size_t k = first; k < i; k++)
				used += place[k].advance;
		}
		used += place[i].advance;
		if (place[i].may_break)
			good = i + 1;
	}
	if (!f->full && (first < count || count == 0))
		add_line(f, place, first, count);
}

void ui_paragraph_lay(struct ui_paragraph *p, const struct ui_span *span, size_t spans, int width,
		      int leading, int max_lines)
{
	static char all[UI_PARAGRAPH_TEXT], breaks[UI_PARAGRAPH_TEXT];
	static struct place place[PLACES_MAX];
	size_t len = 0;
	int largest = 1, tall = 0;
	*p = (struct ui_paragraph){.span = span, .spans = spans};
	for (size_t i = 0; i < spans; i++) {
		size_t n = strlen(span[i].text);
		if (len + n > sizeof all) {
			p->more = true;
			p->spans = i;
			break;
		}
		memcpy(all + len, span[i].text, n);
		len += n;
		largest = span[i].px > largest ? span[i].px : largest;
	}
	find_breaks(all, len, breaks);
	size_t count = list_places(p, breaks, place);
	struct filler f = {.p = p, .breaks = breaks, .width = width, .max_lines = max_lines};
	fill(&f, place, count);
	p->lines = f.line;
	for (size_t i = 0; i < p->spans; i++) {
		const struct ui_shaped *t = ui_shape(span[i].style, span[i].px, span[i].text,
						     strcspn(span[i].text, "\n"));
		/* Only fallback fonts taller than the Chinese ones push lines apart (Tibetan). */
		if (t != NULL && (t->above + t->below) * 100 > span[i].px * 160)
			tall = t->above + t->below > tall ? t->above + t->below : tall;
	}
	p->line_height = (largest * leading + 50) / 100;
	if (tall > p->line_height)
		p->line_height = tall;
	explicit_bzero(all, len);
}

int ui_paragraph_height(const struct ui_paragraph *p)
{
	return p->lines * p->line_height;
}

static int line_width(const struct ui_paragraph *p, int line)
{
	int width = 0;
	for (size_t i = 0; i < p->pieces; i++)
		if (p->piece[i].line == line && p->piece[i].x + p->piece[i].width > width)
			width = p->piece[i].x + p->piece[i].width;
	return width;
}

void ui_paragraph_put(const struct ui_paragraph *p, struct ui_list *l, struct ui_rect r,
		      enum ui_align align)
{
	int at_line = -1, indent = 0, above = 0, below = 0;
	for (size_t i = 0; i < p->spans; i++) {
		int a, b;
		ui_face_extents((enum ui_face)ui_face_chain(p->span[i].style)[0], p->span[i].px, &a,
				&b);
		above = a > above ? a : above;
		below = b > below ? b : below;
	}
	l->missing = l->missing || p->missing;
	for (size_t i = 0; i < p->pieces; i++) {
		const struct ui_piece *q = &p->piece[i];
		const struct ui_span *s = &p->span[q->span];
		if (q->line != at_line) {
			at_line = q->line;
			int spare = r.w - line_width(p, at_line);
			indent = align == UI_LEFT ? 0 : align == UI_CENTER ? spare / 2 : spare;
		}
		int top = r.y + q->line * p->line_height;
		int base = top + (p->line_height - above - below) / 2 + above;
		ui_list_text(l, (struct ui_run){r.x + indent + q->x, base, q->width},
			     ui_pen(s->style, s->px, s->color), s->text + q->at, q->len);
	}
}
