#include "app/intake/cage.h"

#include "app/base/log.h"

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
	static const int allowed[] = {
		SCMP_SYS(read),        SCMP_SYS(write),        SCMP_SYS(exit),
		SCMP_SYS(exit_group),  SCMP_SYS(brk),          SCMP_SYS(mmap),
		SCMP_SYS(munmap),      SCMP_SYS(mremap),       SCMP_SYS(madvise),
		SCMP_SYS(futex),       SCMP_SYS(rt_sigreturn), SCMP_SYS(rt_sigprocmask),
		SCMP_SYS(sigaltstack), SCMP_SYS(clock_gettime)};
	scmp_filter_ctx rules = NULL;
	enum err e = ERR_REFUSED;
	if (limit(RLIMIT_CPU, cpu_s) != 0 || limit(RLIMIT_CORE, 0) != 0 ||
	    limit(RLIMIT_FSIZE, FILE_MAX) != 0 ||
	    (LIMIT_MEMORY && limit(RLIMIT_AS, (rlim_t)memory_mib << 20) != 0) ||
	    prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0 || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
		goto done;
	rules = seccomp_init(SCMP_ACT_KILL_PROCESS);
	if (rules == NULL)
		goto done;
	for (size_t i = 0; i < sizeof allowed / sizeof allowed[0]; i++)
		if (seccomp_rule_add(rules, SCMP_ACT_ALLOW, allowed[i], 0) != 0)
			goto done;
	if (seccomp_load(rules) == 0)
		e = OK;
done:
	if (e != OK)
		log_warn("the reader cannot be confined: %s", strerror(errno));
	seccomp_release(rules);
	return e;
}
