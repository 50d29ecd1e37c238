#include "app/kiosk/secret.h"

#include "app/base/log.h"

#include <jansson.h>
#include <malloc.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>

/* A letter passes through JSON on its way into the seal. */
static void give_back(void *p)
{
	if (p != NULL)
		explicit_bzero(p, malloc_usable_size(p));
	free(p);
}

/* Only where it is without a limit: below one, memory asked for later would be refused. Pages are
 * locked as they are used. A sanitized build maps terabytes that are never used. */
static void lock_all(void)
{
#if !defined(__SANITIZE_ADDRESS__)
	struct rlimit most;
	if (getrlimit(RLIMIT_MEMLOCK, &most) == 0 && most.rlim_cur == RLIM_INFINITY &&
	    mlockall(MCL_CURRENT | MCL_FUTURE | MCL_ONFAULT) != 0)
		log_warn("secret: memory cannot be locked as a whole");
#endif
}

void secret_start(void)
{
	json_set_alloc_funcs(malloc, give_back);
	lock_all();
}

void *secret_take(size_t bytes)
{
	void *p = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (p == MAP_FAILED)
		return NULL;
	madvise(p, bytes, MADV_DONTDUMP);
	if (mlock(p, bytes) != 0)
		log_warn("secret: memory cannot be locked; switch swap off on this machine");
	return p;
}

void secret_end(void *p, size_t bytes)
{
	if (p == NULL)
		return;
	secret_wipe(p, bytes);
	munmap(p, bytes);
}

void secret_wipe(void *p, size_t bytes)
{
	explicit_bzero(p, bytes);
}
