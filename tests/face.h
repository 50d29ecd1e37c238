/* face.h - the fonts, opened once for all tests of a program. */
#pragma once
#include "ui/face.h"
#include "ui/shape.h"

#include "tests/test.h"

static inline int face_start(void **state)
{
	(void)state;
	return ui_face_start() != UI_OK;
}

static inline int face_stop(void **state)
{
	(void)state;
	ui_shape_wipe();
	ui_face_stop();
	return 0;
}
