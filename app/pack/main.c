/* elutong-pack - keys, signed things, inspecting them, opening letters off the network, demo data.
 */
#include "app/base/clock.h"
#include "app/base/log.h"
#include "app/base/options.h"
#include "app/pack/clips.h"
#include "app/pack/demo.h"
#include "app/pack/example_case.h"
#include "app/pack/letters.h"
#include "app/pack/seed.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

static int32_t today_of(const char *text)
{
	int32_t day = clock_day(clock_now());
	if (text != NULL && !clock_day_parse(text, &day))
		return 0;
	return day;
}

static int run_seed(int argc, char **argv)
{
	const char *rows = "2000", *villages = "2", *months = "24", *out = NULL, *assets = NULL,
		   *today = NULL;
	bool groups = false, registers = false, example = false;
	char path[4096];
	long n_rows, n_villages, n_months;
	int code;
	const struct option_entry entry[] = {
		{"rows", "N", "ledger rows in all (default 2000)", &rows, NULL},
		{"villages", "V", "villages they are divided among (default 2)", &villages, NULL},
		{"months", "M", "months up to the last one (default 24)", &months, NULL},
		{"out", "DIR", "kiosk data folder to make", &out, NULL},
		{"groups", NULL, "villager groups have books too", NULL, &groups},
		{"registers", NULL, "with the rows of every other template", NULL, &registers},
		{"case", NULL, "an answered case, receipt " EXAMPLE_RECEIPT, NULL, &example},
		{"today", "DATE", "as if it were this day (2026-11-20)", &today, NULL},
		{"assets", "DIR", "folder of catalogue and lists", &assets, NULL},
	};
	const struct option_table table = {.usage = "seed --rows N --villages V --out DIR",
					   .entry = entry,
					   .entries = sizeof entry / sizeof entry[0]};
	if (!options_read(argc, argv, 2, &table, &code))
		return code;
	if (out == NULL || today_of(today) == 0 ||
	    !options_number("rows", rows, 1, 20000000, &n_rows) ||
	    !options_number("villages", villages, 1, 90, &n_villages) ||
	    !options_number("months", months, 1, 240, &n_months)) {
		fprintf(stderr, "elutong-pack seed: --out DIR is needed; try --help\n");
		return 2;
	}
	const struct seed_options o = {.out = out,
				       .assets = options_assets(assets, path),
				       .rows = (size_t)n_rows,
				       .villages = (size_t)n_villages,
				       .months = (int)n_months,
				       .today = today_of(today),
				       .groups = groups,
				       .registers = registers,
				       .example = example};
	return seed_kiosk(&o) == OK ? 0 : 1;
}

static int run_demo(int argc, char **argv)
{
	const char *out = NULL, *assets = NULL, *today = NULL, *server = "https://127.0.0.1:8443",
		   *rows = "1200", *villages = "2", *months = "24";
	char path[4096];
	long n_rows, n_villages, n_months;
	int code;
	const struct option_entry entry[] = {
		{"out", "DIR", "folder for township/, kiosk/ and offline/", &out, NULL},
		{"server", "URL", "where the kiosk finds the township", &server, NULL},
		{"rows", "N", "ledger rows in all (default 1200)", &rows, NULL},
		{"villages", "V", "invented villages, two groups each (default 2)", &villages,
		 NULL},
		{"months", "M", "months up to the last one (default 24)", &months, NULL},
		{"today", "DATE", "as if it were this day (2026-11-20)", &today, NULL},
		{"assets", "DIR", "folder of catalogue and lists", &assets, NULL},
	};
	const struct option_table table = {.usage = "demo --out DIR [--server URL]",
					   .entry = entry,
					   .entries = sizeof entry / sizeof entry[0]};
	if (!options_read(argc, argv, 2, &table, &code))
		return code;
	if (out == NULL || today_of(today) == 0 ||
	    !options_number("rows", rows, 1, 20000000, &n_rows) ||
	    !options_number("villages", villages, 1, 90, &n_villages) ||
	    !options_number("months", months, 1, 240, &n_months)) {
		fprintf(stderr, "elutong-pack demo: --out DIR is needed; try --help\n");
		return 2;
	}
	const struct demo_options o = {.out = out,
				       .assets = options_assets(assets, path),
				       .server = server,
				       .rows = (size_t)n_rows,
				       .villages = (size_t)n_villages,
				       .months = (int)n_months,
				       .today = today_of(today)};
	return demo_make(&o) == OK ? 0 : 1;
}

static int run_letters(int argc, char **argv)
{
	const char *data = NULL, *count = "1";
	struct letters_options o = {0};
	long n;
	int code;
	const struct option_entry entry[] = {
		{"data", "DIR", "data folder of a demo kiosk", &data, NULL},
		{"count", "N", "how many (default 1)", &count, NULL},
		{"quiet", NULL, "do not print the ids", NULL, &o.quiet},
	};
	const struct option_table table = {.usage = "letters --data DIR --count N",
					   .entry = entry,
					   .entries = sizeof entry / sizeof entry[0]};
	if (!options_read(argc, argv, 2, &table, &code))
		return code;
	if (data == NULL || !options_number("count", count, 1, 1000000, &n)) {
		fprintf(stderr, "elutong-pack letters: --data DIR is needed; try --help\n");
		return 2;
	}
	o.data = data;
	o.count = (size_t)n;
	return letters_make(&o) == OK ? 0 : 1;
}

static int run_clips(int argc, char **argv)
{
	const char *assets = NULL;
	char path[4096];
	int code;
	struct clips_options o = {0};
	const struct option_entry entry[] = {
		{"data", "DIR", "a kiosk's data folder: the names of its places are read, too",
		 &o.data, NULL},
		{"wav", "DIR", "folder of recordings, each named by the list: makes a pack", &o.wav,
		 NULL},
		{"language", "ID", "zh for Mandarin, or letters of the language (ii, hmn)",
		 &o.language, NULL},
		{"name", "NAME", "the language's own name", &o.name, NULL},
		{"chinese", "NAME", "its Chinese name", &o.chinese, NULL},
		{"out", "FILE", "the pack, NAME.tar.zst", &o.out, NULL},
		{"assets", "DIR", "folder of catalogue and lists", &assets, NULL},
	};
	const struct option_table table = {.usage = "clips [--wav DIR --out FILE ...]",
					   .entry = entry,
					   .entries = sizeof entry / sizeof entry[0]};
	if (!options_read(argc, argv, 2, &table, &code))
		return code;
	o.assets = options_assets(assets, path);
	enum err e = clips_make(&o);
	return e == OK ? 0 : e == ERR_REFUSED ? 2 : 1;
}

int main(int argc, char **argv)
{
	static const struct {
		const char *name;
		int (*run)(int, char **);
		const char *help;
	} command[] = {
		{"seed", run_seed, "a kiosk's data folder of any size"},
		{"demo", run_demo, "a township with its staff and books, and a kiosk to enrol"},
		{"letters", run_letters, "invented letters into a demo kiosk's queue"},
		{"clips", run_clips, "the list of what to record, or a pack of recordings"}};
	log_name("elutong-pack");
	umask(0007);
	if (sign_start() != SYNC_OK)
		return 1;
	for (size_t i = 0; i < sizeof command / sizeof command[0]; i++)
		if (argc > 1 && strcmp(argv[1], command[i].name) == 0)
			return command[i].run(argc, argv);
	if (argc > 1 && strcmp(argv[1], "--version") == 0) {
		printf("elutong-pack %s\n", ELUTONG_VERSION);
		return 0;
	}
	printf("usage: elutong-pack COMMAND [--help]\n");
	for (size_t i = 0; i < sizeof command / sizeof command[0]; i++)
		printf("  %-10s %s\n", command[i].name, command[i].help);
	return argc > 1 && strcmp(argv[1], "--help") == 0 ? 0 : 2;
}
