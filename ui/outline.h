/* outline.h - a display list as what can be said and chosen, in the order one would read it.
 *
 * Items are targets with the texts on them, and texts that stand free, gathered into paragraphs and
 * cards. Order: the title, the sentence under it, everything else as it was drawn, the bottom bar.
 * Notes of the list replace the texts inside them. Lines of an item are parted by line feeds; what
 * goes on in the next line of a paragraph is joined. */
#pragma once
#include "ui/frame.h"

enum { UI_ITEMS_MAX = 224, UI_OUTLINE_TEXT = 48 * 1024, UI_ITEM_ID = 48, UI_ITEM_ICON = 20 };

/* Order of what is said; within one rank as it was drawn. */
enum { UI_RANK_TITLE, UI_RANK_SENTENCE, UI_RANK_PAGE, UI_RANK_BAR };

struct ui_item {
	struct ui_rect rect;
	uint32_t text_at, text_len;
	char id[UI_ITEM_ID];     /* "" : cannot be chosen */
	char icon[UI_ITEM_ICON]; /* the first icon on it, or "" */
	bool title, bar, secret;
	bool covered; /* a target inside a larger note: to be chosen, but said by the note */
	bool scrolls; /* lies in the region that follows the finger */
	uint8_t rank;
	int16_t px; /* of its title letters */
};

struct ui_outline {
	int count;
	bool secrets; /* some item is one */
	struct ui_rect region;
	struct ui_item item[UI_ITEMS_MAX];
	char text[UI_OUTLINE_TEXT];
	size_t used;
};

/* `bar_y`: what begins below belongs to the bottom bar. `title_px`: a title is at least so large.
 */
void ui_outline_make(const struct ui_list *l, int bar_y, int title_px, struct ui_outline *out);
void ui_outline_wipe(struct ui_outline *o);

const char *ui_outline_text(const struct ui_outline *o, const struct ui_item *item); /* use text_len
										      */
