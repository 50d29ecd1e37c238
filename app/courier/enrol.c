/* enrol.c - a kiosk joins an installation: keys made here, a one-time code typed by the technician,
 * a certificate back. The settings that come along count only if the root signed them. */
#include "app/base/log.h"
#include "app/base/text.h"
#include "app/courier/courier.h"
#include "sync/ca.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static enum err put(struct courier *c, const char *name, const char *text, unsigned mode)
{
	char path[4096];
	return file_replace(home_path(&c->home, name, path), text, strlen(text), mode);
}

static struct http_client *open_client(struct courier *c)
{
	struct http_client *client;
	bool pinned = c->home.pin[0] != 0 || c->home.pin2[0] != 0;
	const struct http_client_options o = {.base = c->home.server,
					      .ca_file = access(c->ca, R_OK) == 0 ? c->ca : NULL,
					      .pin = {c->home.pin, c->home.pin2},
					      .proxy = c->home.proxy,
					      .clock_floor = c->server_time,
					      .stop = c->stop};
	if (pinned && http_client_open(&o, &client) == SYNC_OK)
		return client;
	fprintf(stderr, "elutong-courier: kiosk.conf needs server = https://... and its pin\n");
	return NULL;
}

/* Everything that came, in an order that leaves either nothing or a kiosk that works. */
static enum err take(struct courier *c, const struct wire_enrolled *got, const char *key)
{
	struct settings *s = NULL;
	enum err e = settings_read(got->settings, got->settings_len, &c->home.root, &s);
	settings_close(s);
	if (e != OK) {
		fprintf(stderr,
			"elutong-courier: the settings are not signed by the root this kiosk "
			"was given; nothing was changed\n");
		return e;
	}
	if (strcmp(got->place, c->home.place) != 0) {
		fprintf(stderr,
			"elutong-courier: the code is for %s, this kiosk is set up for %s\n",
			got->place, c->home.place);
		return ERR_REFUSED;
	}
	e = books_put_settings(c->books, &c->home.root, got->settings, got->settings_len);
	if (e == ERR_SAME)
		e = OK; /* the same ones are here */
	if (e == OK)
		e = courier_keep_settings(c, got->settings, got->settings_len);
	if (e == OK)
		e = put(c, "keys/ca.crt", got->ca, 0640);
	if (e == OK)
		e = put(c, "keys/tls.key", key, 0600);
	if (e == OK)
		e = put(c, "keys/tls.crt", got->certificate, 0640);
	return e;
}

static int trade(struct courier *c, struct http_client *client, struct wire_enroll *asked,
		 const char *key)
{
	struct buf json;
	struct http_reply r;
	struct wire_enrolled got;
	int code = 1;
	wire_enroll_sign(asked, &c->home.kiosk.sec);
	buf_init(&json, WIRE_MESSAGE_MAX);
	if (wire_enroll_make(asked, &json) == OK &&
	    http_post(client, "/v1/enroll",
		      &(struct http_message){"application/json", json.p, json.len,
					     SETTINGS_MESSAGE_MAX},
		      &r)) {
		if (r.status == 200 && wire_enrolled_read(r.body, r.len, &got) == OK) {
			code = take(c, &got, key) == OK ? 0 : 1;
			wire_enrolled_free(&got);
		} else if (r.status == 403) {
			fprintf(stderr, "elutong-courier: this code is wrong, used or too old\n");
		} else {
			fprintf(stderr,
				"elutong-courier: the server did not answer as a township\n");
		}
	} else {
		fprintf(stderr,
			"elutong-courier: %s was not reached, or it is not the server with this "
			"pin\n",
			c->home.server);
	}
	buf_wipe(&json);
	return code;
}

int courier_enrol(struct courier *c, const char *code)
{
	struct wire_enroll *asked = calloc(1, sizeof *asked);
	char key[CA_PEM_MAX], subject[2 * HASH_BYTES + 1];
	struct http_client *client = open_client(c);
	int result = 1;
	if (strlen(code) != WIRE_CODE_CHARS) {
		fprintf(stderr, "elutong-courier: a code has %d characters\n", WIRE_CODE_CHARS);
	} else if (client != NULL && asked != NULL) {
		text_hex(c->home.kiosk_id.b, HASH_BYTES, subject);
		snprintf(asked->code, sizeof asked->code, "%s", code);
		asked->kiosk = c->home.kiosk.pub;
		if (ca_request(subject, key, asked->request) == SYNC_OK)
			result = trade(c, client, asked, key);
		if (result == 0)
			log_info("courier: enrolled");
	}
	seal_wipe(key, sizeof key);
	http_client_close(client);
	free(asked);
	return result;
}
