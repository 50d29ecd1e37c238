#include "app/village/json.h"

#include "app/base/text.h"

#include <string.h>

enum { HEX_MAX = 256 };

/* Marks an object that memory was too short for. */
static const char missing[] = "\x01";

json_t *json_object_of(const void *bytes, size_t len)
{
	json_error_t why;
	json_t *o = json_loadb(bytes, len, JSON_REJECT_DUPLICATES, &why);
	if (o != NULL && !json_is_object(o)) {
		json_decref(o);
		return NULL;
	}
	return o;
}

bool json_text(const json_t *o, const char *key, char *out, size_t size)
{
	const json_t *v = json_object_get(o, key);
	size_t len = json_string_length(v);
	if (!json_is_string(v) || len >= size || !text_is_plain(json_string_value(v), len))
		return false;
	memcpy(out, json_string_value(v), len);
	out[len] = 0;
	return true;
}

bool json_text_or_empty(const json_t *o, const char *key, char *out, size_t size)
{
	out[0] = 0;
	return json_object_get(o, key) == NULL || json_text(o, key, out, size);
}

bool json_whole(const json_t *o, const char *key, int64_t least, int64_t most, int64_t *out)
{
	const json_t *v = json_object_get(o, key);
	if (!json_is_integer(v) || json_integer_value(v) < least || json_integer_value(v) > most)
		return false;
	*out = json_integer_value(v);
	return true;
}

bool json_bool(const json_t *o, const char *key, bool *out)
{
	const json_t *v = json_object_get(o, key);
	*out = json_is_true(v);
	return json_is_boolean(v);
}

bool json_hex(const json_t *o, const char *key, unsigned char *out, size_t len)
{
	const json_t *v = json_object_get(o, key);
	return json_is_string(v) &&
	       text_unhex(json_string_value(v), json_string_length(v), out, len);
}

const json_t *json_list(const json_t *o, const char *key, size_t most)
{
	const json_t *v = json_object_get(o, key);
	return json_is_array(v) && json_array_size(v) <= most ? v : NULL;
}

static int append(const char *bytes, size_t len, void *to)
{
	buf_add(to, bytes, len);
	return 0;
}

enum err json_write(json_t *o, struct buf *out)
{
	bool whole = o != NULL && json_object_get(o, missing) == NULL;
	int rc = whole ? json_dump_callback(o, append, out, JSON_COMPACT) : -1;
	json_decref(o);
	return rc != 0 ? ERR_FULL : buf_end(out);
}

void json_put(json_t *o, const char *key, json_t *value)
{
	if (json_object_set_new(o, key, value) != 0)
		json_object_set_new(o, "\x01",
				    json_null()); /* never read back: such an object is refused */
}

json_t *json_hex_value(const unsigned char *bytes, size_t len)
{
	char hex[2 * HEX_MAX + 1];
	if (len > HEX_MAX)
		return NULL;
	text_hex(bytes, len, hex);
	return json_string(hex);
}
