/* annotation.h - the sheet of questions and answers with one more: read from what is public, kept
 * as a draft that waits for another person's signature. */
#pragma once
#include "app/store/township/drafts.h"
#include "app/township/published.h"
#include "app/village/complaint.h"
#include "app/village/record.h"

struct annotation {
	/* Given; borrowed. */
	const struct complaint_row *about_row;
	const struct catalogue_template *about, *t; /* of the row, of what is written */
	const char *question, *answer;
	const char *office; /* who answers; may be NULL */
	int32_t day;        /* 20261121 */
	/* Of what is public. */
	struct published about_now, now;
	struct buf about_rows, before, sheet;
	struct record row; /* as it is public now */
	uint32_t version;  /* of its sheet */
	char id[RECORD_ID_MAX + 1];
	bool overtaken; /* the place published something since it was read: read again */
};

/* Of one that is zero but for what is given. */
void annotation_begin(struct annotation *a);
void annotation_end(struct annotation *a);

/* Reads what is public and writes the sheet, as often as it is asked. ERR_MISSING: the row is not
 * public any more. */
must_use enum err annotation_read(struct db *db, struct annotation *a);
/* ERR_REFUSED: one waits for its signature already, or it is overtaken. A job. */
must_use enum err annotation_keep(struct db *db, struct annotation *a, int64_t staff, int64_t now,
				  int64_t *draft);
