#include "app/intake/cage.h"

#include "app/base/log.h"
#include "app/base/sandbox.h"

#include <errno.h>
#include <seccomp.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>

/* A sanitized build reserves terabytes of address space for its shadow. */
#if defined(__SANITIZE_ADDRESS__)
enum { LIMIT_MEMORY = 0 };
#else
enum { LIMIT_MEMORY = 1 };
#endif

enum { FILE_MAX = 128 << 20 }; /* of standard output, where it is a file */

static int limit(int what, rlim_t most)
{
	struct rlimit r = {most, most};
	return setrlimit(what, &r);
}

enum err cage_close(unsigned memory_mib, unsigned cpu_s)
{
	return cage_close_but(memory_mib, cpu_s, NULL);
}

static const int always[] = {
	SCMP_SYS(read),        SCMP_SYS(write),        SCMP_SYS(exit),
	SCMP_SYS(exit_group),  SCMP_SYS(brk),          SCMP_SYS(mmap),
	SCMP_SYS(munmap),      SCMP_SYS(mremap),       SCMP_SYS(madvise),
	SCMP_SYS(futex),       SCMP_SYS(rt_sigreturn), SCMP_SYS(rt_sigprocmask),
	SCMP_SYS(sigaltstack), SCMP_SYS(clock_gettime)};
enum { ALWAYS = sizeof always / sizeof always[0] };

static enum err limits(unsigned memory_mib, unsigned cpu_s)
{
	if (limit(RLIMIT_CPU, cpu_s) == 0 && limit(RLIMIT_CORE, 0) == 0 &&
	    limit(RLIMIT_FSIZE, FILE_MAX) == 0 &&
	    (!LIMIT_MEMORY || limit(RLIMIT_AS, (rlim_t)memory_mib << 20) == 0) &&
	    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0)
		return OK;
	log_warn("the reader cannot be confined: %s", strerror(errno));
	return ERR_REFUSED;
}

enum err cage_close_but(unsigned memory_mib, unsigned cpu_s, const char *path)
{
	enum err e = limits(memory_mib, cpu_s);
	return e == OK ? sandbox_only_calls(always, ALWAYS, path) : e;
}

enum err cage_close_reading(unsigned memory_mib, unsigned cpu_s, bool files)
{
	enum err e = limits(memory_mib, cpu_s);
	return e == OK ? sandbox_only_calls_reading(always, ALWAYS, files) : e;
}
