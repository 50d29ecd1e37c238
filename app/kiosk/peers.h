/* peers.h - the same figures of the places around: a village beside the villages of its township, a
 * group beside the groups of its village.
 *
 * Only the same period of the same template is put together, whole months and checked sheets only;
 * a place that did not publish all of it has no figure. The order is that of the settings, the own
 * place first: never by size, for this is no ranking. Works through the places in small steps; when
 * the books have moved it begins again. */
#pragma once
#include "app/kiosk/accounts.h"

enum { PEERS_MAX = 64, PEERS_SHARED_MAX = 24 };

/* What is put together: months first..last of the ledger, or one period of another template. */
struct peers_what {
	char template_id[TEMPLATE_ID_MAX + 1];
	char period[PERIOD_MAX + 1]; /* not of the ledger */
	int first, last;             /* yyyymm, of the ledger */
};

enum peer_state {
	PEER_WAITING,
	PEER_READY,
	PEER_NOT_PUBLISHED, /* not, or not all of it */
	PEER_DAMAGED
};
struct peer {
	const struct place *place; /* the settings' */
	enum peer_state state;
	int64_t in_fen, out_fen; /* READY: of the ledger; otherwise the sum is in_fen */
};

struct peers;
must_use enum err peers_open(struct books *b, const struct catalogue *c, const struct settings *s,
			     struct peers **out);
void peers_close(struct peers *p); /* NULL is fine */

/* Cheap when it is the same and the books have not moved. */
void peers_look(struct peers *p, const char *own, const struct peers_what *what);
void peers_work(struct peers *p, int64_t budget_us);
bool peers_waiting(const struct peers *p);
/* Places with anything public, the own one first, as far as they are known. */
size_t peers_count(const struct peers *p);
const struct peer *peers_at(const struct peers *p, size_t i);
/* Other templates with figures of which somebody around published the own place's newest period:
 * what else can be put together. NULL past the end; grows until every place was looked at once. */
const struct peers_what *peers_shared(const struct peers *p, size_t i);
