/* page_vouchers.c - the rows of a draft and the pictures that belong to them: put there, put in
 * order, taken away by who prepared it; looked at one by one by who is to sign. */
#include "app/base/text.h"
#include "app/store/township/audit.h"
#include "app/township/intake_page.h"
#include "app/township/pages.h"
#include "app/township/voucher_files.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ROWS_SHOWN = 40, LOOKS_SHOWN = 20 };

struct rows {
	struct draft d;
	const struct catalogue_template *t;
	struct buf sheet;
	struct voucher *page;
	size_t pages;
	bool mine;  /* may be changed by who looks */
	bool looks; /* is to be looked at by who looks */
};

static enum err read_rows(struct visit *v, int64_t id, struct rows *w)
{
	struct db *db = township_read_begin(v->s->township);
	enum err e = drafts_find(db, id, &w->d, &w->sheet, NULL);
	if (e == OK && !access_covers(v->s->office->settings, &v->me.who, w->d.place))
		e = ERR_MISSING;
	if (e == OK)
		e = vouchers_of(db, id, &w->page, &w->pages);
	township_read_end(v->s->township);
	w->t = e == OK ? catalogue_find(v->catalogue, w->d.template_id) : NULL;
	bool own = w->d.preparer == v->me.who.id;
	w->mine = own && w->d.state == DRAFT_UPLOADED && access_may(v->me.who.role, ACT_UPLOAD);
	w->looks = !own && w->d.state == DRAFT_SUBMITTED && access_may(v->me.who.role, ACT_APPROVE);
	return e == OK && w->t == NULL ? ERR_CORRUPT : e;
}

static void rows_free(struct rows *w)
{
	buf_free(&w->sheet);
	free(w->page);
}

static void address_of(char out[64], const char *what, int64_t id)
{
	snprintf(out, 64, "%s%" PRId64, what, id);
}

/* --- one picture --- */

static void picture_shown(struct visit *v, const struct voucher *p, const char *style)
{
	struct html *h = &v->h;
	char address[64];
	address_of(address, "/picture/", p->id);
	html_raw(h, "<a class=\"pl\"");
	html_attr(h, "href", address);
	html_raw(h, "><img loading=\"lazy\"");
	html_attr(h, "class", style);
	html_attr(h, "src", address);
	html_attr(h, "alt", "这一页的图");
	html_raw(h, "></a>");
}

static void move_button(struct visit *v, const char *how, const char *words)
{
	html_raw(&v->h, "<button class=\"b s\" name=\"do\"");
	html_attr(&v->h, "value", how);
	html_raw(&v->h, ">");
	html_text(&v->h, words);
	html_raw(&v->h, "</button>");
}

static void picture_tools(struct visit *v, const struct voucher *p, size_t first)
{
	struct html *h = &v->h;
	char address[64];
	address_of(address, "/boxes/", p->id);
	html_raw(h, "<a class=\"b s\"");
	html_attr(h, "href", address);
	html_raw(h, ">画黑框</a><form method=\"post\" class=\"row\"");
	address_of(address, "/picture/", p->id);
	html_attr(h, "action", address);
	html_raw(h, ">");
	visit_csrf(v);
	html_raw(h, "<input type=\"hidden\" name=\"from\"");
	html_attr_number(h, "value", (int64_t)first);
	html_raw(h, ">");
	move_button(v, "up", "往前");
	move_button(v, "down", "往后");
	move_button(v, "remove", "拿掉");
	html_raw(h, "</form>");
}

static void state_of(struct visit *v, const struct voucher *p)
{
	struct html *h = &v->h;
	if (!p->is_kept)
		html_raw(h, "<span class=\"t n\">公开过</span>");
	else if (p->looked != 0)
		html_raw(h, "<span class=\"t g\">看过了</span>");
	else if (p->boxes[0] != 0)
		html_raw(h, "<span class=\"t blue\">画了黑框</span>");
	else
		html_raw(h, "<span class=\"t y\">没有黑框</span>");
}

/* --- rows, for who prepares --- */

static void row_words(struct visit *v, const struct record *r)
{
	struct html *h = &v->h;
	html_raw(h, "<div class=\"row\">");
	if (r->day != 0) {
		html_raw(h, "<span class=\"num cap\">");
		html_day(h, r->day);
		html_raw(h, "</span>");
	}
	html_raw(h, "<b class=\"sp\">");
	html_text(h, r->title);
	html_raw(h, "</b>");
	if (r->voucher[0] != 0) {
		html_raw(h, "<span class=\"cap\">");
		html_text(h, r->voucher);
		html_raw(h, "</span>");
	}
	if (r->attachments > 0) {
		html_raw(h, "<span class=\"cap\">附单据 ");
		html_number(h, r->attachments);
		html_raw(h, " 张</span>");
	}
	if (r->amount_fen != 0) {
		html_raw(h, "<b class=\"num\">");
		html_fen(h, r->amount_fen);
		html_raw(h, "</b>");
	}
	html_raw(h, "</div>");
}

static void row_form(struct visit *v, const struct rows *w, const struct record *r, size_t first)
{
	struct html *h = &v->h;
	char address[64];
	address_of(address, "/vouchers/", w->d.id);
	html_raw(h, "<form class=\"row put\" method=\"post\" enctype=\"multipart/form-data\"");
	html_attr(h, "action", address);
	html_raw(h, ">");
	visit_csrf(v);
	html_raw(h, "<input type=\"hidden\" name=\"row\"");
	html_attr(h, "value", r->id);
	html_raw(h, "><input type=\"hidden\" name=\"from\"");
	html_attr_number(h, "value", (int64_t)first);
	html_raw(h,
		 "><input type=\"file\" name=\"file\" multiple required aria-label=\"凭证或照片："
		 "JPG、PNG、PDF\"><button class=\"b s\">放上去</button></form>");
}

static void row_shown(struct visit *v, const struct rows *w, const struct record *r, size_t first)
{
	struct html *h = &v->h;
	html_raw(h, "<li class=\"vrow\"");
	char anchor[RECORD_ID_MAX + 8];
	snprintf(anchor, sizeof anchor, "r-%s", r->id);
	html_attr(h, "id", anchor);
	html_raw(h, ">");
	row_words(v, r);
	html_raw(h, "<div class=\"pics\">");
	for (size_t i = 0; i < w->pages; i++) {
		const struct voucher *p = &w->page[i];
		if (strcmp(p->record, r->id) != 0)
			continue;
		html_raw(h, "<div class=\"pic\">");
		if (p->is_kept && w->d.state == DRAFT_UPLOADED && !w->mine)
			html_raw(h, "<p class=\"cap\">还在画黑框，交出来以后才能看。</p>");
		else
			picture_shown(v, p, "thumb");
		state_of(v, p);
		if (w->mine)
			picture_tools(v, p, first);
		html_raw(h, "</div>");
	}
	html_raw(h, "</div>");
	if (w->mine)
		row_form(v, w, r, first);
	html_raw(h, "</li>");
}

static void turn(struct visit *v, const struct rows *w, size_t from, const char *words)
{
	char address[64];
	snprintf(address, sizeof address, "/vouchers/%" PRId64 "?from=%zu", w->d.id, from);
	html_raw(&v->h, "<a class=\"b\"");
	html_attr(&v->h, "href", address);
	html_raw(&v->h, ">");
	html_text(&v->h, words);
	html_raw(&v->h, "</a>");
}

static void rows_shown(struct visit *v, const struct rows *w, size_t first)
{
	const char *p = buf_str(&w->sheet), *end = p + w->sheet.len;
	struct record r;
	size_t n = 0;
	html_raw(&v->h, "<ol class=\"vrows\">");
	for (; p < end; n++) {
		const char *feed = memchr(p, '\n', (size_t)(end - p));
		if (feed == NULL || record_read(w->t, p, (size_t)(feed - p), &r) != OK)
			break;
		if (n >= first && n < first + ROWS_SHOWN)
			row_shown(v, w, &r, first);
		p = feed + 1;
	}
	html_raw(&v->h, "</ol><p class=\"row\">");
	if (first >= ROWS_SHOWN)
		turn(v, w, first - ROWS_SHOWN, "上一页");
	if (first + ROWS_SHOWN < n)
		turn(v, w, first + ROWS_SHOWN, "下一页");
	html_raw(&v->h, "</p>");
}

/* --- one by one, for who is to sign --- */

static bool find_row(const struct rows *w, const char *id, struct record *out)
{
	const char *p = buf_str(&w->sheet), *end = p + w->sheet.len;
	while (p < end) {
		const char *feed = memchr(p, '\n', (size_t)(end - p));
		if (feed == NULL || record_read(w->t, p, (size_t)(feed - p), out) != OK)
			return false;
		if (strcmp(out->id, id) == 0)
			return true;
		p = feed + 1;
	}
	return false;
}

static void look_at(struct visit *v, const struct rows *w, const struct voucher *p)
{
	struct html *h = &v->h;
	char name[24], hex[2 * HASH_BYTES + 1];
	struct record r;
	snprintf(name, sizeof name, "p%" PRId64, p->id);
	text_hex(p->hash.b, HASH_BYTES, hex);
	html_raw(h, "<li class=\"vrow\">");
	if (find_row(w, p->record, &r))
		row_words(v, &r);
	picture_shown(v, p, "large");
	html_raw(h, "<label class=\"ck\"><input type=\"checkbox\"");
	html_attr(h, "name", name);
	html_attr(h, "value", hex);
	html_raw(h, "> 看过，没有身份证号、银行卡号、电话、印章外的私人信息</label></li>");
}

static size_t waiting_of(const struct rows *w)
{
	size_t n = 0;
	for (size_t i = 0; i < w->pages; i++)
		n += w->page[i].is_kept && w->page[i].looked == 0;
	return n;
}

static void looks_shown(struct visit *v, const struct rows *w)
{
	struct html *h = &v->h;
	size_t shown = 0, waiting = waiting_of(w);
	char address[64];
	html_raw(h, "<section class=\"card act\"><h2>还要看 ");
	html_number(h, (int64_t)waiting);
	html_raw(h, " 张</h2>");
	if (waiting == 0) {
		address_of(address, "/drafts/", w->d.id);
		html_raw(h, "<p>每一张都看过了。</p><p><a class=\"b p l\"");
		html_attr(h, "href", address);
		html_raw(h, ">回去签名</a></p></section>");
		return;
	}
	address_of(address, "/looks/", w->d.id);
	html_raw(h, "<form method=\"post\"");
	html_attr(h, "action", address);
	html_raw(h, ">");
	visit_csrf(v);
	html_raw(h, "<ol class=\"vrows\">");
	for (size_t i = 0; i < w->pages && shown < LOOKS_SHOWN; i++)
		if (w->page[i].is_kept && w->page[i].looked == 0) {
			look_at(v, w, &w->page[i]);
			shown++;
		}
	html_raw(h, "</ol><p class=\"cap\">有一张不对，就不要打勾，回去把整张表退给上传的人。</p>"
		    "<button class=\"b p l wide\">打了勾的，我都看过</button></form></section>");
}

/* --- the page --- */

static void heading(struct visit *v, const struct rows *w)
{
	struct html *h = &v->h;
	char aside[400], address[64];
	snprintf(aside, sizeof aside, "%s · %s · %s", visit_place(v, w->d.place), w->d.period,
		 w->t->title);
	v->script = w->mine;
	visit_top(v, "凭证和照片", aside, "/drafts");
	address_of(address, "/drafts/", w->d.id);
	html_raw(h, "<p class=\"row\"><a class=\"b\"");
	html_attr(h, "href", address);
	html_raw(h, ">回到这张表</a><span class=\"cap\">一共 ");
	html_number(h, (int64_t)w->pages);
	html_raw(h, " 张</span></p>");
	if (!w->mine)
		return;
	if (w->t->household)
		html_raw(h, "<section class=\"card note\"><b>放上去的图，村民在终端上看得见。</b>");
	else
		html_raw(h, "<section class=\"card note\"><b>放上去的图，村民在终端上和网上都看得"
			    "见。</b>");
	html_raw(h,
		 "<div class=\"cap\">身份证号、银行卡号、电话、别人的签名和住址，请画黑框盖住；盖"
		 "住的地方不会再有原来的图。原件封存在镇上。JPG、PNG、PDF 都行，一个文件最多 20 "
		 "MB，一次一共最多 40 MB，一笔最多 20 张。</div></section>");
}

void page_vouchers(struct visit *v)
{
	struct rows w = {.page = NULL};
	const char *from = http_query(v->r, "from");
	int64_t id, first = 0;
	buf_init(&w.sheet, DRAFT_BYTES_MAX);
	if (from != NULL && !text_number(from, strlen(from), &first))
		first = 0;
	enum err e = visit_number(v, &id) ? read_rows(v, id, &w) : ERR_MISSING;
	if (e == OK) {
		heading(v, &w);
		if (w.looks)
			looks_shown(v, &w);
		rows_shown(v, &w, first > (1 << 20) ? 0 : (size_t)first);
		visit_send(v, 200);
	} else {
		visit_trouble(v, e, "/drafts");
	}
	rows_free(&w);
}

/* --- putting pictures there --- */

struct adding {
	struct voucher_new page[PICTURE_PAGES_MAX];
	size_t count;
	struct audit_entry audit;
};

static enum err add_all(struct db *db, void *self)
{
	struct adding *w = self;
	int64_t id;
	enum err e = OK;
	for (size_t i = 0; e == OK && i < w->count; i++)
		e = vouchers_add(db, &w->page[i], w->audit.time, &id);
	return e == OK ? audit_add(db, &w->audit) : e;
}

/* Two empty pages of one scan are the same picture. */
static bool is_again(const struct adding *w, const struct hash *hash)
{
	for (size_t i = 0; i < w->count; i++)
		if (hash_equal(&w->page[i].hash, hash))
			return true;
	return false;
}

/* What a file's pages are kept as; nothing is written down yet. */
static enum err keep_pages(struct visit *v, const struct draft *d, const struct form_field *file,
			   const struct picture_pages *pages, struct adding *w)
{
	struct hash original;
	enum err e = voucher_keep_original(v, d->place, file->value, file->len, &original);
	for (size_t i = 0; e == OK && i < pages->count; i++) {
		struct voucher_new *n = &w->page[w->count];
		hash_bytes(pages->page[i].bytes, pages->page[i].len, &n->hash);
		if (is_again(w, &n->hash))
			continue;
		n->original = original;
		e = voucher_keep(v, pages->page[i].bytes, pages->page[i].len, &n->kept);
		w->count++;
	}
	return e;
}

static void drop_kept(struct visit *v, const struct adding *w)
{
	struct db *db = township_read_begin(v->s->township);
	for (size_t i = 0; i < w->count; i++) {
		blobs_drop(db, v->s->office->folder, &w->page[i].kept);
		blobs_drop(db, v->s->office->folder, &w->page[i].original);
	}
	township_read_end(v->s->township);
}

/* The sentence for what was not taken; NULL: it was. */
static const char *add_file(struct visit *v, const struct draft *d, const char *row,
			    const struct form_field *file, char words[PICTURE_WORDS_MAX])
{
	struct picture_pages *pages = calloc(1, sizeof *pages);
	struct adding *w = calloc(1, sizeof *w);
	struct buf hold;
	buf_init(&hold, INTAKE_PAGES_ROOM);
	enum err e = pages == NULL || w == NULL ? ERR_FULL : OK;
	if (e == OK)
		e = intake_pages(v->s->programs, file->value, file->len, NULL, &hold, pages);
	snprintf(words, PICTURE_WORDS_MAX, "%s", pages == NULL ? "" : pages->refused);
	if (e == OK)
		e = keep_pages(v, d, file, pages, w);
	if (e == OK) {
		for (size_t i = 0; i < w->count; i++) {
			w->page[i].draft = d->id;
			w->page[i].staff = v->me.who.id;
			w->page[i].record = row;
		}
		w->audit = (struct audit_entry){
			.time = v->now, .staff = v->me.who.id, .kind = AUDIT_PAGES_ADDED};
		snprintf(w->audit.subject, sizeof w->audit.subject, "draft-%" PRId64, d->id);
		snprintf(w->audit.reason, sizeof w->audit.reason, "%s：%zu 张", row, w->count);
		e = writer_do(v->s->writer, add_all, w);
		if (e != OK)
			drop_kept(v, w);
	}
	if (e != OK && words[0] == 0)
		snprintf(words, PICTURE_WORDS_MAX, "%s",
			 e == ERR_REFUSED ? "这一张已经放上去了，或者这张表已经交出去了。"
			 : e == ERR_FULL    ? "一笔最多 20 张，一张表最多 600 "
					      "张；或者磁盘满了。这个文件没有放上去。"
			 : e == ERR_MISSING ? "这张表里没有这一行了。"
					    : "服务器正忙，这个文件没有放上去。请过一会儿再试。");
	buf_wipe(&hold);
	free(pages);
	free(w);
	return e == OK ? NULL : words;
}

static void not_taken(struct visit *v, const char *name, const char *words)
{
	html_raw(&v->h, "<li><b>");
	html_text(&v->h, name);
	html_raw(&v->h, "</b>：");
	html_text(&v->h, words);
	html_raw(&v->h, "</li>");
}

static void back_to(char out[160], int64_t draft, int64_t from, const char *row)
{
	/* Ids of rows hold what an accountant wrote; only a plain one becomes part of an address.
	 */
	bool plain = strspn(row, "0123456789abcdefghijklmnopqrstuvwxyz-.") == strlen(row);
	snprintf(out, 160, "/vouchers/%" PRId64 "?from=%" PRId64 "%s%s", draft, from,
		 plain && row[0] != 0 ? "#r-" : "", plain ? row : "");
}

static int64_t from_field(const struct visit *v)
{
	char text[16];
	int64_t from;
	return visit_field(v, "from", text, sizeof text) && text_number(text, strlen(text), &from)
		       ? from
		       : 0;
}

static void add_files(struct visit *v, const struct draft *d, const char *row)
{
	char back[160], words[PICTURE_WORDS_MAX];
	size_t files = 0, bad = 0;
	back_to(back, d->id, from_field(v), row);
	buf_clear(&v->h.b);
	visit_top(v, "有的文件没有放上去", NULL, "/drafts");
	html_raw(&v->h, "<section class=\"card trouble\" role=\"alert\"><ul>");
	for (size_t i = 0; i < v->form.count; i++) {
		const struct form_field *f = &v->form.field[i];
		if (strcmp(f->name, "file") != 0 || f->file_name[0] == 0)
			continue;
		files++;
		const char *why = add_file(v, d, row, f, words);
		if (why != NULL) {
			bad++;
			not_taken(v, f->file_name, why);
		}
	}
	html_raw(&v->h, "</ul><p>别的文件都放上去了。</p><p><a class=\"b\"");
	html_attr(&v->h, "href", back);
	html_raw(&v->h, ">返回</a></p></section>");
	if (files == 0)
		visit_say(v, 422, "没有选文件", "请先选照片或者 PDF。", back);
	else if (bad > 0)
		visit_send(v, 422);
	else
		visit_go(v, back, NULL);
}

void page_vouchers_add(struct visit *v)
{
	struct draft d;
	char row[RECORD_ID_MAX + 1];
	int64_t id;
	struct db *db = township_read_begin(v->s->township);
	enum err e = visit_number(v, &id) ? drafts_find(db, id, &d, NULL, NULL) : ERR_MISSING;
	township_read_end(v->s->township);
	if (e == OK && !access_covers(v->s->office->settings, &v->me.who, d.place))
		e = ERR_MISSING;
	if (e == OK && (d.state != DRAFT_UPLOADED || d.preparer != v->me.who.id))
		e = ERR_REFUSED;
	if (e == OK && (!visit_field(v, "row", row, sizeof row) || row[0] == 0))
		e = ERR_MISSING;
	if (e == OK)
		add_files(v, &d, row);
	else
		visit_trouble(v, e, "/drafts");
}

/* --- order --- */

struct moving {
	int64_t id, staff;
	enum voucher_move how;
};

static enum err move(struct db *db, void *self)
{
	const struct moving *m = self;
	return vouchers_move(db, m->id, m->staff, m->how);
}

static bool move_of(const char *text, enum voucher_move *out)
{
	static const char *const name[] = {
		[VOUCHER_UP] = "up", [VOUCHER_DOWN] = "down", [VOUCHER_REMOVE] = "remove"};
	for (size_t i = 0; i < sizeof name / sizeof name[0]; i++)
		if (strcmp(name[i], text) == 0) {
			*out = (enum voucher_move)i;
			return true;
		}
	return false;
}

void page_picture_move(struct visit *v)
{
	struct voucher page;
	struct draft d;
	struct moving m = {.staff = v->me.who.id};
	char how[16], back[160];
	enum err e = visit_number(v, &m.id) && visit_field(v, "do", how, sizeof how) &&
				     move_of(how, &m.how)
			     ? voucher_asked(v, m.id, &page, &d)
			     : ERR_MISSING;
	if (e == OK)
		e = writer_do(v->s->writer, move, &m);
	if (e != OK) {
		visit_trouble(v, e, "/drafts");
		return;
	}
	if (m.how == VOUCHER_REMOVE) {
		struct voucher_out gone = {.page = &page, .count = 1};
		voucher_clear_away(v, &gone);
	}
	back_to(back, d.id, from_field(v), page.record);
	visit_go(v, back, NULL);
}
