/* text.h - small questions about UTF-8 and hex.
 *
 * Text is checked once, where it enters the house; after that it is carried as
 * pointer and length. */
#pragma once
#include "app/base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Shortest form only, no surrogates, nothing above U+10FFFF. */
bool text_is_utf8(const void *bytes, size_t len);

/* As above and without control characters except line feed. */
bool text_is_plain(const void *bytes, size_t len);

/* Code points, for people; `s` must be UTF-8. */
size_t text_chars(const char *s, size_t len);

/* Decodes one code point at s[*at] and moves *at; U+FFFD for a broken one. */
uint32_t text_next(const char *s, size_t len, size_t *at);

/* Writes `code` as UTF-8 and returns its length, 1..4. */
size_t text_put(uint32_t code, char out[4]);

/* `out` holds 2 * len + 1 characters. */
void text_hex(const unsigned char *bytes, size_t len, char *out);

/* Exactly `len` bytes from 2 * len lower-case hex digits; false when it is anything else. */
bool text_unhex(const char *hex, size_t hex_len, unsigned char *out, size_t len);

/* Copies at most size - 1 bytes, cut at a character, always ends with NUL. */
void text_copy(char *out, size_t size, const char *s, size_t len);

/* Takes the next word before a blank from *at into `out`; false at the end or when it is too long.
 */
bool text_word(const char **at, char *out, size_t size);
/* As text_word, for a whole decimal number. */
bool text_whole(const char **at, int64_t *out);

/* A whole decimal number without sign or spaces; false when it is not one or does not fit. */
bool text_number(const char *s, size_t len, int64_t *out);
