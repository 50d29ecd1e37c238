/* seeds.c - writes one good example of everything that travels into tests/fuzz/corpus, for the fuzz
 * targets to begin from. Run by hand (seeds.sh) when a format changes; the files are committed. */
#include "app/village/capsule.h"
#include "app/village/record.h"
#include "app/village/wire.h"
#include "sync/bundle.h"
#include "tests/county.h"

static void put(const char *folder, const char *name, const void *bytes, size_t len)
{
	char path[256];
	snprintf(path, sizeof path, "tests/fuzz/corpus/%s/%s", folder, name);
	FILE *f = fopen(path, "wb");
	if (f == NULL || fwrite(bytes, 1, len, f) != len)
		exit(1);
	fclose(f);
}

static void put_http(const char *name, char which, const void *bytes, size_t len)
{
	unsigned char *all = malloc(len + 1);
	if (all == NULL)
		exit(1);
	all[0] = (unsigned char)which;
	memcpy(all + 1, bytes, len);
	put("http", name, all, len + 1);
	free(all);
}

static void must(int e)
{
	if (e != 0)
		exit(1);
}

int main(void)
{
	static struct county c;
	static const char sheet[] =
		"{\"id\":\"1\",\"date\":\"2026-10-02\",\"account_code\":\"514\",\"coa_version\":"
		"\"2024\","
		"\"direction\":\"out\",\"amount_fen\":480000,\"summary\":\"修水沟\"}\n";
	static const char urlencoded[] = "login=li&password=%E5%8F%A3+a%26b&empty=";
	static const char multipart[] =
		"--xyz\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n"
		"Content-Type: text/csv\r\n\r\n1,2\r\n--xyz--\r\n";
	struct receipt r;
	struct receipt_keys keys;
	struct parcel_header header;
	struct parcel_place at = {.sequence = 1};
	struct buf b, batch;
	must(county_open(&c));
	receipt_make(&r);
	must(receipt_derive(&r, NULL, &keys));

	buf_init(&b, PARCEL_BYTES_MAX);
	buf_init(&batch, PARCEL_BYTES_MAX);
	must(county_letter(&c, WHOM_VILLAGE, "沟没有挖", "李某", &keys.pub, &at, &b, &header));
	put("parcel", "good", b.p, b.len);
	put("parcel", "cut", b.p, b.len / 2);
	must(wire_batch_add(&batch, "abc", 3));
	must(wire_batch_add(&batch, "defg", 4));
	put_http("batch", 'b', batch.p, batch.len);

	struct sheet_entry entry = {
		.template_id = "ledger", .period = "2026-10", .part = 1, .version = 1};
	struct publication p = {.place = "mz.caoba.v1",
				.number = 1,
				.day = 20261105,
				.issuer = "草坝镇",
				.sheet = &entry,
				.sheet_count = 1};
	must(sheet_measure(sheet, sizeof sheet - 1, &entry));
	buf_clear(&b);
	must(publication_make(&p, &c.publisher, &c.publisher_secret, &b));
	put("publication", "signed", b.p, b.len);
	const char *body = strchr(buf_str(&b), '\n') + 1;
	put("publication", "body", body, strlen(body));
	put("publication", "sheet", sheet, sizeof sheet - 1);
	put("record", "ledger", sheet, sizeof sheet - 2);
	struct buf paged;
	buf_init(&paged, RECORD_LINE_MAX);
	must(record_attach_put(sheet, sizeof sheet - 2, &entry.hash, 1, &paged));
	put("record", "pages", paged.p, paged.len);
	buf_free(&paged);
	put("record", "settings", c.settings_bytes.p, c.settings_bytes.len);

	static struct capsule_entry said = {
		.day = 20261124, .state = CASE_REPLIED, .office = "镇信访办", .text = "下周三去看"};
	struct buf sealed;
	buf_init(&sealed, CAPSULE_ENTRY_MAX);
	must(capsule_entry_seal(&said, &keys.pub.answer, &sealed));
	const struct capsule_sealed list[1] = {{sealed.p, sealed.len}};
	buf_clear(&b);
	must(capsule_make(&keys.pub, 1, list, 1, signer(&c.county_sign, &c.county_sign_secret),
			  &b));
	put("capsule", "good", b.p, b.len);
	put("capsule", "cut", b.p, 100);

	struct ack ack = {.epoch = "0123456789abcdef0123456789abcdef",
			  .through = 7,
			  .gap = {{3, 3}},
			  .gap_count = 1};
	buf_clear(&b);
	must(ack_make(&ack, &c.county_sign, &c.county_sign_secret, &b));
	put("record", "ack", b.p, b.len);
	static struct wire_delivered d = {
		.count = 1, .result = {{"00112233445566778899aabbccddeeff", WIRE_STORED}}};
	memcpy(d.ack, b.p, b.len);
	d.ack_len = b.len;
	buf_clear(&b);
	must(wire_delivered_make(&d, &b));
	put_http("delivered", 'd', b.p, b.len);
	put_http("urlencoded", 'u', urlencoded, sizeof urlencoded - 1);
	put_http("multipart", 'm', multipart, sizeof multipart - 1);
	const struct wire_manifest m = {.after = 1, .through = 9};
	buf_clear(&b);
	must(wire_manifest_make(&m, &b));
	put_http("manifest", 'f', b.p, b.len);

	struct bundle_writer *w;
	unsigned char *bytes;
	size_t len;
	must(bundle_begin(1 << 20, &w));
	must(bundle_add(w, "manifest.json", b.p, b.len));
	must(bundle_add(w, "sheets/00", sheet, sizeof sheet - 1));
	must(bundle_finish(w, &bytes, &len));
	put("bundle", "good", bytes, len);
	put("bundle", "cut", bytes, len - 20);
	free(bytes);

	static struct wire_enroll e = {.code = "ABCDEFGHJK23", .request = "-----BEGIN"};
	e.kiosk = c.kiosk.pub;
	wire_enroll_sign(&e, &c.kiosk.sec);
	buf_clear(&b);
	must(wire_enroll_make(&e, &b));
	put_http("enroll", 'e', b.p, b.len);
	static struct wire_health h = {.version = "0.1.0", .place_count = 1, .alarm_count = 1};
	snprintf(h.place[0].place, sizeof h.place[0].place, "mz.caoba.v1");
	snprintf(h.alarm[0].kind, sizeof h.alarm[0].kind, "twin");
	buf_clear(&b);
	must(wire_health_make(&h, &c.kiosk.pub, &c.kiosk.sec, &b));
	put_http("health", 'H', b.p, b.len);
	buf_free(&b);
	buf_free(&batch);
	buf_free(&sealed);
	county_close(&c);
	return 0;
}
