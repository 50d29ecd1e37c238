/* options.h - what stands on the command line, read the same way by every program.
 *
 * Long options only: --name VALUE or --name=VALUE, flags without a value. --help and --version are
 * everywhere and end the program. */
#pragma once
#include <stdbool.h>
#include <stddef.h>

struct option_entry {
	const char *name;  /* without the dashes */
	const char *value; /* what stands for the value in the help; NULL: a flag */
	const char *help;
	const char **text; /* where the value goes */
	bool *flag;        /* where a flag goes */
};

struct option_table {
	const char *usage; /* what follows the program's name in the help */
	const struct option_entry *entry;
	size_t entries;
	const char **
		word; /* where the one word that is no option goes; NULL: such words are mistakes */
};

/* Reads argv[from ...]. True when the program goes on; otherwise it should end with *exit_code
 * (help and version are printed, a mistake is named on standard error). */
bool options_read(int argc, char **argv, int from, const struct option_table *table,
		  int *exit_code);

/* A whole number in least..most, or false with the mistake named on standard error. */
bool options_number(const char *name, const char *text, long least, long most, long *out);

/* The folder of assets: --assets, else beside the build tree the program stands in, else beside the
 * installed program (PREFIX/lib/elutong/PROGRAM has PREFIX/share/elutong/assets), else under
 * /usr. */
const char *options_assets(const char *given, char out[4096]);
