/* png_file.h - pixels to a PNG file and back; for screenshots and the golden pictures. */
#pragma once
#include "ui/err.h"

#include <stdint.h>

/* XRGB words, `pitch` in bytes. */
ui_must_use enum ui_err ui_png_write(const char *path, const uint32_t *px, int w, int h, int pitch);
/* *px is w * h words, freed with free(). UI_ERR_MISSING, UI_ERR_CORRUPT. */
ui_must_use enum ui_err ui_png_read(const char *path, uint32_t **px, int *w, int *h);
