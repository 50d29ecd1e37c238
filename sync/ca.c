#include "sync/ca.h"

#include <arpa/inet.h>
#include <gnutls/abstract.h>
#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>
#include <gnutls/x509.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

enum { DAY_S = 86400, SERIAL_BYTES = 16, KEY_ID_BYTES = 20, DN_MAX = 128 };

/* What is being built; everything starts empty and is released in one place. */
struct made {
	gnutls_x509_privkey_t key, ca_key;
	gnutls_x509_crt_t crt, ca;
	gnutls_x509_crq_t request;
};

static void made_free(struct made *m)
{
	if (m->key != NULL)
		gnutls_x509_privkey_deinit(m->key);
	if (m->ca_key != NULL)
		gnutls_x509_privkey_deinit(m->ca_key);
	if (m->crt != NULL)
		gnutls_x509_crt_deinit(m->crt);
	if (m->ca != NULL)
		gnutls_x509_crt_deinit(m->ca);
	if (m->request != NULL)
		gnutls_x509_crq_deinit(m->request);
}

static bool new_key(gnutls_x509_privkey_t *key)
{
	return gnutls_x509_privkey_init(key) == 0 &&
	       gnutls_x509_privkey_generate(*key, GNUTLS_PK_ECDSA,
					    GNUTLS_CURVE_TO_BITS(GNUTLS_ECC_CURVE_SECP256R1),
					    0) == 0;
}

static bool dn_of(const char *name, char dn[DN_MAX])
{
	/* A name with a comma or an equals sign would be more than a name. */
	if (name[0] == 0 || strpbrk(name, ",=+\\\"<>;#\n\r") != NULL)
		return false;
	int len = snprintf(dn, DN_MAX, "CN=%s", name);
	return len > 0 && len < DN_MAX;
}

static bool frame(gnutls_x509_crt_t crt, int64_t now, int years)
{
	unsigned char serial[SERIAL_BYTES];
	if (gnutls_rnd(GNUTLS_RND_NONCE, serial, sizeof serial) != 0)
		return false;
	serial[0] &= 0x7f;
	return gnutls_x509_crt_set_version(crt, 3) == 0 &&
	       gnutls_x509_crt_set_serial(crt, serial, sizeof serial) == 0 &&
	       gnutls_x509_crt_set_activation_time(crt, (time_t)(now - DAY_S)) == 0 &&
	       gnutls_x509_crt_set_expiration_time(
		       crt, (time_t)(now + (int64_t)years * 366 * DAY_S)) == 0;
}

static bool crt_pem(gnutls_x509_crt_t crt, char out[CA_PEM_MAX])
{
	size_t len = CA_PEM_MAX - 1;
	if (gnutls_x509_crt_export(crt, GNUTLS_X509_FMT_PEM, out, &len) != 0)
		return false;
	out[len] = 0;
	return true;
}

static bool key_pem(gnutls_x509_privkey_t key, char out[CA_PEM_MAX])
{
	size_t len = CA_PEM_MAX - 1;
	if (gnutls_x509_privkey_export(key, GNUTLS_X509_FMT_PEM, out, &len) != 0)
		return false;
	out[len] = 0;
	return true;
}

static gnutls_datum_t text_datum(const char *text)
{
	union {
		const char *in;
		unsigned char *out;
	} u = {.in = text}; /* the library reads only */
	return (gnutls_datum_t){.data = u.out, .size = (unsigned)strlen(text)};
}

static bool load_crt(const char *pem, gnutls_x509_crt_t *out)
{
	gnutls_datum_t d = text_datum(pem);
	return gnutls_x509_crt_init(out) == 0 &&
	       gnutls_x509_crt_import(*out, &d, GNUTLS_X509_FMT_PEM) == 0;
}

static bool load_ca(const struct ca_pair *pair, struct made *m)
{
	gnutls_datum_t d = text_datum(pair->key);
	return load_crt(pair->certificate, &m->ca) && gnutls_x509_privkey_init(&m->ca_key) == 0 &&
	       gnutls_x509_privkey_import(m->ca_key, &d, GNUTLS_X509_FMT_PEM) == 0;
}

static bool sign_by_ca(struct made *m)
{
	unsigned char id[KEY_ID_BYTES];
	size_t len = sizeof id;
	return gnutls_x509_crt_get_key_id(m->ca, 0, id, &len) == 0 &&
	       gnutls_x509_crt_set_authority_key_id(m->crt, id, len) == 0 &&
	       gnutls_x509_crt_sign2(m->crt, m->ca, m->ca_key, GNUTLS_DIG_SHA256, 0) == 0;
}

enum sync_err ca_make(const char *name, int64_t now, struct ca_pair *out)
{
	struct made m = {0};
	char dn[DN_MAX];
	unsigned char id[KEY_ID_BYTES];
	size_t len = sizeof id;
	bool good = dn_of(name, dn) && new_key(&m.key) && gnutls_x509_crt_init(&m.crt) == 0 &&
		    frame(m.crt, now, CA_YEARS) && gnutls_x509_crt_set_dn(m.crt, dn, NULL) == 0 &&
		    gnutls_x509_crt_set_key(m.crt, m.key) == 0 &&
		    gnutls_x509_crt_set_basic_constraints(m.crt, 1, 0) == 0 &&
		    gnutls_x509_crt_set_key_usage(m.crt, GNUTLS_KEY_KEY_CERT_SIGN |
								 GNUTLS_KEY_CRL_SIGN) == 0 &&
		    gnutls_x509_crt_get_key_id(m.crt, 0, id, &len) == 0 &&
		    gnutls_x509_crt_set_subject_key_id(m.crt, id, len) == 0 &&
		    gnutls_x509_crt_sign2(m.crt, m.crt, m.key, GNUTLS_DIG_SHA256, 0) == 0 &&
		    crt_pem(m.crt, out->certificate) && key_pem(m.key, out->key);
	made_free(&m);
	return good ? SYNC_OK : SYNC_ERR_REFUSED;
}

/* An address is written as four or sixteen bytes, anything else as a name. */
static bool add_name(gnutls_x509_crt_t crt, const char *name)
{
	unsigned char ip[4];
	if (inet_pton(AF_INET, name, ip) == 1)
		return gnutls_x509_crt_set_subject_alt_name(crt, GNUTLS_SAN_IPADDRESS, ip, 4,
							    GNUTLS_FSAN_APPEND) == 0;
	return gnutls_x509_crt_set_subject_alt_name(crt, GNUTLS_SAN_DNSNAME, name,
						    (unsigned)strlen(name),
						    GNUTLS_FSAN_APPEND) == 0;
}

enum sync_err ca_server(const struct ca_pair *ca, const char *const *names, size_t count,
			int64_t now, struct ca_pair *out)
{
	struct made m = {0};
	char dn[DN_MAX];
	bool good = count > 0 && dn_of(names[0], dn) && load_ca(ca, &m) && new_key(&m.key) &&
		    gnutls_x509_crt_init(&m.crt) == 0 && frame(m.crt, now, CA_CLIENT_YEARS) &&
		    gnutls_x509_crt_set_dn(m.crt, dn, NULL) == 0 &&
		    gnutls_x509_crt_set_key(m.crt, m.key) == 0 &&
		    gnutls_x509_crt_set_basic_constraints(m.crt, 0, -1) == 0 &&
		    gnutls_x509_crt_set_key_purpose_oid(m.crt, GNUTLS_KP_TLS_WWW_SERVER, 0) == 0 &&
		    gnutls_x509_crt_set_key_usage(m.crt, GNUTLS_KEY_DIGITAL_SIGNATURE) == 0;
	for (size_t i = 0; i < count && good; i++)
		good = add_name(m.crt, names[i]);
	good = good && sign_by_ca(&m) && crt_pem(m.crt, out->certificate) &&
	       key_pem(m.key, out->key);
	made_free(&m);
	return good ? SYNC_OK : SYNC_ERR_REFUSED;
}

enum sync_err ca_request(const char *subject, char key[CA_PEM_MAX], char request[CA_PEM_MAX])
{
	struct made m = {0};
	gnutls_privkey_t signer = NULL;
	char dn[DN_MAX];
	size_t len = CA_PEM_MAX - 1;
	bool good = dn_of(subject, dn) && new_key(&m.key) &&
		    gnutls_x509_crq_init(&m.request) == 0 &&
		    gnutls_x509_crq_set_version(m.request, 1) == 0 &&
		    gnutls_x509_crq_set_dn(m.request, dn, NULL) == 0 &&
		    gnutls_x509_crq_set_key(m.request, m.key) == 0 &&
		    gnutls_privkey_init(&signer) == 0 &&
		    gnutls_privkey_import_x509(signer, m.key, 0) == 0 &&
		    gnutls_x509_crq_privkey_sign(m.request, signer, GNUTLS_DIG_SHA256, 0) == 0 &&
		    gnutls_x509_crq_export(m.request, GNUTLS_X509_FMT_PEM, request, &len) == 0 &&
		    key_pem(m.key, key);
	if (good)
		request[len] = 0;
	if (signer != NULL)
		gnutls_privkey_deinit(signer);
	made_free(&m);
	return good ? SYNC_OK : SYNC_ERR_REFUSED;
}

enum sync_err ca_issue(const struct ca_pair *ca, const char *request, const char *subject,
		       int64_t now, char certificate[CA_PEM_MAX])
{
	struct made m = {0};
	gnutls_datum_t d = text_datum(request);
	char dn[DN_MAX];
	bool good = dn_of(subject, dn) && load_ca(ca, &m) &&
		    gnutls_x509_crq_init(&m.request) == 0 &&
		    gnutls_x509_crq_import(m.request, &d, GNUTLS_X509_FMT_PEM) == 0 &&
		    gnutls_x509_crq_verify(m.request, 0) == 0 &&
		    gnutls_x509_crt_init(&m.crt) == 0 && frame(m.crt, now, CA_CLIENT_YEARS) &&
		    gnutls_x509_crt_set_crq(m.crt, m.request) == 0 &&
		    gnutls_x509_crt_set_dn(m.crt, dn, NULL) == 0 &&
		    gnutls_x509_crt_set_basic_constraints(m.crt, 0, -1) == 0 &&
		    gnutls_x509_crt_set_key_purpose_oid(m.crt, GNUTLS_KP_TLS_WWW_CLIENT, 0) == 0 &&
		    gnutls_x509_crt_set_key_usage(m.crt, GNUTLS_KEY_DIGITAL_SIGNATURE) == 0 &&
		    sign_by_ca(&m) && crt_pem(m.crt, certificate);
	made_free(&m);
	return good ? SYNC_OK : SYNC_ERR_REFUSED;
}

enum sync_err ca_pin(const char *certificate, char pin[CA_PIN_MAX])
{
	struct made m = {0};
	gnutls_pubkey_t key = NULL;
	gnutls_datum_t der = {0}, text = {0};
	unsigned char digest[32];
	bool good = load_crt(certificate, &m.crt) && gnutls_pubkey_init(&key) == 0 &&
		    gnutls_pubkey_import_x509(key, m.crt, 0) == 0 &&
		    gnutls_pubkey_export2(key, GNUTLS_X509_FMT_DER, &der) == 0 &&
		    gnutls_hash_fast(GNUTLS_DIG_SHA256, der.data, der.size, digest) == 0;
	const gnutls_datum_t raw = {.data = digest, .size = sizeof digest};
	good = good && gnutls_base64_encode2(&raw, &text) == 0;
	if (good)
		good = snprintf(pin, CA_PIN_MAX, "sha256//%.*s", (int)text.size,
				(const char *)text.data) < CA_PIN_MAX;
	gnutls_free(der.data);
	gnutls_free(text.data);
	if (key != NULL)
		gnutls_pubkey_deinit(key);
	made_free(&m);
	return good ? SYNC_OK : SYNC_ERR_CORRUPT;
}

enum sync_err ca_sha256(const char *certificate, unsigned char out[32])
{
	struct made m = {0};
	size_t len = 32;
	bool good = load_crt(certificate, &m.crt) &&
		    gnutls_x509_crt_get_fingerprint(m.crt, GNUTLS_DIG_SHA256, out, &len) == 0;
	made_free(&m);
	return good ? SYNC_OK : SYNC_ERR_CORRUPT;
}
