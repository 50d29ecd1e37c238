/* say_impl.h - what the two files of say share. */
#pragma once

enum { DIGITS_MAX = 40 };

const char *say_digit(int d); /* 0..9 */
