#include "app/township/intake.h"

#include "app/base/clock.h"
#include "app/base/log.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

enum { PIECE = 65536 };

struct child {
	pid_t pid;
	int in, out; /* our ends; -1 when closed */
};

static void close_end(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

/* `option` NULL: none. */
static enum err start(const char *programs, char *option, struct child *c)
{
	char path[4096];
	char *const argv[] = {path, option, NULL};
	char *const env[] = {(char[]){"LC_ALL=C"}, NULL};
	int to[2] = {-1, -1}, from[2] = {-1, -1};
	posix_spawn_file_actions_t files;
	enum err e = ERR_IO;
	snprintf(path, sizeof path, "%s/elutong-intake", programs);
	posix_spawn_file_actions_init(&files);
	if (pipe2(to, O_CLOEXEC) != 0 || pipe2(from, O_CLOEXEC) != 0)
		goto done;
	if (posix_spawn_file_actions_adddup2(&files, to[0], STDIN_FILENO) != 0 ||
	    posix_spawn_file_actions_adddup2(&files, from[1], STDOUT_FILENO) != 0 ||
	    posix_spawn(&c->pid, path, &files, NULL, argv, env) != 0) {
		log_warn("township: cannot run %s", path);
		goto done;
	}
	if (fcntl(to[1], F_SETFL, O_NONBLOCK) == 0 && fcntl(from[0], F_SETFL, O_NONBLOCK) == 0)
		e = OK;
	c->in = to[1];
	c->out = from[0];
	to[1] = from[0] = -1;
done:
	posix_spawn_file_actions_destroy(&files);
	close_end(&to[0]);
	close_end(&to[1]);
	close_end(&from[0]);
	close_end(&from[1]);
	return e;
}

/* Gives what the pipe takes. A reader that stopped reading early has said what it wants to say. */
static void feed(struct child *c, const unsigned char *bytes, size_t len, size_t *given)
{
	ssize_t n = write(c->in, bytes + *given, len - *given);
	if (n > 0)
		*given += (size_t)n;
	if (*given == len || (n < 0 && errno != EAGAIN && errno != EINTR))
		close_end(&c->in);
}

/* True when the child has closed its side. */
static bool take(struct child *c, struct buf *lines, enum err *e)
{
	unsigned char *room = buf_room(lines, PIECE);
	if (room == NULL) {
		*e = ERR_CORRUPT;
		return true;
	}
	ssize_t n = read(c->out, room, PIECE);
	lines->len -= PIECE - (n > 0 ? (size_t)n : 0);
	if (n < 0 && errno != EAGAIN && errno != EINTR)
		*e = ERR_IO;
	return n == 0 || *e != OK;
}

static const char fatal_words[] = "这个文件读到一半读不下去了，可能坏了，或者太复杂。请在 WPS "
				  "里打开，选 另存为 .xlsx，再上传。";

static enum err talk(struct child *c, const unsigned char *bytes, size_t len, struct buf *lines)
{
	int64_t until = clock_ms() + INTAKE_TIMEOUT_MS;
	size_t given = 0;
	enum err e = OK;
	for (;;) {
		struct pollfd p[2] = {{.fd = c->out, .events = POLLIN},
				      {.fd = c->in, .events = POLLOUT}};
		int64_t left = until - clock_ms();
		if (left <= 0 || poll(p, c->in < 0 ? 1 : 2, (int)left) < 0) {
			if (left > 0 && errno == EINTR)
				continue;
			log_warn("township: reading an uploaded file took too long");
			return ERR_IO;
		}
		if (c->in >= 0 && p[1].revents != 0)
			feed(c, bytes, len, &given);
		if (p[0].revents != 0 && take(c, lines, &e))
			return e;
	}
}

/* How the child ended: OK, ERR_REFUSED when the file was its end, ERR_IO. */
static enum err bury(struct child *c, enum err e)
{
	int status = 0;
	close_end(&c->in);
	close_end(&c->out);
	if (c->pid <= 0)
		return e;
	if (e != OK)
		kill(c->pid, SIGKILL);
	while (waitpid(c->pid, &status, 0) < 0 && errno == EINTR)
		continue;
	if (e == OK && WIFSIGNALED(status)) {
		/* A library's mistake or a limit; the same bytes will do it again. */
		log_warn("township: an uploaded file ended its reader by signal %d",
			 WTERMSIG(status));
		return ERR_REFUSED;
	}
	if (e == OK && (!WIFEXITED(status) || WEXITSTATUS(status) != 0)) {
		log_warn("township: the reader of an uploaded file ended badly");
		return ERR_IO;
	}
	return e;
}

enum err intake_run(const char *programs, char *option, const void *bytes, size_t len,
		    struct buf *said)
{
	struct child c = {.pid = -1, .in = -1, .out = -1};
	enum err e = start(programs, option, &c);
	if (e == OK)
		e = talk(&c, bytes, len, said);
	return bury(&c, e);
}

enum err intake_read(const char *programs, const void *bytes, size_t len, struct cells *out)
{
	struct buf lines;
	*out = (struct cells){0};
	buf_init(&lines, CELLS_BYTES_MAX + PIECE);
	enum err e = intake_run(programs, NULL, bytes, len, &lines);
	if (e == ERR_REFUSED)
		snprintf(out->refused, sizeof out->refused, "%s", fatal_words);
	if (e == OK)
		e = cells_read(lines.p, lines.len, out);
	buf_free(&lines);
	return e;
}
