/* api_kiosk.h - what kiosks ask for: /v1/... as app/village/wire.h describes. */
#pragma once
#include "app/township/routes.h"

extern const struct route kiosk_routes[];
extern const size_t kiosk_route_count;
