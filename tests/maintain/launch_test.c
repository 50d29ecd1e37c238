/* launch_test.c - whatever happens to the touch screen program, it is soon there again. */
#include "app/maintain/launch.h"

#include "app/base/clock.h"
#include "app/base/notify.h"
#include "tests/test.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

enum { SILENT_MS = 2500, LONG_MS = 20000 };

static char self[4096];

/* --- the program that is started: this one, told what to do --- */

/* Says which it is; speaks once a second as the kiosk does, unless told to be dumb. */
static int act(const char *how, int to)
{
	pid_t me = getpid();
	if (write(to, &me, sizeof me) != sizeof me)
		return 9;
	if (strcmp(how, "crash") == 0)
		return 3;
	if (strcmp(how, "forget") == 0)
		return 0;
	for (;;) {
		if (strcmp(how, "speak") == 0) {
			int s = notify_open();
			notify_say(s, "WATCHDOG=1");
			if (s >= 0)
				close(s);
		}
		poll(NULL, 0, 200);
	}
}

/* --- the launcher, in a process of its own --- */

static volatile sig_atomic_t stopped;

static void on_stop(int signal_number)
{
	(void)signal_number;
	stopped = 1;
}

struct launched {
	pid_t launcher;
	int news; /* a process id for each start */
};

static struct launched launch(const char *how)
{
	int ends[2];
	static char fd[16], word[16];
	assert_int_equal(pipe(ends), 0);
	struct launched r = {.news = ends[0]};
	fflush(NULL);
	r.launcher = fork();
	if (r.launcher == 0) {
		char flag[] = "--act";
		snprintf(fd, sizeof fd, "%d", ends[1]);
		snprintf(word, sizeof word, "%s", how);
		char *const argv[] = {self, flag, word, fd, NULL};
		const struct sigaction stop = {.sa_handler = on_stop};
		sigaction(SIGTERM, &stop, NULL);
		struct launch l = {.argv = argv, .silent_ms = SILENT_MS, .stop = &stopped};
		_exit(launch_run(&l));
	}
	close(ends[1]);
	return r;
}

/* The next start; 0 when none came in time. */
static pid_t next_start(const struct launched *l, int within_ms)
{
	struct pollfd in = {.fd = l->news, .events = POLLIN};
	pid_t who = 0;
	if (poll(&in, 1, within_ms) <= 0 || read(l->news, &who, sizeof who) != sizeof who)
		return 0;
	return who;
}

static int end(struct launched *l)
{
	int status = 0;
	kill(l->launcher, SIGTERM);
	assert_int_equal(waitpid(l->launcher, &status, 0), l->launcher);
	close(l->news);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

static void one_that_hangs_is_killed_and_started_again(void **state)
{
	(void)state;
	struct launched l = launch("speak");
	pid_t first = next_start(&l, LONG_MS);
	assert_int_not_equal(first, 0);
	/* While it speaks it is left alone for longer than the silence that is allowed. */
	assert_int_equal(next_start(&l, SILENT_MS + 1500), 0);
	int64_t from = clock_ms();
	kill(first, SIGSTOP);
	pid_t second = next_start(&l, LONG_MS);
	assert_int_not_equal(second, 0);
	assert_int_not_equal(second, first);
	assert_true(clock_ms() - from >= SILENT_MS - 300);
	assert_int_equal(kill(first, 0), -1);
	assert_int_equal(end(&l), 0);
	assert_int_equal(kill(second, 0), -1);
}

static void one_that_never_spoke_is_not_watched(void **state)
{
	(void)state;
	struct launched l = launch("dumb");
	assert_int_not_equal(next_start(&l, LONG_MS), 0);
	assert_int_equal(next_start(&l, SILENT_MS + 1000), 0);
	assert_int_equal(end(&l), 0);
}

static void forgetting_somebody_is_followed_by_the_next_start_at_once(void **state)
{
	(void)state;
	struct launched l = launch("forget");
	int64_t from = clock_ms();
	for (int i = 0; i < 20; i++)
		assert_int_not_equal(next_start(&l, LONG_MS), 0);
	/* With the pause after a crash twenty starts would take minutes. */
	assert_true(clock_ms() - from < 10000);
	assert_int_equal(end(&l), 0);
}

static void crashes_are_followed_by_growing_pauses(void **state)
{
	(void)state;
	struct launched l = launch("crash");
	int64_t from = clock_ms();
	for (int i = 0; i < 3; i++)
		assert_int_not_equal(next_start(&l, LONG_MS), 0);
	assert_true(clock_ms() - from >= 3 * LAUNCH_PAUSE_FIRST_MS);
	assert_int_equal(end(&l), 0);
	assert_int_equal(launch_pause_ms(1), LAUNCH_PAUSE_FIRST_MS);
	assert_int_equal(launch_pause_ms(2), 2 * LAUNCH_PAUSE_FIRST_MS);
	assert_int_equal(launch_pause_ms(60), LAUNCH_PAUSE_MOST_MS);
}

/* Voluntary context switches say how often it woke up. */
static void nothing_to_do_is_sleep(void **state)
{
	(void)state;
	struct launched l = launch("dumb");
	struct rusage used;
	int status;
	assert_int_not_equal(next_start(&l, LONG_MS), 0);
	assert_int_equal(next_start(&l, 2000), 0);
	kill(l.launcher, SIGTERM);
	assert_int_equal(wait4(l.launcher, &status, 0, &used), l.launcher);
	close(l.news);
	assert_true(used.ru_nvcsw < 40);
}

static void a_stopped_one_does_not_keep_the_launcher(void **state)
{
	(void)state;
	struct launched l = launch("dumb");
	pid_t who = next_start(&l, LONG_MS);
	assert_int_not_equal(who, 0);
	kill(who, SIGSTOP);
	int64_t from = clock_ms();
	assert_int_equal(end(&l), 0);
	assert_true(clock_ms() - from < LONG_MS);
	assert_int_equal(kill(who, 0), -1);
}

static void what_it_says_is_passed_on_to_who_started_the_launcher(void **state)
{
	(void)state;
	struct sockaddr_un a = {.sun_family = AF_UNIX};
	char name[64], text[64] = "";
	snprintf(name, sizeof name, "@elutong-launch-test-%ld", (long)getpid());
	memcpy(a.sun_path + 1, name + 1, strlen(name) - 1);
	int above = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	socklen_t len = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + strlen(name));
	assert_int_equal(bind(above, (struct sockaddr *)&a, len), 0);
	setenv("NOTIFY_SOCKET", name, 1);
	struct launched l = launch("speak");
	unsetenv("NOTIFY_SOCKET");
	struct pollfd in = {.fd = above, .events = POLLIN};
	assert_int_equal(poll(&in, 1, LONG_MS), 1);
	assert_true(recv(above, text, sizeof text - 1, 0) > 0);
	assert_string_equal(text, "WATCHDOG=1");
	close(above);
	/* Nobody there any more is no trouble. */
	assert_int_equal(next_start(&l, LONG_MS) != 0, 1);
	assert_int_equal(next_start(&l, 1000), 0);
	assert_int_equal(end(&l), 0);
}

int main(int argc, char **argv)
{
	if (argc == 4 && strcmp(argv[1], "--act") == 0)
		return act(argv[2], atoi(argv[3]));
	ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);
	if (n <= 0)
		return 1;
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(one_that_hangs_is_killed_and_started_again),
		cmocka_unit_test(one_that_never_spoke_is_not_watched),
		cmocka_unit_test(forgetting_somebody_is_followed_by_the_next_start_at_once),
		cmocka_unit_test(crashes_are_followed_by_growing_pauses),
		cmocka_unit_test(nothing_to_do_is_sleep),
		cmocka_unit_test(what_it_says_is_passed_on_to_who_started_the_launcher),
		cmocka_unit_test(a_stopped_one_does_not_keep_the_launcher),
	};
	return cmocka_run_group_tests_name("launch", tests, NULL, NULL);
}
