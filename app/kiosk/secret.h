/* secret.h - memory for what a resident says: locked, left out of core dumps, wiped when it ends.
 */
#pragma once
#include <stddef.h>

/* Zeroed; NULL without memory. Where locking is not allowed it is still kept out of dumps. */
void *secret_take(size_t bytes);
void secret_end(void *p, size_t bytes); /* NULL is fine */
void secret_wipe(void *p, size_t bytes);
