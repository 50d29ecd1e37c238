#include "app/pack/rows.h"

#include "app/base/clock.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* What happens in a village's books; amounts in yuan. `often` weighs the choice. */
static const struct kind {
	const char *item, *account, *summary, *party;
	int in, least, most, often, month; /* month 0: any */
} kinds[] = {
	{"rent", "501", "石榴园租金（%d 亩）", "示范石榴合作社", 1, 2400, 13000, 5, 0},
	{"rent", "501", "水塘承包款", "承包户 白某某", 1, 1800, 6000, 3, 0},
	{"rent", "501", "集体铺面租金", "铺面租户 李某某", 1, 900, 3600, 4, 0},
	{"rent", "501", "机动地发包收入", "承包户 普某某", 1, 600, 4200, 2, 0},
	{"land", "504", "征地补偿款（公路二期）", "蒙自市自然资源局", 1, 26000, 98000, 1, 4},
	{"land", "504", "青苗补偿款（水管线）", "蒙自市水务局", 1, 8000, 31000, 1, 8},
	{"grant", "503", "村级组织运转经费", "草坝镇财政所", 1, 8000, 12500, 3, 0},
	{"grant", "503", "森林生态效益补偿", "蒙自市林草局", 1, 3200, 9800, 1, 9},
	{"grant", "503", "一事一议财政奖补", "草坝镇财政所", 1, 15000, 38000, 1, 7},
	{"business", "501", "集体鱼塘卖鱼", "草坝农贸市场", 1, 1200, 5200, 2, 12},
	{"other_in", "504", "废旧水管变卖", "个体户 张某某", 1, 150, 900, 1, 0},
	{"works", "514", "机耕路铺砂石（水塘边那段）", "昆砼建筑有限公司", 0, 1800, 6900, 4, 0},
	{"works", "514", "租挖掘机清理灌溉沟 %d 天", "个体户 陈某某", 0, 1200, 4800, 4, 0},
	{"works", "514", "清塘运泥 %d 车", "个体户 李某某", 0, 320, 1240, 3, 0},
	{"works", "514", "修补水池和水管", "个体户 王某某", 0, 260, 2600, 4, 0},
	{"works", "514", "村内路灯更换 %d 盏", "红河照明经营部", 0, 480, 3200, 2, 0},
	{"wage", "513", "组长误工补贴", "按花名册发放", 0, 450, 900, 5, 0},
	{"wage", "513", "村务监督委员会误工补贴", "按花名册发放", 0, 300, 900, 3, 0},
	{"office", "513", "办公用纸和墨盒", "草坝镇文具店", 0, 80, 460, 4, 0},
	{"office", "513", "村委会电费", "蒙自供电局", 0, 120, 680, 5, 0},
	{"office", "513", "报刊订阅", "草坝邮政所", 0, 600, 1400, 1, 11},
	{"welfare", "514", "重阳节慰问老人", "七十岁以上老人 %d 人", 0, 1800, 5200, 1, 10},
	{"welfare", "514", "垃圾清运费", "草坝环卫公司", 0, 900, 2800, 4, 0},
	{"share", "511", "征地补偿款分给各户", "按分配方案发放", 0, 12000, 64000, 1, 5},
	{"share", "511", "集体收益分红", "按分配方案发放", 0, 6000, 24000, 1, 1},
	{"cost", "511", "石榴苗和农家肥", "蒙自农资站", 0, 700, 4200, 2, 3},
	{"tax", "512", "铺面房产税", "蒙自市税务局", 0, 90, 800, 1, 0},
};
enum { KINDS = sizeof kinds / sizeof kinds[0], NAMES = 6 };

static const char *const handlers[NAMES] = {"王*", "普*珍", "李*国", "白*", "张*明", "马*华"};

/* A small generator of our own, so that the rows are the same on every machine. */
struct dice {
	uint64_t state;
};

static uint32_t roll(struct dice *d, uint32_t n)
{
	d->state ^= d->state << 13;
	d->state ^= d->state >> 7;
	d->state ^= d->state << 17;
	return (uint32_t)((d->state >> 11) % n);
}

static struct dice dice_for(const char *place, int month)
{
	uint64_t h = UINT64_C(1469598103934665603);
	for (; *place != 0; place++)
		h = (h ^ (unsigned char)*place) * UINT64_C(1099511628211);
	h = (h ^ (uint64_t)month) * UINT64_C(1099511628211);
	return (struct dice){h | 1};
}

static const struct kind *choose(struct dice *d, int month)
{
	uint32_t total = 0;
	for (size_t i = 0; i < KINDS; i++)
		if (kinds[i].month == 0 || kinds[i].month == month)
			total += (uint32_t)kinds[i].often * (kinds[i].month != 0 ? 3 : 1);
	uint32_t at = roll(d, total);
	for (size_t i = 0; i < KINDS; i++) {
		if (kinds[i].month != 0 && kinds[i].month != month)
			continue;
		uint32_t weight = (uint32_t)kinds[i].often * (kinds[i].month != 0 ? 3 : 1);
		if (at < weight)
			return &kinds[i];
		at -= weight;
	}
	return &kinds[0];
}

/* Fills the one %d a text may have. */
static void with_number(const char *text, int number, char *out, size_t size)
{
	const char *mark = strstr(text, "%d");
	if (mark == NULL)
		snprintf(out, size, "%s", text);
	else
		snprintf(out, size, "%.*s%d%s", (int)(mark - text), text, number, mark + 2);
}

static void add_row(struct buf *b, struct dice *d, int day, unsigned number, bool group,
		    struct rows_sum *sum)
{
	const struct kind *k = choose(d, day / 100 % 100);
	char summary[160], party[120], date[11];
	int64_t fen = (int64_t)(k->least + (int)roll(d, (uint32_t)(k->most - k->least + 1))) * 100;
	if (group)
		fen /= 2;
	fen = fen / 1000 * 1000 + (roll(d, 5) == 0 ? (int64_t)roll(d, 100) * 10 : 0);
	with_number(k->summary, 2 + (int)roll(d, 28), summary, sizeof summary);
	with_number(k->party, 8 + (int)roll(d, 30), party, sizeof party);
	clock_day_text(day, date);
	/* Who handled a payment never approves it himself. */
	uint32_t handler = roll(d, NAMES), approver = (handler + 1 + roll(d, NAMES - 1)) % NAMES;
	uint32_t pages = roll(d, 12) == 0 ? 0 : 1 + roll(d, 4);
	buf_print(b,
		  "{\"id\":\"%d-%05u\",\"date\":\"%s\",\"voucher_no\":\"记-%04d-%02u\",\"account_"
		  "code\":\"%s\","
		  "\"coa_version\":\"2024\",\"direction\":\"%s\",\"amount_fen\":%" PRId64
		  ",\"payee_payer\":\"%s\","
		  "\"summary\":\"%s\",\"item\":\"%s\",\"handler\":\"%s\",\"approver\":\"%s\","
		  "\"attachment_count\":%u}\n",
		  day, number, date, day % 10000, number % 100 + 1, k->account,
		  k->in ? "in" : "out", fen, party, summary, k->item, handlers[handler],
		  handlers[approver], pages);
	if (k->in)
		sum->in_fen += fen;
	else
		sum->out_fen += fen;
}

static int days_in(int month)
{
	int32_t first = month * 100 + 1;
	int32_t next = month % 100 == 12 ? (month / 100 + 1) * 10000 + 101 : first + 100;
	return clock_days_between(first, next);
}

static void name_entry(struct sheet_entry *e, const char *template_id, uint32_t part)
{
	*e = (struct sheet_entry){.part = part, .version = 1};
	snprintf(e->template_id, sizeof e->template_id, "%s", template_id);
}

void sheets_drop(struct sheets *s)
{
	for (size_t i = 0; i < s->count; i++)
		buf_free(&s->sheet[i]);
	s->count = 0;
}

enum err rows_month(const struct place *place, int month, size_t rows, struct sheets *out,
		    struct rows_sum *sum)
{
	struct dice d = dice_for(place->id, month);
	size_t days = (size_t)days_in(month);
	for (size_t i = 0, part = 1; i < rows; part++) {
		if (out->count == SHEETS_ROOM)
			return ERR_FULL;
		struct buf *b = &out->sheet[out->count];
		struct sheet_entry *e = &out->entry[out->count++];
		buf_init(b, SHEET_BYTES_MAX);
		size_t end = i + SHEET_ROWS_MAX < rows ? i + SHEET_ROWS_MAX : rows;
		for (; i < end; i++)
			add_row(b, &d, month * 100 + 1 + (int)(i * days / rows), (unsigned)i,
				place->level == PLACE_GROUP, sum);
		name_entry(e, "ledger", (uint32_t)part);
		snprintf(e->period, sizeof e->period, "%04u-%02u", (unsigned)month / 100 % 10000,
			 (unsigned)month % 100);
		enum err err = buf_end(b) == OK ? sheet_measure(b->p, b->len, e) : ERR_FULL;
		if (err != OK)
			return err;
	}
	return OK;
}

enum err rows_balance(int year, int quarter, int64_t opening, const struct rows_sum *sum,
		      struct sheets *out)
{
	if (out->count == SHEETS_ROOM)
		return ERR_FULL;
	struct buf *sheet = &out->sheet[out->count];
	struct sheet_entry *entry = &out->entry[out->count++];
	int64_t cash = opening / 20, bank = opening - cash,
		closing = bank + sum->in_fen - sum->out_fen;
	buf_init(sheet, SHEET_BYTES_MAX);
	buf_print(sheet,
		  "{\"id\":\"101\",\"account_code\":\"101\",\"coa_version\":\"2024\",\"name\":"
		  "\"库存现金\",\"opening_fen\":%" PRId64
		  ",\"in_fen\":0,\"out_fen\":0,\"closing_fen\":%" PRId64 "}\n",
		  cash, cash);
	buf_print(sheet,
		  "{\"id\":\"102\",\"account_code\":\"102\",\"coa_version\":\"2024\",\"name\":"
		  "\"银行存款\",\"opening_fen\":%" PRId64 ",\"in_fen\":%" PRId64
		  ",\"out_fen\":%" PRId64 ",\"closing_fen\":%" PRId64 "}\n",
		  bank, sum->in_fen, sum->out_fen, closing);
	name_entry(entry, "fund_balance", 1);
	snprintf(entry->period, sizeof entry->period, "%04uQ%u", (unsigned)year % 10000,
		 (unsigned)quarter % 10);
	return buf_end(sheet) == OK ? sheet_measure(sheet->p, sheet->len, entry) : ERR_FULL;
}
