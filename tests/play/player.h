/* player.h - the side of a script that sits inside the kiosk: between frames it presses, looks and
 * writes, through the same events and the same display list as a finger and an eye. */
#pragma once
#include "app/kiosk/kiosk.h"

struct player {
	int commands, answers; /* file descriptors: lines in, answers out */
	const char *thanks;    /* file of thanked parcels, or NULL */
	int pause_ms;          /* between commands, for watching */
	/* the command in hand */
	bool busy;
	int step;
	int64_t since_ms;
	char said[65]; /* last parcel thanked for */
	struct player_command *command;
	int frames;
};

/* One answer a command: lines beginning with a blank, then "ok", or "fail WHY". */
int player_poll(void *self, struct kiosk *k);
void player_thanked(void *self, const char *parcel_id);
struct player_command *player_command_new(void);
void player_command_free(struct player_command *c);
