#include "app/township/device.h"

#include "app/base/text.h"

#include <stdio.h>
#include <string.h>

/* Lengths go in, so that no other split of the same bytes has the same mac. */
static void mac_of(const struct office *o, const char *login, const char *nonce, struct hash *out)
{
	static const char purpose[] = "elutong browser";
	const struct office_service *own = office_own(o);
	struct hash_run run;
	unsigned char len = (unsigned char)strlen(login);
	hash_begin(&run);
	hash_more(&run, purpose, sizeof purpose);
	hash_more(&run, own->sign.b, sizeof own->sign.b);
	hash_more(&run, nonce, DEVICE_NONCE_CHARS);
	hash_more(&run, &len, 1);
	hash_more(&run, login, len);
	hash_end(&run, out);
}

void device_make(const struct office *o, const char *login, char out[DEVICE_CHARS + 1])
{
	unsigned char random[DEVICE_NONCE_CHARS / 2];
	char nonce[DEVICE_NONCE_CHARS + 1], hex[2 * HASH_BYTES + 1];
	struct hash mac;
	seal_random(random, sizeof random);
	text_hex(random, sizeof random, nonce);
	mac_of(o, login, nonce, &mac);
	text_hex(mac.b, HASH_BYTES, hex);
	snprintf(out, DEVICE_CHARS + 1, "%s.%s", nonce, hex);
}

bool device_holds(const struct office *o, const char *login, const char *mark,
		  char nonce[DEVICE_NONCE_CHARS + 1])
{
	struct hash right, given;
	if (strlen(mark) != DEVICE_CHARS || mark[DEVICE_NONCE_CHARS] != '.' ||
	    !text_unhex(mark + DEVICE_NONCE_CHARS + 1, (size_t)2 * HASH_BYTES, given.b, HASH_BYTES))
		return false;
	memcpy(nonce, mark, DEVICE_NONCE_CHARS);
	nonce[DEVICE_NONCE_CHARS] = 0;
	mac_of(o, login, nonce, &right);
	return hash_equal(&right, &given);
}
