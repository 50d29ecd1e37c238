#include "sync/http_form.h"

#include <stdbool.h>
#include <string.h>
#include <strings.h>

enum { BOUNDARY_MAX = 70, PART_HEAD_MAX = 1024 };

const struct form_field *form_find(const struct form *f, const char *name)
{
	for (size_t i = 0; i < f->count; i++)
		if (strcmp(f->field[i].name, name) == 0)
			return &f->field[i];
	return NULL;
}

/* --- application/x-www-form-urlencoded --- */

static int hex_of(unsigned char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* Decodes into `out`, never longer than it was. */
static bool decode(const unsigned char *in, size_t len, unsigned char *out, size_t *out_len)
{
	size_t n = 0;
	for (size_t i = 0; i < len; i++) {
		if (in[i] == '%') {
			int high = i + 2 < len ? hex_of(in[i + 1]) : -1;
			int low = i + 2 < len ? hex_of(in[i + 2]) : -1;
			if (high < 0 || low < 0)
				return false;
			out[n++] = (unsigned char)(high * 16 + low);
			i += 2;
		} else {
			out[n++] = in[i] == '+' ? ' ' : in[i];
		}
	}
	*out_len = n;
	return true;
}

static enum sync_err read_pair(const unsigned char *in, size_t len, unsigned char **room,
			       struct form *out)
{
	const unsigned char *equals = memchr(in, '=', len);
	size_t name_len = equals == NULL ? len : (size_t)(equals - in), got;
	if (len == 0)
		return SYNC_OK;
	if (out->count == FORM_FIELDS_MAX)
		return SYNC_ERR_CORRUPT;
	struct form_field *f = &out->field[out->count];
	if (!decode(in, name_len, *room, &got) || got == 0 || got > FORM_NAME_MAX ||
	    memchr(*room, 0, got) != NULL)
		return SYNC_ERR_CORRUPT;
	memcpy(f->name, *room, got);
	f->name[got] = 0;
	f->file_name[0] = 0;
	f->value = *room;
	f->len = 0;
	if (equals != NULL && !decode(equals + 1, len - name_len - 1, *room, &f->len))
		return SYNC_ERR_CORRUPT;
	*room += f->len;
	out->count++;
	return SYNC_OK;
}

static enum sync_err read_urlencoded(const unsigned char *in, size_t len, unsigned char *room,
				     struct form *out)
{
	enum sync_err e = SYNC_OK;
	while (len > 0 && e == SYNC_OK) {
		const unsigned char *next = memchr(in, '&', len);
		size_t one = next == NULL ? len : (size_t)(next - in);
		e = read_pair(in, one, &room, out);
		in += next == NULL ? one : one + 1;
		len -= next == NULL ? one : one + 1;
	}
	return e;
}

/* --- multipart/form-data --- */

static bool boundary_of(const char *type, char out[BOUNDARY_MAX + 5])
{
	const char *at = strstr(type, "boundary=");
	if (at == NULL)
		return false;
	at += strlen("boundary=");
	bool quoted = *at == '"';
	at += quoted;
	size_t len = strcspn(at, quoted ? "\"" : "; \t\r\n");
	if (len == 0 || len > BOUNDARY_MAX || (quoted && at[len] != '"'))
		return false;
	memcpy(out, "\r\n--", 4);
	memcpy(out + 4, at, len);
	out[4 + len] = 0;
	return true;
}

/* A parameter of a part's head, `name` with its equals sign and quote: ' name="'. False when it is
 * too long or not closed; absent gives "". */
static bool parameter(const char *head, const char *name, char *out, size_t size)
{
	const char *at = strstr(head, name);
	out[0] = 0;
	if (at == NULL)
		return true;
	at += strlen(name);
	size_t len = strcspn(at, "\"\r\n");
	if (at[len] != '"' || len >= size)
		return false;
	memcpy(out, at, len);
	out[len] = 0;
	return true;
}

/* The head of one part: its Content-Disposition. */
static bool read_head(const unsigned char *in, size_t len, struct form_field *f)
{
	char head[PART_HEAD_MAX];
	if (len >= sizeof head || memchr(in, 0, len) != NULL)
		return false;
	memcpy(head, in, len);
	head[len] = 0;
	char *line = head;
	while (line != NULL && strncasecmp(line, "Content-Disposition:", 20) != 0) {
		line = strstr(line, "\r\n");
		line = line == NULL ? NULL : line + 2;
	}
	if (line == NULL)
		return false;
	char *end = strstr(line, "\r\n");
	if (end != NULL)
		*end = 0;
	return strstr(line, "form-data") != NULL &&
	       parameter(line, " name=\"", f->name, sizeof f->name) && f->name[0] != 0 &&
	       parameter(line, " filename=\"", f->file_name, sizeof f->file_name);
}

static enum sync_err read_multipart(const unsigned char *in, size_t len, const char *boundary,
				    struct form *out)
{
	size_t mark = strlen(boundary);
	/* The first boundary has no line end before it. */
	if (len < mark - 2 || memcmp(in, boundary + 2, mark - 2) != 0)
		return SYNC_ERR_CORRUPT;
	const unsigned char *at = in + mark - 2, *end = in + len;
	for (;;) {
		if (end - at >= 2 && memcmp(at, "--", 2) == 0)
			return SYNC_OK;
		if (end - at < 2 || memcmp(at, "\r\n", 2) != 0 || out->count == FORM_FIELDS_MAX)
			return SYNC_ERR_CORRUPT;
		at += 2;
		const unsigned char *body = memmem(at, (size_t)(end - at), "\r\n\r\n", 4);
		struct form_field *f = &out->field[out->count];
		if (body == NULL || !read_head(at, (size_t)(body - at), f))
			return SYNC_ERR_CORRUPT;
		body += 4;
		const unsigned char *next = memmem(body, (size_t)(end - body), boundary, mark);
		if (next == NULL)
			return SYNC_ERR_CORRUPT;
		f->value = body;
		f->len = (size_t)(next - body);
		out->count++;
		at = next + mark;
	}
}

enum sync_err form_read(const char *content_type, const void *body, size_t len, unsigned char *room,
			struct form *out)
{
	char boundary[BOUNDARY_MAX + 5];
	out->count = 0;
	if (content_type == NULL)
		return SYNC_ERR_CORRUPT;
	if (strncasecmp(content_type, "application/x-www-form-urlencoded", 33) == 0)
		return read_urlencoded(body, len, room, out);
	if (strncasecmp(content_type, "multipart/form-data", 19) == 0 &&
	    boundary_of(content_type, boundary))
		return read_multipart(body, len, boundary, out);
	return SYNC_ERR_CORRUPT;
}
