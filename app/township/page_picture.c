/* page_picture.c - one picture of a row: shown, with black boxes drawn over what is private, and
 * the file it came from for who may open letters. */
#include "app/base/text.h"
#include "app/store/township/audit.h"
#include "app/township/blob_answer.h"
#include "app/township/intake_page.h"
#include "app/township/pages.h"
#include "app/township/voucher_files.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SPARE_BOXES = 4 /* empty lines to fill in without a script */ };

static void send_jpeg(struct visit *v, const struct buf *jpeg)
{
	const struct http_answer a = {
		.status = 200,
		.type = "image/jpeg",
		.body = jpeg->p,
		.len = jpeg->len,
		.header = {"Cache-Control", "no-store", "X-Content-Type-Options", "nosniff",
			   "Content-Security-Policy", "default-src 'none'", NULL}};
	http_answer(v->r, &a);
}

/* Without its boxes only for who draws them. */
static bool may_see_whole(const struct visit *v, const struct draft *d)
{
	return d->preparer == v->me.who.id && d->state == DRAFT_UPLOADED &&
	       access_may(v->me.who.role, ACT_UPLOAD);
}

void page_picture(struct visit *v)
{
	struct voucher page;
	struct draft d;
	struct buf jpeg;
	int64_t id;
	bool whole = http_query(v->r, "whole") != NULL;
	buf_init(&jpeg, PAGE_BYTES_MAX);
	enum err e = visit_number(v, &id) ? voucher_asked(v, id, &page, &d) : ERR_MISSING;
	/* Until it is handed on, nobody but who draws its boxes sees it. */
	if (e == OK && (whole || (page.is_kept && d.state == DRAFT_UPLOADED)) &&
	    !may_see_whole(v, &d))
		e = ERR_REFUSED;
	if (e == OK)
		e = voucher_load(v, &page, whole, &jpeg);
	if (e == OK)
		send_jpeg(v, &jpeg);
	else
		visit_trouble(v, e, "/drafts");
	buf_wipe(&jpeg);
}

/* --- boxes --- */

static void number_field(struct visit *v, char which, size_t i, const char *label, int thousandths)
{
	struct html *h = &v->h;
	char name[8], value[16] = "";
	snprintf(name, sizeof name, "%c%zu", which, i);
	if (thousandths >= 0)
		snprintf(value, sizeof value, "%d.%d", thousandths / 10, thousandths % 10);
	html_raw(h, "<label>");
	html_text(h, label);
	html_raw(h, " <input class=\"in num\" type=\"number\" min=\"0\" max=\"100\" step=\"0.1\"");
	html_attr(h, "name", name);
	html_attr(h, "value", value);
	html_raw(h, "></label>");
}

static void box_line(struct visit *v, size_t i, const struct picture_box *b)
{
	html_raw(&v->h, "<div class=\"row box\">");
	number_field(v, 'l', i, "左", b == NULL ? -1 : b->left);
	number_field(v, 't', i, "上", b == NULL ? -1 : b->top);
	number_field(v, 'w', i, "宽", b == NULL ? -1 : b->width);
	number_field(v, 'h', i, "高", b == NULL ? -1 : b->height);
	html_raw(&v->h, "</div>");
}

static void image(struct visit *v, const char *address, const char *words)
{
	html_raw(&v->h, "<img class=\"large\"");
	html_attr(&v->h, "src", address);
	html_attr(&v->h, "alt", words);
	html_raw(&v->h, ">");
}

static void editor(struct visit *v, const struct voucher *p)
{
	struct html *h = &v->h;
	struct picture_box box[PICTURE_BOXES_MAX];
	size_t count, lines;
	char address[64];
	if (!picture_boxes_read(p->boxes, box, &count))
		count = 0;
	lines = count + SPARE_BOXES < PICTURE_BOXES_MAX ? count + SPARE_BOXES : PICTURE_BOXES_MAX;
	html_raw(h, "<div class=\"two\"><section class=\"card col\"><h2>在图上画黑框</h2>"
		    "<p class=\"cap scripted\">按住拖一下，就是一个黑框；点一下黑框，就去掉。</p>"
		    "<div class=\"editor\">");
	snprintf(address, sizeof address, "/picture/%" PRId64 "?whole=yes", p->id);
	image(v, address, "没有黑框的图");
	html_raw(h, "</div><form method=\"post\"");
	snprintf(address, sizeof address, "/turn/%" PRId64, p->id);
	html_attr(h, "action", address);
	html_raw(h, ">");
	visit_csrf(v);
	html_raw(h, "<button class=\"b\">往右转一转</button></form></section><section class=\"card "
		    "col narrow\"><h2>黑框在哪里</h2>"
		    "<p class=\"cap\">按整张图的百分之几算：最左、最上是 0，最右、最下是 100。不要"
		    "的那一行，清空就行。</p><form method=\"post\"");
	snprintf(address, sizeof address, "/boxes/%" PRId64, p->id);
	html_attr(h, "action", address);
	html_raw(h, ">");
	visit_csrf(v);
	html_raw(h, "<div class=\"boxes\">");
	for (size_t i = 0; i < lines; i++)
		box_line(v, i, i < count ? &box[i] : NULL);
	html_raw(h, "</div><button class=\"b p l wide\">盖上黑框</button></form>"
		    "<h2>公开以后是这样</h2>");
	snprintf(address, sizeof address, "/picture/%" PRId64, p->id);
	image(v, address, "公开以后的图");
	html_raw(h, "</section></div>");
}

void page_boxes(struct visit *v)
{
	struct voucher page;
	struct draft d;
	int64_t id;
	char address[64];
	enum err e = visit_number(v, &id) ? voucher_asked(v, id, &page, &d) : ERR_MISSING;
	if (e == OK && !may_see_whole(v, &d))
		e = ERR_REFUSED;
	if (e != OK) {
		visit_trouble(v, e, "/drafts");
		return;
	}
	v->script = true;
	visit_top(v, "画黑框", "盖住私人信息，盖住的地方不会再有原来的图", "/drafts");
	snprintf(address, sizeof address, "/vouchers/%" PRId64, d.id);
	html_raw(&v->h, "<p><a class=\"b\"");
	html_attr(&v->h, "href", address);
	html_raw(&v->h, ">画好了，回到凭证和照片</a></p>");
	editor(v, &page);
	visit_send(v, 200);
}

/* "12.5" of a hundred as thousandths; false when it is no such number. Empty is -1. */
static bool percent_field(const struct visit *v, char which, size_t i, int *out)
{
	char name[8], text[16];
	int64_t whole, tenth = 0;
	snprintf(name, sizeof name, "%c%zu", which, i);
	*out = -1;
	if (!visit_field(v, name, text, sizeof text))
		return form_find(&v->form, name) == NULL;
	if (text[0] == 0)
		return true;
	size_t n = strspn(text, "0123456789");
	if (!text_number(text, n, &whole) || whole > 100 || (text[n] != 0 && text[n] != '.'))
		return false;
	const char *digits = text[n] == '.' ? text + n + 1 : "";
	if (strspn(digits, "0123456789") != strlen(digits))
		return false;
	if (digits[0] != 0)
		tenth = digits[0] - '0';
	*out = (int)(whole * 10 + tenth);
	return *out <= 1000;
}

static bool read_boxes(const struct visit *v, char text[PICTURE_BOXES_TEXT])
{
	struct picture_box box[PICTURE_BOXES_MAX], again[PICTURE_BOXES_MAX];
	size_t count = 0, back;
	for (size_t i = 0; i < PICTURE_BOXES_MAX; i++) {
		struct picture_box b;
		if (!percent_field(v, 'l', i, &b.left) || !percent_field(v, 't', i, &b.top) ||
		    !percent_field(v, 'w', i, &b.width) || !percent_field(v, 'h', i, &b.height))
			return false;
		int given = (b.left >= 0) + (b.top >= 0) + (b.width >= 0) + (b.height >= 0);
		if (given != 0 && given != 4)
			return false;
		if (given == 4)
			box[count++] = b;
	}
	picture_boxes_write(box, count, text);
	return picture_boxes_read(text, again, &back) && back == count;
}

static enum err box_it(struct db *db, void *self)
{
	return vouchers_box(db, self);
}

/* What a picture without its boxes becomes: base is kept as b->whole, with b->boxes burnt into the
 * pixels in the confined process. */
static enum err burn(struct visit *v, const void *base, size_t len, struct voucher_boxed *b,
		     struct picture_pages *pages, struct buf *hold)
{
	if (b->boxes[0] == 0) {
		hash_bytes(base, len, &b->hash);
		b->kept = b->whole;
		return OK;
	}
	enum err e = intake_pages(v->s->programs, base, len, b->boxes, hold, pages);
	if (e == OK && pages->count != 1)
		e = ERR_CORRUPT;
	if (e == OK) {
		hash_bytes(pages->page[0].bytes, pages->page[0].len, &b->hash);
		e = voucher_keep(v, pages->page[0].bytes, pages->page[0].len, &b->kept);
	}
	return e;
}

struct changing {
	struct voucher page;
	struct draft d;
	struct voucher_boxed b;
	struct picture_pages *pages;
	struct buf base, hold;
	char boxes[PICTURE_BOXES_TEXT], back[64];
};

static enum err change_begin(struct visit *v, struct changing *w)
{
	w->b = (struct voucher_boxed){.staff = v->me.who.id, .was = &w->page, .boxes = w->boxes};
	w->pages = calloc(1, sizeof *w->pages);
	buf_init(&w->base, PAGE_BYTES_MAX);
	buf_init(&w->hold, INTAKE_PAGES_ROOM);
	snprintf(w->back, sizeof w->back, "/drafts");
	enum err e = w->pages == NULL            ? ERR_FULL
		     : visit_number(v, &w->b.id) ? voucher_asked(v, w->b.id, &w->page, &w->d)
						 : ERR_MISSING;
	if (e == OK && !may_see_whole(v, &w->d))
		e = ERR_REFUSED;
	if (e == OK) {
		snprintf(w->back, sizeof w->back, "/boxes/%" PRId64, w->b.id);
		e = voucher_load(v, &w->page, true, &w->base);
	}
	return e;
}

/* Answers, and ends what was begun. */
static void change_end(struct visit *v, struct changing *w, enum err e)
{
	if (e == OK)
		e = writer_do(v->s->writer, box_it, &w->b);
	if (e == OK) {
		struct voucher_out gone = {.page = &w->page, .count = 1};
		voucher_clear_away(v, &gone);
		visit_go(v, w->back, NULL);
	} else {
		visit_trouble(v, e, w->back);
	}
	buf_wipe(&w->base);
	buf_wipe(&w->hold);
	free(w->pages);
}

void page_boxes_draw(struct visit *v)
{
	struct changing w = {.pages = NULL};
	enum err e = change_begin(v, &w);
	if (e == OK && !read_boxes(v, w.boxes)) {
		visit_say(v, 422, "黑框的数字不对",
			  "每个黑框填四个数：左、上、宽、高，都在 0 到 100 之间，不能超出图的边。",
			  w.back);
		buf_wipe(&w.base);
		free(w.pages);
		return;
	}
	w.b.whole = w.page.whole;
	if (e == OK && !w.page.has_whole)
		e = voucher_keep(v, w.base.p, w.base.len, &w.b.whole);
	if (e == OK)
		e = burn(v, w.base.p, w.base.len, &w.b, w.pages, &w.hold);
	change_end(v, &w, e);
}

/* Boxes go with the picture. */
static void turn_boxes(const char *was, char out[PICTURE_BOXES_TEXT])
{
	struct picture_box box[PICTURE_BOXES_MAX];
	size_t count;
	if (!picture_boxes_read(was, box, &count))
		count = 0;
	for (size_t i = 0; i < count; i++) {
		struct picture_box b = box[i];
		box[i] = (struct picture_box){.left = 1000 - b.top - b.height,
					      .top = b.left,
					      .width = b.height,
					      .height = b.width};
	}
	picture_boxes_write(box, count, out);
}

void page_picture_turn(struct visit *v)
{
	struct changing w = {.pages = NULL};
	struct buf turned;
	buf_init(&turned, PAGE_BYTES_MAX);
	enum err e = change_begin(v, &w);
	if (e == OK)
		e = intake_turn(v->s->programs, w.base.p, w.base.len, &w.hold, w.pages);
	if (e == OK && w.pages->count != 1)
		e = ERR_CORRUPT;
	if (e == OK) {
		buf_add(&turned, w.pages->page[0].bytes, w.pages->page[0].len);
		e = voucher_keep(v, turned.p, turned.len, &w.b.whole);
	}
	turn_boxes(w.page.boxes, w.boxes);
	if (e == OK)
		e = burn(v, turned.p, turned.len, &w.b, w.pages, &w.hold);
	change_end(v, &w, e);
	buf_wipe(&turned);
}

/* --- the file it came from --- */

static enum err note(struct db *db, void *self)
{
	return audit_add(db, self);
}

void page_original(struct visit *v)
{
	struct voucher page;
	struct draft d = {0};
	struct seal_secret key;
	struct buf file;
	struct audit_entry a = {
		.time = v->now, .staff = v->me.who.id, .kind = AUDIT_ORIGINAL_OPENED};
	int64_t id;
	buf_init(&file, BLOB_BYTES_MAX);
	enum err e = visit_number(v, &id) ? voucher_asked(v, id, &page, &d) : ERR_MISSING;
	const struct body *b =
		e == OK ? settings_reader(v->s->office->settings, d.place, BODY_TOWNSHIP) : NULL;
	if (e == OK && (!page.has_original || b == NULL))
		e = ERR_MISSING;
	if (e == OK && access_key(v->access, v->token, b->id, v->ticks, &key) != OK) {
		visit_say(v, 403, "先打开办公室的密钥",
			  "原件封存在信访办。请先在“群众反映”里打开密钥，再来看原件。", "/cases");
		return;
	}
	snprintf(a.subject, sizeof a.subject, "draft-%" PRId64, d.id);
	snprintf(a.reason, sizeof a.reason, "%s", page.record);
	if (e == OK)
		e = writer_do(v->s->writer, note, &a);
	if (e == OK)
		e = blobs_open(v->s->office->folder, &page.original, &key, &file);
	seal_wipe(&key, sizeof key);
	if (e == OK) {
		const struct http_answer answer = {
			.status = 200,
			.type = "application/octet-stream",
			.body = file.p,
			.len = file.len,
			.header = {"Cache-Control", "no-store", "X-Content-Type-Options", "nosniff",
				   "Content-Disposition", "attachment", NULL}};
		http_answer(v->r, &answer);
	} else {
		visit_trouble(v, e, "/drafts");
	}
	buf_wipe(&file);
}

/* --- on the open network --- */

void page_open_blob(struct visit *v)
{
	static const char ending[] = ".jpg";
	size_t len = strlen(v->rest), n = sizeof ending - 1;
	bool named = len > n && strcmp(v->rest + len - n, ending) == 0;
	blob_answer(v->s, v->r, v->rest, named ? len - n : 0, true);
}
