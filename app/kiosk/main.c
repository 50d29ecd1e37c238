/* main.c - the touch screen program. Opens no network socket, executes nothing; forgetting a person
 * is exiting with 0, and the launcher starts it again. */
#include "app/base/log.h"
#include "app/base/options.h"
#include "app/base/text.h"
#include "app/kiosk/confine.h"
#include "app/kiosk/scratch.h"
#include "app/kiosk/secret.h"

#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>

static bool size_of(const char *text, int *w, int *h)
{
	const char *by = strchr(text, 'x');
	int64_t width, height;
	if (by == NULL || !text_number(text, (size_t)(by - text), &width) ||
	    !text_number(by + 1, strlen(by + 1), &height) || width < 320 || width > 8192 ||
	    height < 320 || height > 8192)
		return false;
	*w = (int)width;
	*h = (int)height;
	return true;
}

/* What a resident wrote must not reach a disk by way of a crash, nor another program. */
static void keep_to_ourselves(void)
{
	const struct rlimit none = {0, 0};
	if (setrlimit(RLIMIT_CORE, &none) != 0 || prctl(PR_SET_DUMPABLE, 0) != 0 ||
	    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
		log_warn("kiosk: the process could not be closed to others");
}

int main(int argc, char **argv)
{
	const char *data = NULL, *assets = NULL, *size = NULL;
	char path[4096], scratch[SCRATCH_PATH];
	struct kiosk_options o = {0};
	struct kiosk *k;
	int code;
	const struct option_entry entry[] = {
		{"data", "DIR", "data folder of this kiosk", &data, NULL},
		{"assets", "DIR", "folder of catalogue and lists", &assets, NULL},
		{"window", NULL, "a window with a mouse pointer instead of the whole screen", NULL,
		 &o.windowed},
		{"size", "WxH", "pixels of the window or screen", &size, NULL},
	};
	log_name("elutong");
	log_bound(LOG_BYTES_MAX);
	const struct option_table table = {.usage = "--data DIR [--window] [--size WxH]",
					   .entry = entry,
					   .entries = sizeof entry / sizeof entry[0]};
	if (!options_read(argc, argv, 1, &table, &code))
		return code;
	if (data == NULL || (size != NULL && !size_of(size, &o.w, &o.h))) {
		fprintf(stderr, "elutong: --data DIR is needed, --size is WxH; try --help\n");
		return 2;
	}
	if (o.windowed && size == NULL) {
		o.w = 1280;
		o.h = 720;
	}
	if (sign_start() != SYNC_OK)
		return 1;
	keep_to_ourselves();
	kiosk_heed_signals();
	secret_start();
	o.data = data;
	o.assets = options_assets(assets, path);
	o.scratch = scratch_make(scratch);
	code = 1;
	if (kiosk_open(&o, NULL, &k) == OK) {
		if (confine(&o, NULL) == OK)
			code = kiosk_run(k);
		kiosk_close(k);
	} else {
		fprintf(stderr, "elutong: %s is no data folder of a kiosk, or there is no screen\n",
			data);
	}
	scratch_remove(scratch);
	return code;
}
