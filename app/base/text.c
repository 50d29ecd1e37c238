#include "app/base/text.h"

#include <string.h>

/* Length of the valid sequence at p, 0 when it is broken. */
static size_t sequence(const unsigned char *p, size_t len, uint32_t *code)
{
	static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
	size_t n;
	uint32_t c;
	if (len == 0)
		return 0;
	if (p[0] < 0x80) {
		*code = p[0];
		return 1;
	}
	if ((p[0] & 0xe0) == 0xc0) {
		n = 2;
		c = p[0] & 0x1fu;
	} else if ((p[0] & 0xf0) == 0xe0) {
		n = 3;
		c = p[0] & 0x0fu;
	} else if ((p[0] & 0xf8) == 0xf0) {
		n = 4;
		c = p[0] & 0x07u;
	} else {
		return 0;
	}
	if (n > len)
		return 0;
	for (size_t i = 1; i < n; i++) {
		if ((p[i] & 0xc0) != 0x80)
			return 0;
		c = c << 6 | (p[i] & 0x3fu);
	}
	if (c < least[n] || c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff))
		return 0;
	*code = c;
	return n;
}

static bool walk(const unsigned char *p, size_t len, bool plain)
{
	for (size_t i = 0; i < len;) {
		uint32_t c;
		size_t n = sequence(p + i, len - i, &c);
		if (n == 0)
			return false;
		if (plain && ((c < 0x20 && c != '\n') || (c >= 0x7f && c < 0xa0)))
			return false;
		i += n;
	}
	return true;
}

bool text_is_utf8(const void *bytes, size_t len)
{
	return walk(bytes, len, false);
}

bool text_is_plain(const void *bytes, size_t len)
{
	return walk(bytes, len, true);
}

size_t text_chars(const char *s, size_t len)
{
	size_t n = 0;
	for (size_t i = 0; i < len; i++)
		n += ((unsigned char)s[i] & 0xc0) != 0x80;
	return n;
}

uint32_t text_next(const char *s, size_t len, size_t *at)
{
	uint32_t c = 0xfffd;
	size_t n = sequence((const unsigned char *)s + *at, len - *at, &c);
	*at += n == 0 ? 1 : n;
	return c;
}

size_t text_put(uint32_t c, char out[4])
{
	if (c < 0x80) {
		out[0] = (char)c;
		return 1;
	}
	if (c < 0x800) {
		out[0] = (char)(0xc0 | c >> 6);
		out[1] = (char)(0x80 | (c & 0x3f));
		return 2;
	}
	if (c < 0x10000) {
		out[0] = (char)(0xe0 | c >> 12);
		out[1] = (char)(0x80 | (c >> 6 & 0x3f));
		out[2] = (char)(0x80 | (c & 0x3f));
		return 3;
	}
	out[0] = (char)(0xf0 | c >> 18);
	out[1] = (char)(0x80 | (c >> 12 & 0x3f));
	out[2] = (char)(0x80 | (c >> 6 & 0x3f));
	out[3] = (char)(0x80 | (c & 0x3f));
	return 4;
}

void text_hex(const unsigned char *bytes, size_t len, char *out)
{
	static const char digit[] = "0123456789abcdef";
	for (size_t i = 0; i < len; i++) {
		out[2 * i] = digit[bytes[i] >> 4];
		out[2 * i + 1] = digit[bytes[i] & 15];
	}
	out[2 * len] = 0;
}

static int hex_value(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return -1;
}

bool text_unhex(const char *hex, size_t hex_len, unsigned char *out, size_t len)
{
	if (hex_len != 2 * len)
		return false;
	for (size_t i = 0; i < len; i++) {
		int high = hex_value(hex[2 * i]), low = hex_value(hex[2 * i + 1]);
		if (high < 0 || low < 0)
			return false;
		out[i] = (unsigned char)(high << 4 | low);
	}
	return true;
}

void text_copy(char *out, size_t size, const char *s, size_t len)
{
	if (len > size - 1) {
		len = size - 1;
		while (len > 0 && ((unsigned char)s[len] & 0xc0) == 0x80)
			len--;
	}
	memcpy(out, s, len);
	out[len] = 0;
}

bool text_number(const char *s, size_t len, int64_t *out)
{
	int64_t v = 0;
	if (len == 0)
		return false;
	for (size_t i = 0; i < len; i++) {
		if (s[i] < '0' || s[i] > '9' || v > (INT64_MAX - 9) / 10)
			return false;
		v = v * 10 + (s[i] - '0');
	}
	*out = v;
	return true;
}

bool text_word(const char **at, char *out, size_t size)
{
	static const char blank[] = " \t\n";
	const char *from = *at + strspn(*at, blank);
	size_t len = strcspn(from, blank);
	if (len == 0 || len >= size)
		return false;
	memcpy(out, from, len);
	out[len] = 0;
	*at = from + len;
	return true;
}

bool text_whole(const char **at, int64_t *out)
{
	char word[24];
	return text_word(at, word, sizeof word) && text_number(word, strlen(word), out);
}
