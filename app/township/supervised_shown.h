/* supervised_shown.h - who of the village signed, who objected and why, for whom a draft waits. */
#pragma once
#include "app/township/supervised.h"
#include "app/township/visit.h"

/* For whom it waits and for how long: 等监委会（张*明）签，2 天了. For a draft that was submitted.
 */
void supervised_waiting(struct visit *v, const struct draft *d, const struct supervised *s);
/* A card: what each member said, and for whom it still waits. */
void supervised_card(struct visit *v, const struct draft *d, const struct supervised *s);
/* For a member, or who prepared the draft: a photograph of the sheet that was signed on paper. */
void supervised_paper(struct visit *v, const struct draft *d);
/* The member's own forms: sign, or object. */
void supervised_forms(struct visit *v, const struct draft *d);
