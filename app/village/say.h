/* say.h - what stands on the screen, turned into what a person would say.
 *
 * Amounts are said in full (128,400.00: 十二万八千四百元), years digit by digit, dates, hours,
 * percentages, areas and codes the way they are read aloud in Mandarin; signs of amounts become
 * 收入 and 支出. What comes out holds no digit and no sign any more: characters, commas and stops
 * (pauses), and words in Latin letters as they were. Pure: the same text always gives the same. */
#pragma once
#include "app/base/buf.h"

/* 20500: 两万零五百. Two is 两 before 千, 万 and 亿, 二 before 十 and 百. */
void say_number(uint64_t n, struct buf *out);
/* 480050: 四千八百元五角; 5: 五分; 100005: 一千元零五分. A minus becomes 负. */
void say_fen(int64_t fen, struct buf *out);
/* Digit by digit in groups of four with a pause between (eleven digits: 3, 4, 4, as telephone
 * numbers are said). Characters that are no digits are left out. */
void say_digits(const char *digits, size_t len, struct buf *out);
/* A text as it stands on the screen. */
void say_text(const char *text, size_t len, struct buf *out);
/* The same where the heading of the numbers says 万元: a bare number gets its unit. */
void say_text_wan(const char *text, size_t len, struct buf *out);
