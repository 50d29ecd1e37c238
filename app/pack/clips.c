#include "app/pack/clips.h"

#include "app/base/log.h"
#include "app/base/text.h"
#include "app/pack/wav.h"
#include "app/store/kiosk/books.h"
#include "app/store/kiosk/home.h"
#include "app/village/catalogue.h"
#include "app/village/clips.h"
#include "app/village/settings.h"
#include "sync/bundle.h"

#include <opus/opusenc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PACK_BYTES = 64 * 1024 * 1024, CLIP_BITS = 24000, SENTENCE = 4096, LANGUAGE_MAX = 15 };

/* assets/words/zh_CN.po as text: the screens' sentences. */
extern const char *const sentence_files_text[];

/* --- what is to be recorded --- */

/* What stands between the quotes of a line, added to `out`; gives where the line ends. */
static const char *unquote(const char *s, struct buf *out)
{
	const char *end = s + strcspn(s, "\n");
	for (s = strchr(s, '"') + 1; s < end && *s != '"'; s++) {
		bool escaped = s[0] == '\\' && s + 1 < end;
		s += escaped;
		buf_add(out, escaped && *s == 'n' ? "\n" : s, 1);
	}
	return *end == 0 ? end : end + 1;
}

/* Each msgstr with the lines that go on from it; the first one is the file's own heading. */
static void add_sentences(struct reading_list *l)
{
	static const char mark[] = "\nmsgstr ";
	struct buf text;
	buf_init(&text, SENTENCE);
	const char *s = strstr(sentence_files_text[0], mark);
	while (s != NULL && (s = strstr(s + 1, mark)) != NULL) {
		buf_clear(&text);
		for (s = unquote(s + 1, &text); *s == '"';)
			s = unquote(s, &text);
		reading_add(l, buf_str(&text));
		s--; /* the line feed the next one is looked for by */
	}
	buf_free(&text);
}

static void add_template(struct reading_list *l, const struct catalogue_template *t)
{
	reading_add(l, t->title);
	reading_add(l, t->hint);
	reading_add(l, t->read);
	for (size_t i = 0; i < t->field_count; i++) {
		const struct field *f = &t->field[i];
		reading_add(l, f->label);
		reading_add(l, f->unit);
		for (int c = 0; c < CATALOGUE_CHOICES_MAX && f->choice_label[c] != NULL; c++)
			reading_add(l, f->choice_label[c]);
	}
}

static enum err add_catalogue(struct reading_list *l, const char *assets)
{
	char folder[4096];
	struct catalogue *c;
	snprintf(folder, sizeof folder, "%s/catalogue", assets);
	enum err e = catalogue_open(folder, &c);
	if (e != OK)
		return e;
	for (size_t i = 0; catalogue_at(c, i) != NULL; i++)
		add_template(l, catalogue_at(c, i));
	catalogue_close(c);
	return OK;
}

static enum err add_places(struct reading_list *l, const char *data)
{
	struct kiosk_home home;
	struct books *books = NULL;
	struct settings *s = NULL;
	struct buf bytes;
	enum err e = home_open(data, &home);
	if (e != OK)
		return e;
	buf_init(&bytes, SETTINGS_BYTES_MAX);
	e = books_open(data, BOOKS_READ, &books);
	if (e == OK)
		e = books_settings(books, &bytes);
	if (e == OK)
		e = settings_read(bytes.p, bytes.len, &home.root, &s);
	for (size_t i = 0; e == OK && settings_place_at(s, i) != NULL; i++)
		reading_add(l, settings_place_at(s, i)->name);
	settings_close(s);
	books_close(books);
	buf_free(&bytes);
	home_close(&home);
	return e;
}

static enum err make_list(const struct clips_options *o, struct reading_list *l)
{
	add_sentences(l);
	enum err e = add_catalogue(l, o->assets);
	reading_numbers(l);
	if (e == OK && o->data != NULL) {
		e = add_places(l, o->data);
		if (e != OK)
			fprintf(stderr, "elutong-pack clips: %s has no places to read\n", o->data);
	}
	return e;
}

/* --- the recordings --- */

static int keep(void *to, const unsigned char *bytes, opus_int32 len)
{
	buf_add(to, bytes, (size_t)len);
	return 0;
}

static int closed(void *to)
{
	(void)to;
	return 0;
}

/* One channel is enough for a voice; the same samples give the same bytes. */
static bool encode(const struct wav *w, struct buf *out)
{
	static const OpusEncCallbacks into = {keep, closed};
	int error = OPE_OK;
	opus_int16 *mono = malloc((w->frames + 1) * sizeof *mono);
	OggOpusComments *none = ope_comments_create();
	OggOpusEnc *e =
		mono == NULL || none == NULL
			? NULL
			: ope_encoder_create_callbacks(&into, out, none, w->rate, 1, 0, &error);
	bool good = e != NULL && ope_encoder_ctl(e, OPE_SET_SERIALNO(1)) == OPE_OK &&
		    ope_encoder_ctl(e, OPUS_SET_BITRATE(CLIP_BITS)) == OPE_OK;
	for (size_t i = 0; good && i < w->frames; i++) {
		int sum = 0;
		for (int c = 0; c < w->channels; c++) {
			const unsigned char *p =
				w->samples + 2 * (i * (size_t)w->channels + (size_t)c);
			sum += (int16_t)(uint16_t)(p[0] | p[1] << 8);
		}
		mono[i] = (opus_int16)(sum / w->channels);
	}
	good = good && ope_encoder_write(e, mono, (int)w->frames) == OPE_OK &&
	       ope_encoder_drain(e) == OPE_OK && !out->full;
	if (e != NULL)
		ope_encoder_destroy(e);
	if (none != NULL)
		ope_comments_destroy(none);
	free(mono);
	return good;
}

struct making {
	const struct clips_options *o;
	struct bundle_writer *w;
	int listed, recorded, bad;
};

/* ERR_MISSING when nobody recorded it. */
static enum err add_recording(struct making *m, const char *id)
{
	char path[4096], name[128];
	struct buf bytes, opus;
	struct wav wav;
	const char *why = "it cannot be read";
	snprintf(path, sizeof path, "%s/%s.wav", m->o->wav, id);
	buf_init(&bytes, WAV_BYTES);
	buf_init(&opus, WAV_BYTES);
	enum err e = buf_read_file(&bytes, path);
	if (e == OK)
		e = wav_read(bytes.p, bytes.len, &wav, &why);
	if (e == OK && !encode(&wav, &opus))
		e = ERR_IO;
	if (e == OK) {
		snprintf(name, sizeof name, "clips/%s/%s.opus", m->o->language, id);
		e = bundle_add(m->w, name, opus.p, opus.len) == SYNC_OK ? OK : ERR_FULL;
	} else if (e != ERR_MISSING) {
		fprintf(stderr, "%s: %s\n", path, why);
		m->bad++;
	}
	buf_free(&bytes);
	buf_free(&opus);
	return e;
}

static enum err add_about(struct making *m)
{
	char name[64], about[256];
	snprintf(name, sizeof name, "clips/%s/about.txt", m->o->language);
	snprintf(about, sizeof about, "%s\n%s\n", m->o->name, m->o->chinese);
	return bundle_add(m->w, name, about, strlen(about)) == SYNC_OK ? OK : ERR_FULL;
}

static enum err make_pack(const struct clips_options *o, const struct reading_list *l)
{
	struct making m = {.o = o};
	unsigned char *bytes = NULL;
	size_t len = 0;
	if (bundle_begin(PACK_BYTES, &m.w) != SYNC_OK)
		return ERR_FULL;
	enum err e = add_about(&m);
	for (const char *at = buf_str(&l->lines); e == OK && *at != 0; m.listed++) {
		char id[CLIP_NAME + 1];
		text_copy(id, sizeof id, at, CLIP_NAME);
		at += strcspn(at, "\n");
		at += *at == '\n';
		enum err one = add_recording(&m, id);
		m.recorded += one == OK;
		e = one == ERR_FULL ? one : OK;
	}
	if (e != OK) {
		bundle_abandon(m.w);
		return e;
	}
	if (bundle_finish(m.w, &bytes, &len) != SYNC_OK)
		return ERR_FULL;
	e = m.bad > 0 ? ERR_CORRUPT : file_replace(o->out, bytes, len, 0644);
	free(bytes);
	printf("%d of %d phrases are recorded; the others are read in Mandarin\n", m.recorded,
	       m.listed);
	return e;
}

/* --- the command --- */

/* Becomes the name of a folder. */
static bool is_language(const char *s)
{
	size_t len = strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789-");
	return len > 0 && len <= LANGUAGE_MAX && s[len] == 0 && s[0] != '-';
}

static bool is_name(const char *s)
{
	return s != NULL && s[0] != 0 && strlen(s) < 64 && text_is_plain(s, strlen(s)) &&
	       strchr(s, '\n') == NULL;
}

enum err clips_make(const struct clips_options *o)
{
	static struct reading_list l;
	if (o->wav != NULL && (o->out == NULL || o->language == NULL || !is_language(o->language) ||
			       !is_name(o->name) || !is_name(o->chinese))) {
		fprintf(stderr,
			"elutong-pack clips: --wav wants --out, --language (small letters), "
			"--name and --chinese\n");
		return ERR_REFUSED;
	}
	reading_begin(&l);
	enum err e = make_list(o, &l);
	if (e == OK && o->wav == NULL)
		fputs(buf_str(&l.lines), stdout);
	else if (e == OK)
		e = make_pack(o, &l);
	reading_end(&l);
	return e;
}
