/* face.h - the fonts: one HarfBuzz face and one TTF_Font per file, opened when first needed.
 *
 * HarfBuzz decides every glyph and place; SDL2_ttf only rasterises. Both read the same mapped file.
 * A font that is missing is named in the log once and passed over. Only for the thread that draws.
 */
#pragma once
#include "ui/err.h"
#include "ui/theme.h"

#include <harfbuzz/hb.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum ui_face {
#define FACE(name, file, index, script, sha256) UI_FACE_##name,
#include "fonts/faces.inc"
#undef FACE
	UI_FACES
};

/* Once before any text; UI_ERR_IO when SDL2_ttf does not start. */
ui_must_use enum ui_err ui_face_start(void);
void ui_face_stop(void);

/* Faces to try for a style, in order; UI_FACES ends the list. */
const uint8_t *ui_face_chain(enum ui_style style);
/* Titles of a Latin-letter language take the upright Noto Sans Bold first: the brush face's Latin
 * letters look childish. Tells whether that changed; shaped text is stale then. */
bool ui_face_latin_titles(bool on);

/* Ready for shaping at `px`; NULL when the file is missing. Lives until ui_face_stop. */
hb_font_t *ui_face_font(enum ui_face face, int px);
bool ui_face_has(enum ui_face face, uint32_t code);
uint32_t ui_face_glyph(enum ui_face face, uint32_t code); /* nominal glyph, 0 when there is none */
/* The script a run in this face is shaped with; `of_text` is what its characters say. */
hb_script_t ui_face_script(enum ui_face face, hb_script_t of_text);

/* Height above and below the baseline at `px`, in pixels, both positive (as the font's own header
 * says). */
void ui_face_extents(enum ui_face face, int px, int *above, int *below);

/* How a unit is rastered. `four_times`: at four times the size, then averaged (units of several
 * glyphs: their marks sit right then). */
struct ui_raster {
	enum ui_face face;
	int px;
	hb_script_t script;
	bool four_times;
};

/* Coverage of one unit: an 8-bit picture, and where its left top stands from the pen on the
 * baseline. */
struct ui_coverage {
	uint8_t *px;         /* w * h, freed by the caller; NULL when there is nothing to draw */
	int w, h, left, top; /* top: rows above the baseline */
};
ui_must_use enum ui_err ui_face_raster(const struct ui_raster *how, const char *text, size_t len,
				       struct ui_coverage *out);

/* Path and pinned hash, for the check before golden pictures. */
const char *ui_face_file(enum ui_face face);
const char *ui_face_sha256(enum ui_face face);
