#include "app/kiosk/project.h"

#include "app/base/clock.h"
#include "app/base/text.h"
#include "app/kiosk/facts.h"
#include "app/kiosk/list_row.h"
#include "app/kiosk/page.h"
#include "app/kiosk/screens.h"
#include "app/kiosk/source.h"
#include "app/village/money.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { STAGES_MAX = 8 };
const char project_template[] = "project";

/* --- which one --- */

static const struct catalogue_template *template_of(struct kiosk *k)
{
	return catalogue_find(k->catalogue, project_template);
}

/* False when nothing is public, or not yet checked. */
static bool find(struct kiosk *k, struct project *out)
{
	struct roll_row row;
	*out = (struct project){.count = roll_count(k->roll, template_of(k))};
	if (out->count == 0)
		return false;
	/* Where a list was checked further, the same project stands at another place. */
	for (size_t i = 0; roll_row(k->roll, template_of(k), i, &row); i++)
		if (strcmp(row.record->id, k->project_row) == 0 &&
		    strcmp(row.sheet->entry.period, k->project_period) == 0)
			out->number = i;
	if (!roll_row(k->roll, template_of(k), out->number, &row))
		return false;
	out->rows = roll_story(k->roll, &row, out->row, PROJECT_ROWS);
	return out->rows > 0;
}

static void look_at(struct kiosk *k, const struct roll_row *row)
{
	snprintf(k->project_row, sizeof k->project_row, "%s", row->record->id);
	snprintf(k->project_period, sizeof k->project_period, "%s", row->sheet->entry.period);
	k->project_from = SIZE_MAX; /* the newest pictures */
	project_rest(k);
	k->redraw = true;
}

/* --- what it says --- */

static bool number_of(const struct roll_row *row, const char *field, int64_t *out)
{
	struct buf b;
	buf_init(&b, 64);
	bool there =
		catalogue_field(row->template, field) >= 0 &&
		record_field(row->template, row->record->line, row->record->line_len, field, &b) &&
		money_parse(buf_str(&b), b.len, out) == OK;
	buf_free(&b);
	return there;
}

/* Text of a field as it is shown, in room of its own; "" when there is none. */
static const char *words_of(struct kiosk *k, const struct roll_row *row, const char *field,
			    char out[256])
{
	struct buf b;
	int at = catalogue_field(row->template, field);
	buf_init(&b, RECORD_LINE_MAX);
	out[0] = 0;
	if (at >= 0 && fact_text(k, row->template, row->record, at, &b))
		text_copy(out, 256, buf_str(&b), b.len);
	buf_free(&b);
	return out;
}

static int32_t day_of(const struct roll_row *row, const char *field)
{
	struct buf b;
	int32_t day = 0;
	buf_init(&b, 64);
	if (!record_field(row->template, row->record->line, row->record->line_len, field, &b) ||
	    !clock_day_parse(buf_str(&b), &day))
		day = 0;
	buf_free(&b);
	return day;
}

static const char *stage_words(const struct kiosk *k, const struct field *f, int at)
{
	static const struct {
		const char *id;
		enum word word;
	} known[] = {{"plan", W_project_plan},         {"tender", W_project_tender},
		     {"building", W_project_building}, {"check", W_project_check},
		     {"audit", W_project_audit},       {"done", W_project_done}};
	for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
		if (strcmp(f->choice[at], known[i].id) == 0)
			return kiosk_word(k, known[i].word);
	return f->choice_label[at];
}

/* Which of the template's stages a row is in; -1: none. */
static int stage_of(const struct roll_row *row)
{
	const struct catalogue_template *t = row->template;
	struct buf b;
	int found = -1;
	if (t->state_field < 0)
		return -1;
	const struct field *f = &t->field[t->state_field];
	buf_init(&b, 256);
	if (record_field(t, row->record->line, row->record->line_len, f->id, &b))
		for (int i = 0; f->choice[i] != NULL; i++)
			if (strcmp(f->choice_label[i], buf_str(&b)) == 0)
				found = i;
	buf_free(&b);
	return found;
}

const char *project_stage(const struct kiosk *k, const struct roll_row *row)
{
	int at = stage_of(row);
	return at < 0 ? "" : stage_words(k, &row->template->field[row->template->state_field], at);
}

/* --- progress --- */

/* Whether there is still something to build: up to the stage before the check. */
static bool is_building(const struct roll_row *row)
{
	int at = stage_of(row);
	const struct field *f = &row->template->field[row->template->state_field];
	return at >= 0 && strcmp(f->choice[at], "check") != 0 &&
	       strcmp(f->choice[at], "audit") != 0 && strcmp(f->choice[at], "done") != 0;
}

/* 离计划完工还有 30 天, said only while it is being built: how late a finished one was nobody wrote
 * down. */
static const char *pace(struct kiosk *k, const struct roll_row *row, bool *late)
{
	char days[16];
	int32_t planned = day_of(row, "planned_finish");
	*late = false;
	if (planned == 0 || !is_building(row))
		return "";
	int left = clock_days_between(kiosk_today(k), planned);
	*late = left < 0;
	snprintf(days, sizeof days, "%d", left < 0 ? -left : left);
	return words_fill(k->lang, left < 0 ? W_project_late : W_project_left,
			  (const struct word_arg[]){{"n", days}, {NULL, NULL}});
}

static const char *stage_day(struct kiosk *k, const struct roll_row *row, const struct field *f,
			     int i, int now)
{
	int32_t day = strcmp(f->choice[i], "building") == 0 ? day_of(row, "start") : 0;
	if (i == now)
		return kiosk_word(k, strcmp(f->choice[i], "done") == 0 ? W_project_there
								       : W_project_now);
	if (day != 0)
		return words_day(k->lang, day);
	int32_t planned = strcmp(f->choice[i], "check") == 0 ? day_of(row, "planned_finish") : 0;
	if (planned == 0 || i < now)
		return "";
	return words_fill(
		k->lang, W_project_by,
		(const struct word_arg[]){{"day", words_day(k->lang, planned)}, {NULL, NULL}});
}

static void stage_dot(struct ui *u, int x, int y, int i, int now, bool last)
{
	static const struct ui_color none = {0};
	enum { DOT = 56 };
	if (i < now || (i == now && last)) {
		ui_dot_done(u, x - DOT / 2, y, DOT, "check");
		return;
	}
	struct ui_rect r = {x - DOT / 2, y, DOT, DOT};
	bool current = i == now;
	ui_list_box(&u->list, r, DOT / 2, current ? UI_SUN : UI_WHITE, 4,
		    current ? UI_SUN_D : UI_EDGE);
	if (current)
		ui_list_icon(&u->list, ui_rect_inset(r, 11), "project", UI_SUN_INK, none, 40);
}

/* Which step it is at, of how many. */
static void stages_note(struct kiosk *k, struct ui_rect r, const struct field *f, int now, int n)
{
	char at[12], all[12];
	snprintf(at, sizeof at, "%d", now + 1);
	snprintf(all, sizeof all, "%d", n);
	ui_list_note(&k->ui.list, r,
		     words_fill(k->lang, W_say_stage,
				(const struct word_arg[]){{"stage", stage_words(k, f, now)},
							  {"n", at},
							  {"all", all},
							  {NULL, NULL}}));
}

/* Dots on a line, what each is called, when. Gives its height. */
static int stages(struct kiosk *k, struct ui *u, struct ui_rect r, const struct roll_row *row)
{
	const struct field *f = row->template->state_field < 0
					? NULL
					: &row->template->field[row->template->state_field];
	int now = stage_of(row), n = 0, px = ui_px(u, UI_CAPTION) + 2, small = ui_px(u, UI_CAPTION);
	while (f != NULL && f->choice[n] != NULL && n < STAGES_MAX)
		n++;
	if (n == 0 || now < 0)
		return 0;
	int w = r.w / n, label_h = px * 135 / 100, day_h = small * 135 / 100;
	bool days = u->size == UI_STANDARD;
	stages_note(k, (struct ui_rect){r.x, r.y, r.w, 62 + label_h + (days ? day_h : 0)}, f, now,
		    n);
	for (int i = 1; i < n; i++)
		ui_list_fill(&u->list, (struct ui_rect){r.x + (i - 1) * w + w / 2, r.y + 26, w, 5},
			     i <= now ? UI_PINE : UI_LINE);
	for (int i = 0; i < n; i++) {
		int x = r.x + i * w;
		stage_dot(u, x + w / 2, r.y, i, now, i == n - 1);
		ui_label(u, (struct ui_rect){x, r.y + 62, w, label_h},
			 ui_pen(i <= now ? UI_BOLD : UI_REGULAR, px, UI_INK), UI_CENTER,
			 stage_words(k, f, i));
		if (days)
			ui_label(u, (struct ui_rect){x, r.y + 62 + label_h, w, day_h},
				 ui_pen(UI_REGULAR, small, UI_INK2), UI_CENTER,
				 stage_day(k, row, f, i, now));
	}
	return 62 + label_h + (days ? day_h : 0);
}

/* 修好了 65% and the bar. */
static int done(struct kiosk *k, struct ui *u, struct ui_rect r, const struct roll_row *row)
{
	char text[16];
	int64_t hundredths;
	int px = ui_px(u, UI_BODY), number = ui_px(u, UI_NUMBER) - 4;
	bool late;
	const char *words = pace(k, row, &late);
	if (!number_of(row, "percent_done", &hundredths))
		return 0;
	int percent = hundredths < 0 ? 0 : hundredths > 10000 ? 100 : (int)(hundredths / 100);
	snprintf(text, sizeof text, "%d%%", percent);
	const char *label = kiosk_word(k, W_project_built);
	int label_w = ui_label_width(UI_REGULAR, px, label) + 20, h = number * 12 / 10;
	ui_label(u, (struct ui_rect){r.x, r.y, label_w, h}, ui_pen(UI_REGULAR, px, UI_INK), UI_LEFT,
		 label);
	ui_label(u, (struct ui_rect){r.x + label_w, r.y, 260, h},
		 ui_pen(UI_BOLD, number, UI_PINE_D), UI_LEFT, text);
	int pill_w = words[0] == 0 ? 0 : ui_pill_width(u, words), y = r.y + h + 4;
	if (pill_w > 0 && label_w + 260 + pill_w <= r.w)
		ui_pill(u, r.x + r.w - pill_w, r.y + (h - 56) / 2, 56,
			late ? UI_PILL_DANGER : UI_PILL_PINE, words);
	else if (pill_w > 0) {
		ui_pill(u, r.x, y, 56, late ? UI_PILL_DANGER : UI_PILL_PINE, words);
		y += 68;
	}
	ui_list_box(&u->list, (struct ui_rect){r.x, y, r.w, 40}, 20, UI_PAPER2, 0, UI_LINE);
	int w = r.w * percent / 100;
	if (percent > 0)
		ui_list_box(&u->list, (struct ui_rect){r.x, y, w < 40 ? 40 : w, 40}, 20, UI_PINE, 0,
			    UI_PINE);
	return y + 40 + 18 - r.y;
}

/* Gives its height. */
static int progress(struct kiosk *k, struct ui *u, struct ui_rect r, const struct roll_row *row)
{
	enum { PAD = 36, TOP = 18 };
	/* The card is drawn first and its height known last: it is as high as its parts. */
	int number = (ui_px(u, UI_NUMBER) - 4) * 12 / 10, px = ui_px(u, UI_CAPTION);
	bool late;
	const char *words = pace(k, row, &late);
	int label_w =
		ui_label_width(UI_REGULAR, ui_px(u, UI_BODY), kiosk_word(k, W_project_built)) + 20;
	bool below = words[0] != 0 && label_w + 260 + ui_pill_width(u, words) > r.w - 2 * PAD;
	int64_t any;
	int h = TOP + 20 + 62 + (px + 2) * 135 / 100 +
		(u->size == UI_STANDARD ? px * 135 / 100 : 0);
	if (number_of(row, "percent_done", &any))
		h += number + 4 + (below ? 68 : 0) + 58;
	struct ui_rect card = {r.x, r.y, r.w, h};
	ui_card(u, card, UI_CARD);
	struct ui_rect in = {card.x + PAD, card.y + TOP, card.w - 2 * PAD, 0};
	in.y += done(k, u, in, row);
	stages(k, u, in, row);
	return h;
}

/* --- money and people --- */

struct sum {
	enum word label;
	int64_t fen;
};

static void add_sum(const struct roll_row *row, enum word label, const char *field, struct sum *out,
		    size_t *n)
{
	int64_t fen;
	if (number_of(row, field, &fen) && fen != 0)
		out[(*n)++] = (struct sum){label, fen};
}

/* What matters most first: where there is little room the last ones are left out. */
static size_t sums_of(const struct roll_row *row, struct sum out[8])
{
	static const char *const above[] = {"central_fen", "prov_fen", "county_fen"};
	int64_t fen, from_above = 0;
	size_t n = 0;
	add_sum(row, W_project_budget, "budget_fen", out, &n);
	add_sum(row, W_project_contract, "contract_fen", out, &n);
	add_sum(row, W_project_paid, "paid_fen", out, &n);
	for (size_t i = 0; i < sizeof above / sizeof above[0]; i++)
		from_above += number_of(row, above[i], &fen) ? fen : 0;
	if (from_above != 0)
		out[n++] = (struct sum){W_project_above, from_above};
	add_sum(row, W_project_village, "village_fen", out, &n);
	add_sum(row, W_project_loan, "loan_fen", out, &n);
	add_sum(row, W_project_final, "final_account_fen", out, &n);
	return n;
}

/* Two decimals where one would round. */
static const char *sum_words(const struct kiosk *k, int64_t fen)
{
	enum { TENTH_FEN = 100000 };
	char text[MONEY_TEXT];
	return words_fill(
		k->lang, W_project_wan,
		(const struct word_arg[]){{"n", money_wan(fen, fen % TENTH_FEN == 0 ? 1 : 2, text)},
					  {NULL, NULL}});
}

/* 施工：… 监督：…, as many as fit above `bottom`. */
static int people(struct kiosk *k, struct ui *u, struct ui_rect r, const struct roll_row *row,
		  int bottom)
{
	static const struct {
		enum word label;
		const char *field;
	} who[] = {{W_project_builder, "winner"},
		   {W_project_supervisor, "supervisor"},
		   {W_project_designer, "designer"},
		   {W_project_owner, "owner"}};
	int px = ui_px(u, UI_BODY) - 2, y = r.y;
	for (size_t i = 0; i < sizeof who / sizeof who[0]; i++) {
		char name[256];
		if (words_of(k, row, who[i].field, name)[0] == 0)
			continue;
		const char *line =
			words_fill(k->lang, W_project_who,
				   (const struct word_arg[]){{"what", kiosk_word(k, who[i].label)},
							     {"who", name},
							     {NULL, NULL}});
		int h = ui_words_height(UI_REGULAR, px, r.w, 145, line);
		if (y + h > bottom)
			break;
		ui_words(u, (struct ui_rect){r.x, y, r.w, h}, ui_pen(UI_REGULAR, px, UI_INK), 145,
			 UI_LEFT, line);
		y += h;
	}
	return y;
}

static void money(struct kiosk *k, struct ui *u, struct ui_rect card, const struct roll_row *row)
{
	enum { PAD = 34 };
	struct sum sum[8];
	size_t n = sums_of(row, sum);
	int px = ui_px(u, UI_BODY), head_px = ui_px(u, UI_H3) - 2, head_h = head_px * 135 / 100;
	int columns = u->portrait ? 2 : 1, gap = 48, row_h = px * 2;
	int w = (card.w - 2 * PAD - gap * (columns - 1)) / columns, bottom = card.y + card.h - 16;
	int y = card.y + 18, x = card.x + PAD;
	ui_card(u, card, UI_CARD);
	ui_label(u, (struct ui_rect){x, y, card.w - 2 * PAD, head_h},
		 ui_pen(UI_TITLE, head_px, UI_INK), UI_LEFT, kiosk_word(k, W_project_money));
	y += head_h;
	for (size_t i = 0; i < n && y + row_h <= bottom; i++) {
		const char *amount = sum_words(k, sum[i].fen);
		struct ui_rect r = {x + (int)(i % (size_t)columns) * (w + gap), y, w, row_h};
		ui_label(u, r, ui_pen(UI_REGULAR, px, UI_INK2), UI_LEFT,
			 kiosk_word(k, sum[i].label));
		ui_label(u, r, ui_pen(UI_BOLD, px, UI_INK), UI_RIGHT, amount);
		ui_list_fill(&u->list, (struct ui_rect){r.x, r.y + row_h - 2, w, 2}, UI_LINE);
		if ((int)(i % (size_t)columns) == columns - 1 || i == n - 1)
			y += row_h;
	}
	if (y + 14 + head_h + px * 15 / 10 > bottom)
		return;
	ui_label(u, (struct ui_rect){x, y + 14, card.w - 2 * PAD, head_h},
		 ui_pen(UI_TITLE, head_px, UI_INK), UI_LEFT, kiosk_word(k, W_project_people));
	people(k, u, (struct ui_rect){x, y + 14 + head_h, card.w - 2 * PAD, 0}, row, bottom);
}

/* --- the page --- */

/* An empty card needs no room. */
static int pictures_h(const struct ui *u, const struct project *p, int rest)
{
	for (size_t i = 0; i < p->rows; i++)
		if (p->row[i].record->attach_count > 0)
			return rest * 50 / 100;
	return 48 + ui_px(u, UI_H3) * 13 / 10 + 12 + ui_px(u, UI_BODY) * 2;
}

static int head(struct kiosk *k, struct ui *u, struct ui_rect c, const struct project *p)
{
	char n[24], all[24];
	int px = ui_px(u, UI_H2), small = ui_px(u, UI_CAPTION);
	int seg = u->portrait ? 0 : page_places_width(k, u, false) + 32, w = c.w - 114 - seg;
	const struct roll_row *now = &p->row[p->rows - 1];
	const char *title = now->record->title, *quarter = project_quarter(k, now);
	if (!u->portrait && ui_label_width(UI_TITLE, px, title) > w) {
		seg = page_places_width(k, u, true) + 32;
		w = c.w - 114 - seg;
	}
	int title_h = ui_words_height(UI_TITLE, px, w, 115, title);
	snprintf(n, sizeof n, "%zu", p->number + 1);
	snprintf(all, sizeof all, "%zu", p->count);
	ui_plate(u, (struct ui_rect){c.x, c.y + 20, 88, 88}, UI_SUN_T, "project", 60);
	ui_words(u, (struct ui_rect){c.x + 114, c.y + 14, w, title_h}, ui_pen(UI_TITLE, px, UI_INK),
		 115, UI_LEFT, title);
	const struct word_arg which[] = {{"what", kiosk_word(k, W_col_project)},
					 {"n", n},
					 {"all", all},
					 {"quarter", quarter},
					 {"day", words_day(k->lang, now->sheet->day)},
					 {NULL, NULL}};
	struct ui_rect sub = {c.x + 114, c.y + 16 + title_h, w, small * 14 / 10};
	ui_list_note(&u->list, sub, words_fill(k->lang, W_say_project, which));
	/* No date is cut: what does not fit is left out, the foot of the page says the day, too. */
	struct buf whole;
	buf_init(&whole, 512);
	ui_label_cut(u, sub, ui_pen(UI_REGULAR, small, UI_INK2), UI_LEFT,
		     list_facts(UI_REGULAR, small, w, words_fill(k->lang, W_project_number, which),
				&whole));
	buf_free(&whole);
	if (seg > 0)
		page_places(k, u, (struct ui_rect){c.x + c.w - seg + 32, c.y + 18, seg - 32, 96});
	int y = c.y + 16 + title_h + small * 14 / 10 + 14;
	return y < c.y + 126 ? c.y + 126 : y;
}

static void see_all(struct kiosk *k, struct ui *u, struct ui_rect r, const struct project *p)
{
	if (ui_button(u, r, "project.all", UI_BUTTON_OUTLINE,
		      ui_caption("list", kiosk_word(k, W_project_all), NULL)))
		entry_show(k, &p->row[p->rows - 1]);
}

static void turn(struct kiosk *k, struct ui *u, const struct project *p)
{
	struct roll_row row;
	struct ui_bar_button b[3] = {[2] = {.id = "project.ask",
					    .icon = "help",
					    .label = kiosk_word(k, W_project_ask),
					    .kind = UI_BUTTON_SUN,
					    .right = true}};
	page_turners(k, (int)p->number, (int)p->count, UI_BUTTON_PLAIN, b);
	b[0].label = kiosk_word(k, W_project_prev);
	b[1].label = kiosk_word(k, W_project_next);
	b[0].icon_only_ok = b[1].icon_only_ok = true;
	int flags = PAGE_BACK | PAGE_HOME | (u->portrait ? 0 : PAGE_SIZE);
	const char *hit = p->count > 1 ? page_bar(k, u, flags, b, 3)
				       : page_bar(k, u, flags | PAGE_SIZE, b + 2, 1);
	if (strcmp(hit, "project.ask") == 0) {
		entry_take(k, &p->row[p->rows - 1]);
		file_begin(k, true);
	} else if (page_turned(hit) != 0 &&
		   roll_row(k->roll, template_of(k),
			    page_turned(hit) > 0 ? p->number + 1 : p->number - 1, &row)) {
		look_at(k, &row);
	}
}

void project_open(struct kiosk *k, const struct roll_row *row)
{
	look_at(k, row);
	kiosk_go(k, SCREEN_PROJECT);
}

void project_draw(struct kiosk *k, struct ui *u)
{
	static struct project p;
	struct ui_rect c = ui_content(u, page_top(k, u));
	if (k->roll != NULL)
		roll_select(k->roll, k->place, project_template, NULL);
	if (k->roll == NULL || !find(k, &p)) {
		if (k->roll != NULL && roll_waiting(k->roll))
			page_bar(k, u, PAGE_BACK | PAGE_HOME, NULL, 0);
		else
			kiosk_back(k);
		return;
	}
	const struct roll_row *now = &p.row[p.rows - 1];
	c.h -= 4;
	c = source_foot(k, u, c, roll_shelf(k->roll), now->sheet->publication);
	int y = head(k, u, c, &p), gap = 20, bottom = c.y + c.h - 12;
	if (u->portrait) {
		y += progress(k, u, (struct ui_rect){c.x, y, c.w, 0}, now) + gap;
		int rest = bottom - y - 96 - 2 * gap, h = pictures_h(u, &p, rest);
		struct ui_rect card = {c.x, y, c.w, h};
		ui_card(u, card, UI_CARD);
		project_pictures(k, u, ui_rect_inset(card, 24), &p);
		money(k, u, (struct ui_rect){c.x, y + h + gap, c.w, rest - h}, now);
		see_all(k, u, (struct ui_rect){c.x, bottom - 96, c.w, 96}, &p);
	} else {
		int right = 600, w = c.w - right - 32, top = y;
		y += progress(k, u, (struct ui_rect){c.x, y, w, 0}, now) + gap;
		struct ui_rect card = {c.x, y, w, bottom - y};
		ui_card(u, card, UI_CARD);
		project_pictures(
			k, u, (struct ui_rect){card.x + 28, card.y + 14, card.w - 56, card.h - 28},
			&p);
		money(k, u, (struct ui_rect){c.x + w + 32, top, right, bottom - 96 - gap - top},
		      now);
		see_all(k, u, (struct ui_rect){c.x + w + 32, bottom - 96, right, 96}, &p);
	}
	turn(k, u, &p);
}
