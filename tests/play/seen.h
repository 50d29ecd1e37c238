/* seen.h - what stands on the glass, as a display list tells it. Blanks do not count: a text may be
 * broken into lines and spans anywhere. */
#pragma once
#include "ui/list.h"

/* The target with this id that can be pressed. */
bool seen_target(const struct ui_list *l, const char *id, struct ui_rect *out);
/* The smallest target that can be pressed and holds this text. */
bool seen_text(const struct ui_list *l, const char *text, struct ui_rect *out);
bool seen_anywhere(const struct ui_list *l, const char *text);
/* Every text and target with its rectangle, a line each, beginning with a blank. free() it. */
char *seen_dump(const struct ui_list *l);
