/* annotate.h - a question about a published row and its answer, made public beside that row.
 *
 * Only of a letter whose writer allowed it, once it is answered. The office writes both anew:
 * nothing is copied out of the letter, no name and no number of a person may stand in it. It is a
 * row of a sheet of its own, prepared here and signed by somebody else like every sheet. */
#pragma once
#include "app/store/township/cases.h"
#include "app/township/visit.h"
#include "app/village/complaint.h"

/* Whether question and answer of this case may be prepared now. */
bool annotate_may(const struct visit *v, const struct case_row *c, const struct complaint *says);
void annotate_form(struct visit *v, const struct case_row *c);
