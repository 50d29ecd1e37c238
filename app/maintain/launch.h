/* launch.h - keeps the touch screen program running: started again at once after exit 0 (it forgot
 * a person), with a growing pause after a crash, killed when it says nothing for ten seconds after
 * it once said WATCHDOG=1. Holds its NOTIFY_SOCKET and passes on what comes, where systemd runs.
 * Knows nothing of what it starts. */
#pragma once
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

enum { LAUNCH_SILENT_MS = 10000, LAUNCH_PAUSE_FIRST_MS = 500, LAUNCH_PAUSE_MOST_MS = 30000 };

struct launch {
	char *const *argv; /* program and its arguments */
	pid_t child;       /* 0: none */
	int child_ended;   /* becomes readable when it does, -1 none; launch_run's own */
	int notify;        /* socket the child writes to, -1 none */
	int above;         /* who started the launcher and wants to hear too, -1 nobody */
	char notify_path[108];
	bool watched;          /* it has said WATCHDOG=1 */
	int64_t heard_ms;      /* when it last did */
	int failures;          /* in a row */
	int64_t not_before_ms; /* of the next start */
	int silent_ms;         /* LAUNCH_SILENT_MS; less in tests */
	const volatile int *stop;
};

/* Runs until *stop; then passes SIGTERM on and waits. 0, or 1 when nothing could be started. */
int launch_run(struct launch *l);
/* The pause after so many failures in a row. */
int launch_pause_ms(int failures);
