/* due_shown.h - what places of an office should have made public and have not, and how often
 * villagers asked for it: a card on the first page, and the whole list. */
#pragma once
#include "app/township/visit.h"

/* The card 公开预警 with what villagers asked for most; nothing when nobody did. */
must_use enum err due_card(struct visit *v);
