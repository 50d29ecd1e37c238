#include "app/kiosk/letter.h"

#include "app/base/log.h"
#include "app/base/text.h"
#include "app/kiosk/secret.h"

#include <stdio.h>
#include <string.h>

/* The largest parcel without attachments: matter of 64 KiB and what stands around it. */
enum { LETTER_PARCEL_MAX = 96 << 10, LETTER_JSON_MAX = 60 << 10 };

struct letter *letter_begin(const char *place)
{
	struct letter *l = secret_take(sizeof *l);
	if (l == NULL)
		return NULL;
	snprintf(l->says.place, sizeof l->says.place, "%s", place);
	snprintf(l->says.language, sizeof l->says.language, "zh-CN");
	return l;
}

void letter_end(struct letter *l)
{
	secret_end(l, sizeof *l);
}

const struct body *letter_reader(const struct letter *l, const struct settings *s)
{
	if (s == NULL || !l->whom_chosen)
		return NULL;
	return settings_reader(s, l->says.place, whom_reader(l->says.whom));
}

/* Makes the parcel at the end of the chain and commits it. The chain may move between reading its
 * end and adding only when two programs write letters; then it is tried once more. */
static enum letter_result commit(const struct letter_road *road, const struct parcel_draft *draft,
				 struct parcel_header *header)
{
	struct buf parcel;
	enum err e = ERR_REFUSED;
	buf_init(&parcel, LETTER_PARCEL_MAX);
	for (int try = 0; try < 2 && e == ERR_REFUSED; try++) {
		struct parcel_place at;
		buf_clear(&parcel);
		e = queue_place(road->queue, &at);
		if (e == OK)
			e = parcel_make(draft, road->settings, road->kiosk, &at, &parcel, header);
		if (e == ERR_MISSING) {
			buf_wipe(&parcel);
			return LETTER_NO_READER;
		}
		if (e == OK)
			e = queue_add(road->queue, header, parcel.p, parcel.len, NULL, 0);
	}
	buf_wipe(&parcel);
	if (e == OK)
		return LETTER_SEALED;
	return e == ERR_FULL ? LETTER_NO_ROOM : LETTER_FAILED;
}

enum letter_result letter_seal(struct letter *l, const struct letter_road *road, int32_t day)
{
	struct buf matter, identity;
	struct receipt_keys *keys = secret_take(sizeof *keys);
	enum letter_result result = LETTER_FAILED;
	bool unready = road->settings == NULL || road->kiosk == NULL;
	if (unready)
		result = LETTER_NO_READER;
	if (keys == NULL || unready || complaint_check(&l->says) != OK) {
		secret_end(keys, sizeof *keys);
		return result;
	}
	buf_init(&matter, LETTER_JSON_MAX);
	buf_init(&identity, PARCEL_IDENTITY_BYTES);
	if (!queue_has_room(road->queue)) {
		result = LETTER_NO_ROOM;
		goto end;
	}
	if (!l->have_receipt)
		receipt_make(&l->receipt);
	l->have_receipt = true;
	if (receipt_derive(&l->receipt, l->own[0] == 0 ? NULL : l->own, keys) != OK)
		goto end;
	if (complaint_matter(&l->says, &matter) != OK ||
	    (l->says.named && complaint_identity(&l->says, &identity) != OK))
		goto end;

	struct parcel_header header;
	struct parcel_draft draft = {
		.kind = PARCEL_COMPLAINT,
		.whom = l->says.whom,
		.place = road->place,
		.receipt = &keys->pub,
		.matter = matter.p,
		.matter_len = matter.len,
		.identity = l->says.named ? identity.p : NULL,
		.identity_len = l->says.named ? identity.len : 0,
		.day = day,
	};
	result = commit(road, &draft, &header);
	if (result == LETTER_SEALED) {
		l->sealed = true;
		l->sequence = header.sequence;
		text_hex(header.id, sizeof header.id, l->id);
		/* What was said is gone from memory as soon as it is sealed. */
		memset(l->says.answer, 0, sizeof l->says.answer);
		secret_wipe(&l->says.name, sizeof l->says.name);
		secret_wipe(&l->says.phone, sizeof l->says.phone);
		secret_wipe(&l->says.row, sizeof l->says.row);
	}
end:
	buf_wipe(&matter);
	buf_wipe(&identity);
	secret_end(keys, sizeof *keys);
	return result;
}

enum letter_result letter_follow_up(const struct letter_road *road, const struct receipt_keys *keys,
				    enum parcel_kind kind, enum whom whom, const char *json,
				    int32_t day)
{
	struct buf matter;
	struct parcel_header header;
	if (road->settings == NULL || road->kiosk == NULL)
		return LETTER_NO_READER;
	if (!queue_has_room(road->queue))
		return LETTER_NO_ROOM;
	buf_init(&matter, LETTER_JSON_MAX);
	enum letter_result result = LETTER_FAILED;
	if (parcel_follow_up(keys, json, &matter) == OK) {
		struct parcel_draft draft = {
			.kind = kind,
			.whom = whom,
			.place = road->place,
			.receipt = &keys->pub,
			.follow_up = &keys->follow_up,
			.matter = matter.p,
			.matter_len = matter.len,
			.day = day,
		};
		result = commit(road, &draft, &header);
	}
	buf_wipe(&matter);
	return result;
}

enum letter_result letter_tell_county(const struct letter_road *road,
				      const struct receipt_keys *keys, int32_t day)
{
	char locator[2 * LOCATOR_BYTES + 1], json[128];
	text_hex(keys->pub.locator, LOCATOR_BYTES, locator);
	snprintf(json, sizeof json, "{\"lost\":\"%s\"}", locator);
	return letter_follow_up(road, keys, PARCEL_LOST, WHOM_TOWN, json, day);
}
