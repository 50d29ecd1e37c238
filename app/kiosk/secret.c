#include "app/kiosk/secret.h"

#include "app/base/log.h"

#include <string.h>
#include <sys/mman.h>

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
