/* teller.h - tells residents that their letters came, when many came at once.
 *
 * Sealing what a case is told first takes longer than all else that is done for a letter. While
 * letters crowd in, they are stored and acknowledged first, and the cases noted as untold in the
 * same transaction; this thread seals for them as soon as it is quieter, and after a start for
 * what the last run left. A crowd that does not end cannot keep residents waiting for ever: every
 * second some are told all the same.
 *
 * The thread owns its own reading connection; it writes by the writer's queue. */
#pragma once
#include "app/township/server.h"

struct teller;

must_use enum err teller_open(struct server *s, struct teller **out);
/* Ends the thread; before the writer ends. What is left is told after the next start. NULL is fine.
 */
void teller_end(struct teller *t);
/* After the writer: until then it may still be woken. NULL is fine. */
void teller_close(struct teller *t);
/* There may be somebody to tell. NULL is fine. */
void teller_wake(struct teller *t);
