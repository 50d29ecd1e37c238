/* player.h - the side of a script that sits inside the kiosk: between frames it presses, looks and
 * writes, through the same events and the same display list as a finger and an eye. */
#pragma once
#include "app/kiosk/kiosk.h"

#include <stdio.h>

struct player {
	int commands, answers; /* file descriptors: lines in, answers out */
	bool thanks;           /* each thank-you is told to the parent, ... */
	int noted;             /* ... which says here that it has noted it */
	int pause_ms;          /* between commands, for watching */
	/* the command in hand */
	bool busy;
	int step;
	int64_t since_ms, idle_ms;
	char said[65]; /* last parcel thanked for */
	struct player_command *command;
	int frames;
};

/* One answer a command: lines beginning with a blank, then "ok", or "fail WHY". A line beginning
 * with = names a letter that is just being thanked for. */
int player_poll(void *self, struct kiosk *k);
void player_thanked(void *self, const char *parcel_id);
struct player_command *player_command_new(void);
void player_command_free(struct player_command *c);
/* What a script may say. */
void player_help(FILE *to);
