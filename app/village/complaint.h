/* complaint.h - what a resident says: about whom, what kind, the eight questions, a name or none.
 *
 * Lives only in locked memory of the kiosk and in the opened letter of the
 * office; never on a disk in clear. Text is UTF-8, checked here. */
#pragma once
#include "app/base/buf.h"
#include "app/village/settings.h"

#include <stdint.h>

enum {
	COMPLAINT_TEXT_MAX = 500 /* characters of one answer */,
	COMPLAINT_TEXT_BYTES = 2048,
	COMPLAINT_NAME_MAX = 60 /* bytes */,
	COMPLAINT_PHONE_MAX = 20
};

/* 这是关于谁的事; fixes the reader. Order and words are the screen's. */
enum whom { WHOM_VILLAGE, WHOM_TOWN, WHOM_GRAFT, WHOM_UNSURE, WHOM_COUNT };
enum body_role whom_reader(enum whom w);

/* 哪类事: the eight kinds on screen 12. */
enum topic {
	TOPIC_MONEY,
	TOPIC_LAND,
	TOPIC_SUBSIDY,
	TOPIC_ROAD_WATER,
	TOPIC_PROJECT,
	TOPIC_CADRE,
	TOPIC_NEIGHBOUR,
	TOPIC_OTHER,
	TOPIC_COUNT
};
const char *topic_id(enum topic t); /* "money", for the wire */

/* The resident's seven of 八何; the eighth (何处置) belongs to the staff. */
enum question { ASK_WHAT, ASK_WHEN, ASK_WHERE, ASK_WHO, ASK_WHY, ASK_HARM, ASK_WISH, ASK_COUNT };
const char *question_id(enum question q);

/* The ledger row a question is about, as it was seen. */
struct complaint_row {
	char place[PLACE_ID_MAX + 1], period[12], template_id[32], row_id[64];
	uint32_t version;   /* of the sheet */
	int64_t amount_fen; /* as shown */
	bool out;           /* direction as shown */
	char text[256];
};

struct complaint {
	enum whom whom;
	enum topic topic;
	char place[PLACE_ID_MAX + 1]; /* the kiosk's village */
	char answer[ASK_COUNT][COMPLAINT_TEXT_BYTES];
	bool about_row;
	struct complaint_row row;
	/* The resident lets question and answer, in the office's words and without any name, be
	 * made public beside the row. Never of a letter to discipline. */
	bool may_publish;
	bool named;
	char name[COMPLAINT_NAME_MAX + 1], phone[COMPLAINT_PHONE_MAX + 1];
	bool please_ring, please_come;
	char language[16];
};

/* True when the text repeats COMPLAINT_QUOTE characters in a row of what the resident wrote, marks
 * and spaces apart; what the row itself says is nobody's own words. */
enum { COMPLAINT_QUOTE = 12 };
bool complaint_quoted(const struct complaint *c, const char *text);
/* Whether may_publish can be asked for at all. */
bool complaint_could_publish(const struct complaint *c);
/* ERR_REFUSED when 何事 is empty or a text is too long or not plain. */
must_use enum err complaint_check(const struct complaint *c);
/* The matter without any name, and the identity (empty object when anonymous), as JSON. */
must_use enum err complaint_matter(const struct complaint *c, struct buf *out);
must_use enum err complaint_identity(const struct complaint *c, struct buf *out);
/* Back from the opened letter. ERR_CORRUPT. The other half of `out` is left as it is. */
must_use enum err complaint_read_matter(const void *json, size_t len, struct complaint *out);
must_use enum err complaint_read_identity(const void *json, size_t len, struct complaint *out);
