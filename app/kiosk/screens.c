#include "app/kiosk/screens.h"

const struct screen screens[SCREENS] = {
	[SCREEN_ATTRACT] = {"attract", attract_draw, 0, false},
	[SCREEN_LANGUAGE] = {"language", language_draw, IDLE_BROWSE_S, false},
	[SCREEN_HOME] = {"home", home_draw, IDLE_BROWSE_S, false},
	[SCREEN_PLACES] = {"places", places_draw, IDLE_BROWSE_S, false},
	[SCREEN_EMPTY] = {"empty", empty_draw, IDLE_BROWSE_S, false},
	[SCREEN_FINANCE] = {"finance", finance_draw, IDLE_BROWSE_S, false},
	[SCREEN_LEDGER] = {"ledger", ledger_draw, IDLE_BROWSE_S, false},
	[SCREEN_LINE] = {"line", line_draw, IDLE_BROWSE_S, false},
	[SCREEN_WHOM] = {"whom", whom_draw, IDLE_FORM_S, true},
	[SCREEN_TOPIC] = {"topic", topic_draw, IDLE_FORM_S, true},
	[SCREEN_MATTER] = {"matter", matter_draw, IDLE_FORM_S, true},
	[SCREEN_INPUT] = {"input", input_draw, IDLE_FORM_S, true},
	[SCREEN_NAME] = {"name", name_draw, IDLE_FORM_S, true},
	[SCREEN_REACH] = {"reach", reach_draw, IDLE_FORM_S, true},
	[SCREEN_REVIEW] = {"review", review_draw, IDLE_FORM_S, true},
	[SCREEN_SEALED] = {"sealed", sealed_draw, IDLE_SEALED_S, true},
	[SCREEN_TRACK] = {"track", track_draw, IDLE_PERSONAL_S, true},
	[SCREEN_NOT_FOUND] = {"not-found", not_found_draw, IDLE_PERSONAL_S, true},
	[SCREEN_CASE] = {"case", case_draw, IDLE_PERSONAL_S, true},
};
