/* secret.h - memory for what a resident says: locked, left out of core dumps, wiped when it ends.
 */
#pragma once
#include <stddef.h>

/* Once, at the start of the program: what JSON is made of is wiped when it is given back, and all
 * memory is locked where the limit (LimitMEMLOCK) allows it. */
void secret_start(void);

/* Zeroed; NULL without memory. Where locking is not allowed it is still kept out of dumps. */
void *secret_take(size_t bytes);
void secret_end(void *p, size_t bytes); /* NULL is fine */
void secret_wipe(void *p, size_t bytes);
