#include "app/maintain/launch.h"

#include "app/base/clock.h"
#include "app/base/log.h"
#include "app/base/notify.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MESSAGE_MAX = 1024, END_MS = 5000 };

int launch_pause_ms(int failures)
{
	int ms = LAUNCH_PAUSE_FIRST_MS;
	for (int i = 1; i < failures && ms < LAUNCH_PAUSE_MOST_MS; i++)
		ms *= 2;
	return ms < LAUNCH_PAUSE_MOST_MS ? ms : LAUNCH_PAUSE_MOST_MS;
}

/* A socket with an abstract name: nothing on a disk to be left behind. */
static bool open_notify(struct launch *l)
{
	struct sockaddr_un a = {.sun_family = AF_UNIX};
	snprintf(l->notify_path, sizeof l->notify_path, "@elutong-launch-%ld", (long)getpid());
	size_t len = strlen(l->notify_path);
	memcpy(a.sun_path, l->notify_path, len);
	a.sun_path[0] = 0;
	l->notify = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	return l->notify >= 0 &&
	       bind(l->notify, (struct sockaddr *)&a,
		    (socklen_t)(offsetof(struct sockaddr_un, sun_path) + len)) == 0;
}

static void start(struct launch *l)
{
	l->watched = false;
	l->heard_ms = clock_ms();
	l->child = fork();
	if (l->child == 0) {
		sigset_t none;
		sigemptyset(&none);
		sigprocmask(SIG_SETMASK, &none, NULL);
		setenv("NOTIFY_SOCKET", l->notify_path, 1);
		execvp(l->argv[0], l->argv);
		_exit(127);
	}
	if (l->child > 0)
		l->child_ended = pidfd_open(l->child, 0);
	if (l->child < 0) {
		l->child = 0;
		l->failures++;
		l->not_before_ms = clock_ms() + launch_pause_ms(l->failures);
	}
}

static void hear(struct launch *l)
{
	char text[MESSAGE_MAX + 1];
	ssize_t n;
	while ((n = recv(l->notify, text, MESSAGE_MAX, 0)) > 0) {
		text[n] = 0;
		notify_say(l->above, text);
		if (strstr(text, "WATCHDOG=1") != NULL) {
			l->watched = true;
			l->heard_ms = clock_ms();
		}
	}
}

/* The child is no more. */
static void gone(struct launch *l)
{
	if (l->child_ended >= 0)
		close(l->child_ended);
	l->child_ended = -1;
	l->child = 0;
}

static void reap(struct launch *l)
{
	int status;
	pid_t who = waitpid(l->child, &status, WNOHANG);
	if (who != l->child)
		return;
	gone(l);
	if (WIFEXITED(status) && WEXITSTATUS(status) == 0) {
		l->failures = 0; /* it forgot somebody: that is what it should do */
		l->not_before_ms = 0;
		return;
	}
	l->failures++;
	l->not_before_ms = clock_ms() + launch_pause_ms(l->failures);
	log_warn("launch: %s ended by %s %d, again in %d ms", l->argv[0],
		 WIFEXITED(status) ? "exit" : "signal",
		 WIFEXITED(status) ? WEXITSTATUS(status) : WTERMSIG(status),
		 launch_pause_ms(l->failures));
}

static void watch(struct launch *l)
{
	if (!l->watched || clock_ms() - l->heard_ms <= l->silent_ms)
		return;
	log_warn("launch: %s says nothing any more and is ended", l->argv[0]);
	l->watched = false;
	kill(l->child, SIGKILL);
}

static int until(int64_t when_ms)
{
	int64_t ms = when_ms - clock_ms();
	return ms < 0 ? 0 : ms > END_MS ? END_MS : (int)ms;
}

/* Sleeps until the child speaks or ends, a signal comes, or something falls due. */
static void sleep_until_needed(const struct launch *l, const sigset_t *open)
{
	/* poll passes a descriptor of -1 over. Without one for the child the clock looks after it.
	 */
	struct pollfd in[] = {{.fd = l->notify, .events = POLLIN},
			      {.fd = l->child_ended, .events = POLLIN}};
	int ms = -1;
	if (l->child == 0)
		ms = until(l->not_before_ms);
	else if (l->watched)
		ms = until(l->heard_ms + l->silent_ms + 1);
	else if (l->child_ended < 0)
		ms = LAUNCH_PAUSE_FIRST_MS;
	const struct timespec t = {ms / 1000, ms % 1000 * 1000000L};
	ppoll(in, 2, ms < 0 ? NULL : &t, open);
}

static void end_child(struct launch *l)
{
	if (l->child == 0)
		return;
	struct pollfd in = {.fd = l->child_ended, .events = POLLIN};
	kill(l->child, SIGTERM);
	/* One that is stopped takes its signal when it goes on, which nobody makes it. */
	if (poll(&in, 1, END_MS) <= 0)
		kill(l->child, SIGKILL);
	waitpid(l->child, NULL, 0);
	gone(l);
}

int launch_run(struct launch *l)
{
	sigset_t stopping, before;
	l->child_ended = -1;
	l->above = notify_open();
	if (!open_notify(l)) {
		log_warn("launch: no socket: %s", strerror(errno));
		return 1;
	}
	/* A signal that comes between looking at *stop and sleeping must end the sleep. */
	sigemptyset(&stopping);
	sigaddset(&stopping, SIGTERM);
	sigaddset(&stopping, SIGINT);
	sigprocmask(SIG_BLOCK, &stopping, &before);
	while (*l->stop == 0) {
		if (l->child == 0 && clock_ms() >= l->not_before_ms)
			start(l);
		sleep_until_needed(l, &before);
		hear(l);
		if (l->child != 0)
			reap(l);
		if (l->child != 0)
			watch(l);
	}
	end_child(l);
	close(l->notify);
	if (l->above >= 0)
		close(l->above);
	sigprocmask(SIG_SETMASK, &before, NULL);
	return 0;
}
