#include "ui/theme.h"

int ui_role_px(enum ui_role role, enum ui_size size)
{
	static const int px[UI_ROLES][UI_SIZES] = {
		[UI_CAPTION] = {26, 30, 36},    [UI_BODY] = {32, 38, 46},
		[UI_LABEL] = {34, 40, 46},      [UI_LEAD] = {36, 42, 50},
		[UI_H3] = {40, 46, 54},         [UI_H2] = {52, 56, 62},
		[UI_H1] = {64, 68, 76},         [UI_NUMBER] = {72, 80, 88},
		[UI_TILE_TITLE] = {46, 52, 60}, [UI_ACTION_TITLE] = {46, 52, 56},
	};
	return px[role][size];
}
