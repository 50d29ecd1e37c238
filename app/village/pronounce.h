/* pronounce.h - characters to Pinyin with tones, for a voice that cannot read characters.
 *
 * Two tables of assets/speech: the usual reading of every character, and words read otherwise
 * (银行, 重庆, 行长 …), longest word first. The tones of 一 and 不 follow what comes behind them.
 */
#pragma once
#include "app/base/buf.h"

struct pronounce;

/* Reads readings.txt and polyphones.txt of `folder`. ERR_MISSING, or ERR_CORRUPT with the line in
 * the log. */
must_use enum err pronounce_open(const char *folder, struct pronounce **out);
void pronounce_close(struct pronounce *p); /* NULL is fine */

/* "银行，还款。" gives "yin2 hang2 , huan2 kuan3 .". Letters are named (A: ei1; a lone small letter
 * of the Pinyin keyboard as schools do: b: bo1). What has no reading is left out. */
void pronounce_text(const struct pronounce *p, const char *text, size_t len, struct buf *out);
