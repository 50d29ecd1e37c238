/* picture_bench.c - a voucher of the largest size there may be: from the finger to the glass, moved
 * by the finger, and what it takes of the memory.
 *
 * picture_bench DATA, a kiosk's data folder of its own: a picture is put into it. */
#include "app/base/log.h"
#include "app/base/text.h"
#include "app/kiosk/kiosk.h"
#include "app/store/kiosk/album.h"
#include "tests/bench/bench.h"

#include <SDL2/SDL.h>
#include <SDL2/SDL_image.h>
#include <string.h>

enum { ROUNDS = 15, MOVES = 120, SIDE = PAGE_SIDE_MAX, PIXEL = 3 };

static struct {
	enum { AT_LINE, PRESSED, OPENING, ZOOMED, MOVING } step;
	int rounds, polls, moves, x, y;
	double from, opened[ROUNDS], moved[MOVES], worst;
	struct hash hash;
	long pss;
} b;

/* Lines like those of a scanned paper; nearly as many bytes as there may be. */
static void put_picture(const char *data)
{
	static unsigned char jpeg[PAGE_BYTES_MAX];
	SDL_Surface *s = SDL_CreateRGBSurfaceWithFormat(0, SIDE, SIDE, 24, SDL_PIXELFORMAT_RGB24);
	SDL_RWops *to = SDL_RWFromMem(jpeg, sizeof jpeg);
	unsigned dice = 12345;
	if (s == NULL || to == NULL)
		exit(1);
	for (int y = 0; y < SIDE; y++)
		for (int x = 0; x < SIDE; x++) {
			dice = dice * 1103515245u + 12345u;
			bool ink = y % 56 > 20 && y % 56 < 44 && (x / 9 * 7 + y / 7 * 5) % 11 < 4;
			int grey = (ink ? 60 : 236) + (int)(dice >> 29);
			memset((unsigned char *)s->pixels + y * s->pitch + x * PIXEL, grey, PIXEL);
		}
	if (IMG_SaveJPG_RW(s, to, 0, 20) != 0)
		exit(1);
	size_t len = (size_t)SDL_RWtell(to);
	SDL_RWclose(to);
	SDL_FreeSurface(s);
	hash_bytes(jpeg, len, &b.hash);
	if (album_put(data, &b.hash, jpeg, len) != OK)
		exit(1);
	printf("# a picture of %d x %d, %zu bytes\n", SIDE, SIDE, len);
}

/* A row that names it, as if it had been opened from the ledger. */
static void look_at_row(struct kiosk *k)
{
	char hex[2 * HASH_BYTES + 1];
	text_hex(b.hash.b, HASH_BYTES, hex);
	snprintf(k->row_line, sizeof k->row_line,
		 "{\"id\":\"1\",\"date\":\"2026-10-24\",\"account_code\":\"514\",\"coa_version\":"
		 "\"2024\",\"direction\":\"out\",\"amount_fen\":480000,\"payee_payer\":\"陈某某\","
		 "\"summary\":\"租挖掘机清理灌溉沟\",\"attach\":[\"%s\"]}",
		 hex);
	snprintf(k->row_sheet.entry.template_id, sizeof k->row_sheet.entry.template_id, "ledger");
	if (record_read(catalogue_find(k->catalogue, "ledger"), k->row_line, strlen(k->row_line),
			&k->row) != OK)
		exit(1);
	k->have_row = true;
	kiosk_replace(k, SCREEN_LINE);
}

static void push(struct kiosk *k, enum ui_event_kind kind, int x, int y)
{
	const struct ui_event e = {.kind = kind, .x = x, .y = y};
	ui_window_push(k->window, &e);
}

static bool find(const struct kiosk *k, const char *id)
{
	const struct ui_list *l = &k->ui.list;
	for (size_t i = 0; i < l->targets; i++)
		if (l->target[i].id_len == strlen(id) &&
		    memcmp(l->text + l->target[i].id_at, id, strlen(id)) == 0) {
			b.x = l->target[i].rect.x + l->target[i].rect.w / 2;
			b.y = l->target[i].rect.y + l->target[i].rect.h / 2;
			return true;
		}
	return false;
}

static void step_to(int step)
{
	b.step = step;
	b.polls = 0;
	b.from = bench_ms();
}

static bool open_now(const struct kiosk *k)
{
	return k->at == SCREEN_VOUCHER && k->voucher.state == VOUCHER_SHOWN && !k->redraw;
}

static void move_on(struct kiosk *k)
{
	if (b.moves > 0)
		b.moved[b.moves - 1] = bench_ms() - b.from;
	if (b.moves == MOVES) {
		k->running = false;
		return;
	}
	b.y += b.moves % 60 < 30 ? -9 : 9;
	b.x += b.moves % 40 < 20 ? -7 : 7;
	b.moves++;
	push(k, UI_EVENT_MOVE, b.x, b.y);
	step_to(MOVING);
}

static int poll_driver(void *self, struct kiosk *k)
{
	(void)self;
	b.polls++;
	switch (b.step) {
	case AT_LINE:
		if (b.polls == 1)
			look_at_row(k);
		/* A second tap within a quarter of a second would be one. */
		if (b.polls < 75 || k->redraw || !find(k, "line.see"))
			return 4;
		push(k, UI_EVENT_DOWN, b.x, b.y);
		step_to(PRESSED);
		break;
	case PRESSED:
		if (bench_ms() - b.from < 20) /* a short touch */
			break;
		push(k, UI_EVENT_UP, b.x, b.y);
		b.step = OPENING;
		break;
	case OPENING:
		if (!open_now(k))
			break;
		b.opened[b.rounds] = bench_ms() - b.from;
		b.pss = bench_pss_kib();
		if (++b.rounds < ROUNDS) {
			step_to(AT_LINE);
			break;
		}
		k->voucher.zoom = 150; /* more of the picture has to be looked at than at 300 */
		k->redraw = true;
		step_to(ZOOMED);
		break;
	case ZOOMED:
		if (b.polls < 3 || k->redraw)
			break;
		b.x = 400;
		b.y = 500;
		push(k, UI_EVENT_DOWN, b.x, b.y);
		step_to(MOVING);
		break;
	case MOVING:
		if (b.polls >= 2 && !k->redraw)
			move_on(k);
		break;
	default:
		break;
	}
	return 0;
}

int main(int argc, char **argv)
{
	log_to("/dev/null");
	if (argc < 2)
		return 2;
	setenv("SDL_VIDEODRIVER", "dummy", 0);
	struct kiosk *k;
	const struct kiosk_driver d = {.poll = poll_driver};
	const struct kiosk_options o = {.data = argv[1], .assets = "assets", .w = 1920, .h = 1080};
	put_picture(argv[1]);
	if (sign_start() != SYNC_OK || kiosk_open(&o, &d, &k) != OK)
		return 1;
	(void)kiosk_run(k);
	bench_say("tap_to_voucher_median", bench_part(b.opened, ROUNDS, 0.5), "ms", 250);
	bench_say("voucher_moved_frame_median", bench_part(b.moved, MOVES, 0.5), "ms", 16);
	bench_say("voucher_moved_frame_p99", bench_part(b.moved, MOVES, 0.99), "ms", 33);
	bench_say("memory_pss_voucher_open", (double)b.pss / 1024, "MB", 64);
	kiosk_close(k);
	return 0;
}
