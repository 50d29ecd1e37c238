/* health.h - POST /v1/health: what a kiosk says about itself, and what does not fit to what is
 * known here. A kiosk that has more than this server (letters, publications, settings, feed) shows
 * that the server was put back; one that has less than it had before shows that the kiosk was. */
#pragma once
#include "app/township/routes.h"

void health_take(struct server *s, struct http_request *r);
