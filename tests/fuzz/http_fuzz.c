/* http_fuzz.c - any bytes as what comes over HTTP: the first byte chooses the reader. */
#include "app/village/wire.h"
#include "sync/http_form.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void as_form(const char *type, const uint8_t *data, size_t size)
{
	static struct form f;
	unsigned char *room = malloc(size + 1);
	if (room == NULL)
		abort();
	if (form_read(type, data, size, room, &f) == SYNC_OK)
		for (size_t i = 0; i < f.count; i++) {
			volatile unsigned sum = 0;
			for (size_t j = 0; j < f.field[i].len; j++)
				sum = sum + f.field[i].value[j];
			if (strlen(f.field[i].name) == 0 || f.field[i].len > size)
				abort();
		}
	free(room);
}

static void as_batch(const uint8_t *data, size_t size)
{
	size_t at = 0, len, all = 0;
	const unsigned char *one;
	while (wire_batch_next(data, size, &at, &one, &len) == OK) {
		if (len == 0 || one + len > data + size)
			abort();
		all += len + 4;
	}
	if (all > size)
		abort();
}

/* What JSON messages are read is written and read again the same. */
static void as_delivered(const uint8_t *data, size_t size)
{
	static struct wire_delivered a, b;
	struct buf json;
	if (wire_delivered_read(data, size, &a) != OK)
		return;
	buf_init(&json, 4 * WIRE_MESSAGE_MAX);
	if (wire_delivered_make(&a, &json) == OK &&
	    (wire_delivered_read(json.p, json.len, &b) != OK || a.count != b.count))
		abort();
	buf_free(&json);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct wire_enroll enroll;
	static struct wire_health health;
	struct wire_enrolled enrolled;
	struct wire_manifest manifest;
	struct wire_hello hello;
	struct wire_told told;
	static const struct sign_public nobody;
	if (size == 0 || sign_start() != SYNC_OK)
		return 0;
	uint8_t which = data[0];
	data++;
	size--;
	switch (which) {
	case 'u':
		as_form("application/x-www-form-urlencoded", data, size);
		break;
	case 'm':
		as_form("multipart/form-data; boundary=xyz", data, size);
		break;
	case 'b':
		as_batch(data, size);
		break;
	case 'd':
		as_delivered(data, size);
		break;
	case 'e':
		(void)!wire_enroll_read(data, size, &enroll);
		break;
	case 'E':
		if (wire_enrolled_read(data, size, &enrolled) == OK)
			wire_enrolled_free(&enrolled);
		break;
	case 'f':
		(void)!wire_manifest_read(data, size, &manifest);
		break;
	case 'h':
		if (wire_hello_read(data, size, &nobody, &hello) == OK)
			abort();
		break;
	case 'H':
		if (wire_health_read(data, size, &nobody, &health) == OK)
			abort();
		break;
	default:
		(void)!wire_told_read(data, size, &told);
		break;
	}
	return 0;
}
