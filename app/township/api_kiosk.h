/* api_kiosk.h - what kiosks ask for: /v1/... as app/village/wire.h describes. */
#pragma once
#include "app/store/township/kiosks.h"
#include "app/township/routes.h"

extern const struct route kiosk_routes[];
extern const size_t kiosk_route_count;

/* The kiosk at the other end: its certificate must be the one issued last, and not revoked. Answers
 * itself when it is not. */
bool api_kiosk_known(struct server *s, struct http_request *r, struct kiosk_row *out);
