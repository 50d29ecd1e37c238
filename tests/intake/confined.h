/* confined.h - what a process may still do once it has locked itself up, tried by children. */
#pragma once
#include "app/base/err.h"

#include "tests/test.h"

#include <sys/wait.h>
#include <unistd.h>

/* How a child ends that locks itself up and then does `what`. */
static inline int confined(enum err (*lock)(void), void (*what)(void))
{
	pid_t child = fork();
	if (child == 0) {
		if (lock() != OK)
			_exit(99);
		what();
		_exit(0);
	}
	int status = -1;
	assert_int_equal(waitpid(child, &status, 0), child);
	return status;
}

static inline void confined_allows(enum err (*lock)(void), void (*what)(void))
{
	int status = confined(lock, what);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
}

/* Each of them is the last thing the child does. */
static inline void confined_forbids(enum err (*lock)(void), void (*const what[])(void),
				    size_t count)
{
	for (size_t i = 0; i < count; i++) {
		int status = confined(lock, what[i]);
		assert_true(WIFSIGNALED(status));
		assert_int_equal(WTERMSIG(status), 31 /* SIGSYS */);
	}
}
