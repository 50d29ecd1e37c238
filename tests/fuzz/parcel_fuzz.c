/* parcel_fuzz.c - any bytes as a parcel: refused, or exactly one; opening it with foreign keys
 * never works. */
#include "app/village/parcel.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct sign_public kiosk;
	static struct sign_secret secret;
	static struct seal_public pub;
	static struct seal_secret sec;
	static int ready;
	struct parcel_unchecked raw;
	struct parcel p;
	struct waybill w;
	struct buf out;
	if (!ready) {
		if (sign_start() != SYNC_OK)
			abort();
		sign_generate(&kiosk, &secret);
		seal_generate(&pub, &sec);
		ready = 1;
	}
	struct parcel_header alone;
	bool header = parcel_read_header(data, size, &alone) == OK;
	if (parcel_read(data, size, &raw) != OK)
		return 0;
	if (header)
		abort(); /* a header alone is no parcel */
	if (raw.len != size)
		abort();
	if (parcel_check(&raw, &kiosk, &p) == OK)
		abort(); /* nobody here signed it */
	/* As if it had been checked: the openers must still hold. */
	p = (struct parcel){.header = raw.header, .bytes = raw.bytes, .len = raw.len};
	buf_init(&out, PARCEL_BYTES_MAX);
	if (parcel_open_waybill(&p, &pub, &sec, &w) == OK ||
	    parcel_open_matter(&p, &pub, &sec, &out) == OK ||
	    parcel_open_identity(&p, &pub, &sec, &out) == OK)
		abort();
	buf_free(&out);
	return 0;
}
