/* place.h - where: the tree from province down to villager group.
 *
 * Ids are the house's own and never change; division codes do (49 of Mengzi's
 * 101 changed in seven years), so a code is only something a place carries. A
 * villager group (小组/社) is a place of its own: it has its own books. */
#pragma once
#include <stdbool.h>
#include <stddef.h>

enum { PLACE_ID_MAX = 63, PLACE_NAME_MAX = 95 };

enum place_level {
	PLACE_PROVINCE,
	PLACE_PREFECTURE,
	PLACE_COUNTY,
	PLACE_TOWNSHIP,
	PLACE_VILLAGE, /* village committee or community */
	PLACE_GROUP,
	PLACE_LEVELS
};

struct place {
	char id[PLACE_ID_MAX + 1];     /* lower-case letters, digits, dots, dashes */
	char parent[PLACE_ID_MAX + 1]; /* "" for the top */
	char name[PLACE_NAME_MAX + 1]; /* 草坝镇, 示范一村, 三组 */
	char code[13];                 /* division code valid now; "" where there is none */
	enum place_level level;
};

/* "village" and back; false for another word. */
const char *place_level_name(enum place_level level);
bool place_level_parse(const char *name, enum place_level *out);

bool place_id_valid(const char *id);
