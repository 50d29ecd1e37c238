/* ca.h - an installation's own certificates: its CA, the server's, one per client. PEM texts in
 * memory; P-256 keys. A certificate begins a day early, because clocks are wrong. */
#pragma once
#include "sync/err.h"

#include <stddef.h>
#include <stdint.h>

enum { CA_PEM_MAX = 8192, CA_PIN_MAX = 64, CA_CLIENT_YEARS = 5, CA_YEARS = 20 };

struct ca_pair {
	char certificate[CA_PEM_MAX], key[CA_PEM_MAX];
};

/* `now` is Unix seconds; validity counts from it. */
sync_must_use enum sync_err ca_make(const char *name, int64_t now, struct ca_pair *out);
/* Names and addresses the server is reached by. */
sync_must_use enum sync_err ca_server(const struct ca_pair *ca, const char *const *names,
				      size_t count, int64_t now, struct ca_pair *out);
/* A fresh key and a request naming `subject`; the client's side. */
sync_must_use enum sync_err ca_request(const char *subject, char key[CA_PEM_MAX],
				       char request[CA_PEM_MAX]);
/* Checks that the asker holds the key (ERR_REFUSED) and issues a client certificate for `subject`,
 * whatever the request says. */
sync_must_use enum sync_err ca_issue(const struct ca_pair *ca, const char *request,
				     const char *subject, int64_t now,
				     char certificate[CA_PEM_MAX]);
/* "sha256//base64" of the public key, as a client pins it; and SHA-256 of the whole certificate. */
sync_must_use enum sync_err ca_pin(const char *certificate, char pin[CA_PIN_MAX]);
sync_must_use enum sync_err ca_sha256(const char *certificate, unsigned char out[32]);
