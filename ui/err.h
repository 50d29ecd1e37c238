/* err.h - how a function in ui says that it failed; the same meanings as everywhere in the house.
 */
#pragma once

enum ui_err {
	UI_OK = 0,
	UI_ERR_IO = -1,
	UI_ERR_CORRUPT = -2,
	UI_ERR_MISSING = -3,
	UI_ERR_REFUSED = -4,
	UI_ERR_FULL = -5,
};

#define ui_must_use __attribute__((warn_unused_result))
