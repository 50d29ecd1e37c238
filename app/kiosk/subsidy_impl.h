/* subsidy_impl.h - what the two pages of subsidies share; nobody else includes it. */
#pragma once
#include "app/kiosk/kiosk.h"
#include "ui/button.h"

#define subsidy_template "subsidy"

/* First character of a name; gives its bytes, 0 for an empty one. */
size_t subsidy_surname(const char *name, char out[8]);
/* Title and what to know; gives the top of what is free. */
int subsidy_head(struct ui *u, struct ui_rect c, const char *title, const char *sub);
/* The village these subsidies are of, where it is not the kiosk's own; "" where it is. */
const char *subsidy_elsewhere(const struct kiosk *k);
/* 用完了 */
struct ui_bar_button subsidy_done(const struct kiosk *k, enum ui_button_kind kind);
