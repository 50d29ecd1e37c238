/* json.h - strict looks into JSON that came from outside: the right type, in bounds, or not at all.
 */
#pragma once
#include "app/base/buf.h"

#include <jansson.h>

/* Whole bytes are one object without duplicate keys and nothing after it; NULL otherwise.
 * json_decref it. */
json_t *json_object_of(const void *bytes, size_t len);

/* Copies a text of at most size - 1 bytes, plain (no control characters but line feed). False when
 * it is missing, too long or something else. */
bool json_text(const json_t *o, const char *key, char *out, size_t size);
/* As json_text; an absent key gives "". */
bool json_text_or_empty(const json_t *o, const char *key, char *out, size_t size);
bool json_whole(const json_t *o, const char *key, int64_t least, int64_t most, int64_t *out);
bool json_bool(const json_t *o, const char *key, bool *out);
/* Exactly `len` bytes in lower-case hex. */
bool json_hex(const json_t *o, const char *key, unsigned char *out, size_t len);
/* An array of at most `most` members; NULL otherwise. Borrowed. */
const json_t *json_list(const json_t *o, const char *key, size_t most);

/* Compact, keys in the order they were set; appended. Takes `o` over. ERR_FULL. */
must_use enum err json_write(json_t *o, struct buf *out);
/* Sets a key; a NULL value means memory ran out and is told by json_write. */
void json_put(json_t *o, const char *key, json_t *value);
json_t *json_hex_value(const unsigned char *bytes, size_t len);
