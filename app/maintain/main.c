/* main.c - elutong-launch PROGRAM [ARGUMENT ...]: starts it, and starts it again. */
#include "app/base/log.h"
#include "app/maintain/launch.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>

static volatile sig_atomic_t stopped;

static void on_stop(int signal_number)
{
	(void)signal_number;
	stopped = 1;
}

int main(int argc, char **argv)
{
	log_name("elutong-launch");
	log_bound(LOG_BYTES_MAX);
	if (argc > 1 && strcmp(argv[1], "--version") == 0) {
		printf("elutong-launch %s\n", ELUTONG_VERSION);
		return 0;
	}
	if (argc < 2 || strcmp(argv[1], "--help") == 0) {
		printf("usage: elutong-launch PROGRAM [ARGUMENT ...]\n"
		       "  starts it again at once after exit 0, with a growing pause after a "
		       "crash,\n"
		       "  and ends it when it stops saying WATCHDOG=1\n");
		return argc < 2 ? 2 : 0;
	}
	const struct sigaction act = {.sa_handler = on_stop};
	sigaction(SIGTERM, &act, NULL);
	sigaction(SIGINT, &act, NULL);
	struct launch l = {.argv = argv + 1, .silent_ms = LAUNCH_SILENT_MS, .stop = &stopped};
	return launch_run(&l);
}
