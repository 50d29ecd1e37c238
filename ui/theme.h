/* theme.h - every colour, size and distance of the screen, once.
 *
 * Lengths are design units: a 21.5-inch panel of 1920 x 1080 or 1080 x 1920 (4.03 a millimetre).
 * The window scales them to other panels. Measured contrasts: ink on paper 13.8, ink2 on paper 7.4,
 * white on pine 8.1, sunInk on sun 8.9. Income and expense are of nearly equal luminance on
 * purpose: they are told apart by solid and hatched, by seal and by sign, never by colour alone. */
#pragma once
#include <stdint.h>

struct ui_color {
	uint8_t r, g, b, a;
};
#define UI_RGB(hex)                                                                                \
	((struct ui_color){(uint8_t)((hex) >> 16 & 255), (uint8_t)((hex) >> 8 & 255),              \
			   (uint8_t)((hex)&255), 255})

#define UI_PAPER        UI_RGB(0xFAF6EC)
#define UI_PAPER2       UI_RGB(0xF1EADA)
#define UI_CARD         UI_RGB(0xFFFFFF)
#define UI_CARD_WARM    UI_RGB(0xFFFDF6)
#define UI_INK          UI_RGB(0x1C2A28)
#define UI_INK2         UI_RGB(0x46544F)
#define UI_LINE         UI_RGB(0xD9CFB9)
#define UI_EDGE         UI_RGB(0x8C8672)
#define UI_SHADOW       UI_RGB(0xE9E0CB)
#define UI_SHADOW_SUN   UI_RGB(0xE6C878)
#define UI_SHADOW_PINE  UI_RGB(0x072E29)
#define UI_SHADOW_KEY   UI_RGB(0xCFC4AB)
#define UI_PINE         UI_RGB(0x0E5A50)
#define UI_PINE_D       UI_RGB(0x0A3F38)
#define UI_PINE_T       UI_RGB(0xE2EFEA)
#define UI_PINE_LINE    UI_RGB(0xBBD3CB)
#define UI_PINE_CARD    UI_RGB(0xF6FBF9)
#define UI_SUN          UI_RGB(0xF5B32E)
#define UI_SUN_D        UI_RGB(0xD99717)
#define UI_SUN_INK      UI_RGB(0x2A1D00)
#define UI_SUN_T        UI_RGB(0xFFF1CC)
#define UI_SUN_LINE     UI_RGB(0xE9CF8C)
#define UI_SUN_TEXT     UI_RGB(0x3A2A00)
#define UI_INCOME       UI_RGB(0x1F5A96)
#define UI_INCOME_T     UI_RGB(0xE3EDF7)
#define UI_EXPENSE      UI_RGB(0xA5460F)
#define UI_EXPENSE_H    UI_RGB(0xE9B08C)
#define UI_EXPENSE_T    UI_RGB(0xFBE8DA)
#define UI_DANGER       UI_RGB(0xA3211A)
#define UI_DANGER_T     UI_RGB(0xFBE6E2)
#define UI_DISABLED_INK UI_RGB(0x8A8672)
#define UI_KEY_FUNCTION UI_RGB(0xE4DAC4)
#define UI_IDLE_BACK    UI_RGB(0xC9DACB)
#define UI_WHITE        UI_RGB(0xFFFFFF)

enum ui_size { UI_STANDARD, UI_LARGE, UI_XLARGE, UI_SIZES };

/* Roles of text; each has a size in each of the three text sizes. */
enum ui_role {
	UI_CAPTION,
	UI_BODY,
	UI_LABEL,
	UI_LEAD,
	UI_H3,
	UI_H2,
	UI_H1,
	UI_NUMBER,
	UI_TILE_TITLE,
	UI_ACTION_TITLE,
	UI_ROLES
};
int ui_role_px(enum ui_role role, enum ui_size size);

/* Faces by use: the primary font and its fallbacks stand in fonts/faces.inc. */
enum ui_style { UI_REGULAR, UI_BOLD, UI_TITLE, UI_STYLES };

enum {
	UI_HEADER_H = 104,
	UI_HEADER_RULE = 8,
	UI_BAR_H_LANDSCAPE = 136,
	UI_BAR_H_PORTRAIT = 152,
	UI_MARGIN_LANDSCAPE = 64,
	UI_MARGIN_PORTRAIT = 40,
	UI_GAP_CARDS = 24,
	UI_GAP_TILES = 32,
	UI_RADIUS_BAR = 4,
	UI_RADIUS_KEY = 14,
	UI_RADIUS_BUTTON = 20,
	UI_RADIUS_CARD = 24,
	UI_RADIUS_PLATE = 28,
	UI_RADIUS_DIALOG = 32,
	UI_RADIUS_PILL = 999,
	UI_TOUCH_MIN = 88,
	UI_SLOP = 12,
};
