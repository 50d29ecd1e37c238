/* device.h - the mark of a browser somebody logged in from: with it, failures of strangers in the
 * same name do not count against its owner. It opens nothing; the password is asked all the same.
 *
 * "nonce.mac": the nonce names the browser, the mac binds it to one login name under a key made
 * from the installation's own. */
#pragma once
#include "app/store/township/office.h"

enum { DEVICE_NONCE_CHARS = 32, DEVICE_CHARS = DEVICE_NONCE_CHARS + 1 + 2 * HASH_BYTES };

void device_make(const struct office *o, const char *login, char out[DEVICE_CHARS + 1]);
/* False: no mark of this installation for this name. */
bool device_holds(const struct office *o, const char *login, const char *mark,
		  char nonce[DEVICE_NONCE_CHARS + 1]);
