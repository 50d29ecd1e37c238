/* delivery.h - POST /v1/parcels: letters come in, each for itself, and what is durable is
 * acknowledged.
 *
 * Signatures are checked, waybills opened and first answers sealed on the connection's worker; the
 * writer only stores. One letter that cannot be stored is WIRE_LATER and harms no other. A waybill
 * that does not open here is left to the installation above: WIRE_LATER, and not covered; on the
 * topmost installation it is kept and told. */
#pragma once
#include "app/township/routes.h"

void delivery_take(struct server *s, struct http_request *r);
