/* replay.c - runs a fuzz target over saved files; works with any compiler. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { INPUT_MAX = 16 << 20 };

int main(int argc, char **argv)
{
	int done = 0;
	uint8_t *bytes = malloc(INPUT_MAX);
	if (bytes == NULL)
		return 1;
	for (int i = 1; i < argc; i++) {
		FILE *f = fopen(argv[i], "rb");
		if (f == NULL)
			continue;
		size_t n = fread(bytes, 1, INPUT_MAX, f);
		fclose(f);
		uint8_t *exact =
			malloc(n > 0 ? n : 1); /* exact-size copies make ASan see overruns */
		if (exact == NULL)
			return 1;
		memcpy(exact, bytes, n);
		LLVMFuzzerTestOneInput(exact, n);
		free(exact);
		done++;
	}
	free(bytes);
	printf("%sok 1 - %d saved inputs replayed\n", done > 0 ? "" : "not ", done);
	return done > 0 ? 0 : 1;
}
