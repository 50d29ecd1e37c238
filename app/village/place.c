#include "app/village/place.h"

#include <string.h>

static const char *const level_name[PLACE_LEVELS] = {"province", "prefecture", "county",
						     "township", "village",    "group"};

const char *place_level_name(enum place_level level)
{
	return level_name[level];
}

bool place_level_parse(const char *name, enum place_level *out)
{
	for (int i = 0; i < PLACE_LEVELS; i++)
		if (strcmp(level_name[i], name) == 0) {
			*out = (enum place_level)i;
			return true;
		}
	return false;
}

bool place_id_valid(const char *id)
{
	size_t len = strlen(id);
	return len > 0 && len <= PLACE_ID_MAX &&
	       strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789.-") == len && id[0] != '.' &&
	       id[0] != '-';
}
