/* blob_answer.h - a public picture as an answer: to kiosks, which go on where a line broke off, and
 * to browsers. */
#pragma once
#include "app/township/server.h"

/* What of `len` bytes a Range header asks for (RFC 9110, one range): bytes *from up to *to, not
 * included. NULL, other units and several ranges ask for everything: *part false. False when it
 * asks for what is not there. */
bool blob_range(const char *header, size_t len, size_t *from, size_t *to, bool *part);

/* The name in 64 hex digits, `digits` of them given. `open_only`: only what is on the open network.
 * Answers in every case. */
void blob_answer(struct server *s, struct http_request *r, const char *name, size_t digits,
		 bool open_only);
