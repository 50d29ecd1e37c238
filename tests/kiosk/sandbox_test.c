/* sandbox_test.c - the touch screen program, once it listens, can start nothing, watch nobody, call
 * nobody, and read nothing but its own. */
#include "app/kiosk/confine.h"
#include "app/kiosk/speak_impl.h"

#include "tests/county.h"
#include "tests/folder.h"
#include "tests/test.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <pthread.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static char folder[64];
static struct county county;

static int fresh(void **state)
{
	(void)state;
	snprintf(folder, sizeof folder, "/tmp/elutong-sandbox-XXXXXX");
	setenv("SDL_VIDEODRIVER", "dummy", 1);
	return county_open(&county) || mkdtemp(folder) == NULL ||
	       home_provision(folder, "mz.caoba.v1", &county.root, "https://127.0.0.1:1", "");
}

static int gone(void **state)
{
	(void)state;
	county_close(&county);
	return folder_remove(folder);
}

/* Runs `attempt` in the loop of a confined kiosk, in a process of its own. True when it said so. */
struct visit {
	bool (*attempt)(struct kiosk *k);
	bool said;
};

static int poll_once(void *self, struct kiosk *k)
{
	struct visit *v = self;
	v->said = v->attempt(k);
	k->running = false;
	return 0;
}

static bool in_a_kiosk(bool (*attempt)(struct kiosk *k))
{
	int status = 0;
	fflush(NULL);
	pid_t child = fork();
	if (child == 0) {
		struct visit v = {.attempt = attempt};
		const struct kiosk_driver d = {.self = &v, .poll = poll_once};
		const struct kiosk_options o = {
			.data = folder, .assets = "assets", .w = 1920, .h = 1080};
		struct kiosk *k;
		if (kiosk_open(&o, &d, &k) != OK || confine(&o, NULL) != OK)
			_exit(3);
		(void)kiosk_run(k);
		_exit(v.said ? 0 : 1);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	assert_int_not_equal(WEXITSTATUS(status), 3);
	return WEXITSTATUS(status) == 0;
}

static bool refused(int family)
{
	errno = 0;
	return socket(family, SOCK_STREAM, 0) < 0 && errno == EPERM;
}

static bool calls_nobody(struct kiosk *k)
{
	int pair[2];
	(void)k;
	return refused(AF_INET) && refused(AF_INET6) && refused(AF_NETLINK) && refused(AF_PACKET) &&
	       socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == 0;
}

static bool starts_nothing(struct kiosk *k)
{
	static char name[] = "/bin/true";
	char *const argv[] = {name, NULL};
	(void)k;
	errno = 0;
	execv("/bin/true", argv);
	bool first = errno == EPERM;
	int status = system("exit 0"); /* NOLINT(cert-env33-c): it must not start */
	pid_t child = fork();
	if (child == 0)
		_exit(0);
	return first && status != 0 && child < 0;
}

static bool watches_nobody(struct kiosk *k)
{
	(void)k;
	errno = 0;
	return ptrace(PTRACE_ATTACH, getppid(), NULL, NULL) < 0 && errno == EPERM &&
	       ptrace(PTRACE_TRACEME, 0, NULL, NULL) < 0;
}

static bool can_open(const char *path, int flags)
{
	int fd = open(path, flags | O_CLOEXEC, 0600);
	if (fd >= 0)
		close(fd);
	return fd >= 0;
}

#if defined(__SANITIZE_ADDRESS__)
static bool writes_elsewhere(struct kiosk *k)
{
	char away[128];
	snprintf(away, sizeof away, "%s-away", k->o.data);
	return can_open(away, O_WRONLY | O_CREAT) || can_open("/usr/new", O_WRONLY | O_CREAT);
}
#else
static bool reads_only_its_own(struct kiosk *k)
{
	char own[128], away[128];
	snprintf(own, sizeof own, "%s/new", k->o.data);
	snprintf(away, sizeof away, "%s-away", k->o.data);
	return !can_open("/etc/passwd", O_RDONLY) && !can_open("/proc/1/environ", O_RDONLY) &&
	       !can_open("/root", O_RDONLY) && !can_open(away, O_WRONLY | O_CREAT) &&
	       !can_open("/usr/new", O_WRONLY | O_CREAT) &&
	       !can_open("/dev/new", O_WRONLY | O_CREAT) && can_open("/dev/null", O_RDWR) &&
	       can_open(own, O_WRONLY | O_CREAT) && unlink(own) == 0 &&
	       can_open("/usr/share/fonts", O_RDONLY);
}
#endif

static void *count_one(void *to)
{
	*(int *)to = 1;
	return NULL;
}

static bool threads_run(struct kiosk *k)
{
	pthread_t t;
	int ran = 0;
	(void)k;
	return pthread_create(&t, NULL, count_one, &ran) == 0 && pthread_join(t, NULL) == 0 &&
	       ran == 1;
}

static bool letters_still_go(struct kiosk *k)
{
	int64_t v = 0;
	return queue_counter_set(k->queue, "tried", 7) == OK &&
	       queue_counter(k->queue, "tried", &v) == OK && v == 7;
}

/* Made a slice and gave it to a loudspeaker that was opened by this call. */
static bool says_something(struct kiosk *k)
{
	uint64_t samples = 0;
	int peak = 0;
	if (!speak_there(k))
		return false;
	ui_voice_say(k->speak->voice, UI_VOICE_PINYIN, "ni3 hao3", strlen("ni3 hao3"));
	(void)ui_voice_work(k->speak->voice);
	ui_voice_made(k->speak->voice, &samples, &peak);
	return !ui_voice_mute(k->speak->voice) && samples > 0 && peak > 0;
}

static void it_opens_no_socket_but_to_this_machine(void **state)
{
	(void)state;
	assert_true(in_a_kiosk(calls_nobody));
}

static void it_starts_no_program_and_no_process(void **state)
{
	(void)state;
	assert_true(in_a_kiosk(starts_nothing));
}

static void it_looks_into_no_other_program(void **state)
{
	(void)state;
	assert_true(in_a_kiosk(watches_nobody));
}

static void it_reads_and_writes_only_what_is_its_own(void **state)
{
	(void)state;
	/* A sanitized build may read all, for its reports; the release build is asked as well. */
	if (syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION) < 1)
		skip(); /* this kernel has no landlock */
#if defined(__SANITIZE_ADDRESS__)
	assert_false(in_a_kiosk(writes_elsewhere));
#else
	assert_true(in_a_kiosk(reads_only_its_own));
#endif
}

static void threads_and_the_queue_work_as_before(void **state)
{
	(void)state;
	assert_true(in_a_kiosk(threads_run));
	assert_true(in_a_kiosk(letters_still_go));
}

static void the_loudspeaker_is_opened_when_somebody_listens(void **state)
{
	/* ALSA as on a kiosk, with a card that takes everything. */
	char path[128];
	(void)state;
	snprintf(path, sizeof path, "%s/asound.conf", folder);
	FILE *f = fopen(path, "w");
	assert_non_null(f);
	fputs("pcm.default { type null hint { show on description \"takes everything\" } }\n", f);
	assert_int_equal(fclose(f), 0);
	setenv("SDL_AUDIODRIVER", "alsa", 1);
	setenv("ALSA_CONFIG_PATH", path, 1);
	assert_true(in_a_kiosk(says_something));
	setenv("SDL_AUDIODRIVER", "dummy", 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_opens_no_socket_but_to_this_machine),
		cmocka_unit_test(it_starts_no_program_and_no_process),
		cmocka_unit_test(it_looks_into_no_other_program),
		cmocka_unit_test(it_reads_and_writes_only_what_is_its_own),
		cmocka_unit_test(threads_and_the_queue_work_as_before),
		cmocka_unit_test(the_loudspeaker_is_opened_when_somebody_listens),
	};
	return cmocka_run_group_tests_name("sandbox", tests, fresh, gone);
}
