/* page_kiosks.c - the kiosks: seen when, what waits there, what must be looked at; codes to enrol
 * one, and shutting one out. */
#include "app/base/text.h"
#include "app/store/township/audit.h"
#include "app/store/township/kiosks.h"
#include "app/store/township/parcels.h"
#include "app/township/pages.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DAY_S = 86400, ALARMS_SHOWN = 20 };

static void name_of(const struct kiosk_row *k, char out[12])
{
	char hex[2 * HASH_BYTES + 1];
	text_hex(k->id.b, HASH_BYTES, hex);
	snprintf(out, 12, "%.8s", hex);
}

static void revoke_form(struct visit *v, const struct kiosk_row *k)
{
	struct html *h = &v->h;
	char hex[2 * HASH_BYTES + 1];
	text_hex(k->id.b, HASH_BYTES, hex);
	html_raw(h, "<form method=\"post\" action=\"/kiosks/revoke\">");
	visit_csrf(v);
	html_raw(h, "<input type=\"hidden\" name=\"kiosk\"");
	html_attr(h, "value", hex);
	html_raw(h, "><input type=\"hidden\" name=\"to\"");
	html_attr(h, "value", k->revoked ? "allow" : "revoke");
	html_raw(h, "><button class=\"b d\">");
	html_text(h, k->revoked ? "重新放行" : "停用");
	html_raw(h, "</button></form>");
}

static void row(struct visit *v, const struct kiosk_row *k, const struct buf *health,
		struct wire_health *says)
{
	struct html *h = &v->h;
	char name[12];
	bool told =
		health->len > 0 && wire_health_read(health->p, health->len, &k->sign, says) == OK;
	name_of(k, name);
	html_raw(h, "<tr><td><b>");
	visit_place_full(v, k->place);
	html_raw(h, "</b> <span class=\"cap num\">");
	html_text(h, name);
	html_raw(h, "</span></td><td class=\"num\">");
	html_time(h, k->health_time);
	html_raw(h, "</td><td>");
	if (k->revoked)
		html_raw(h, "<span class=\"t r\">停用了</span>");
	else if (v->now - k->health_time > DAY_S)
		html_raw(h, "<span class=\"t y\">超 24 小时没见到</span>");
	else
		html_raw(h, "<span class=\"t g\">正常</span>");
	html_raw(h, "</td><td class=\"num\">");
	html_number(h, (int64_t)k->parcels);
	html_raw(h, "</td><td class=\"num\">");
	if (told) {
		html_number(h, (int64_t)says->waiting);
		if (says->aside > 0) {
			html_raw(h, " <span class=\"t r\">放在一边 ");
			html_number(h, (int64_t)says->aside);
			html_raw(h, "</span>");
		}
	}
	html_raw(h, "</td><td class=\"num\">");
	if (told)
		html_text(h, says->version);
	html_raw(h, "</td><td>");
	if (access_may(v->me.who.role, ACT_RUN_KIOSKS))
		revoke_form(v, k);
	html_raw(h, "</td></tr>");
}

static enum err rows(struct visit *v)
{
	struct kiosk_row k;
	struct hash at = {{0}};
	struct buf health;
	struct wire_health *says = calloc(1, sizeof *says);
	enum err e = says == NULL ? ERR_FULL : OK;
	buf_init(&health, WIRE_MESSAGE_MAX);
	while (e == OK) {
		buf_clear(&health);
		struct db *db = township_read_begin(v->s->township);
		e = kiosks_next(db, &at, &k, &health);
		township_read_end(v->s->township);
		if (e != OK)
			break;
		at = k.id;
		if (access_covers(v->s->office->settings, &v->me.who, k.place))
			row(v, &k, &health, says);
	}
	buf_free(&health);
	free(says);
	return e == ERR_MISSING ? OK : e;
}

static void alarms(struct visit *v)
{
	struct html *h = &v->h;
	struct kiosk_alarm a = {.number = INT64_MAX};
	struct kiosk_row k;
	int shown = 0;
	html_raw(h,
		 "<section "
		 "class=\"card\"><h2>要看一看的</"
		 "h2><table><thead><tr><th scope=\"col\">时间</th>"
		 "<th scope=\"col\">哪一台</th><th scope=\"col\">什么事</th></tr></thead><tbody>");
	struct db *db = township_read_begin(v->s->township);
	while (shown < ALARMS_SHOWN && kiosks_alarm_before(db, a.number, &a) == OK) {
		if (kiosks_find(db, &a.kiosk, &k, NULL) != OK ||
		    !access_covers(v->s->office->settings, &v->me.who, k.place))
			continue;
		shown++;
		html_raw(h, "<tr><td class=\"num\">");
		html_time(h, a.time);
		html_raw(h, "</td><td>");
		visit_place_full(v, k.place);
		html_raw(h, "</td><td>");
		html_text(h, a.text);
		html_raw(h, "</td></tr>");
	}
	township_read_end(v->s->township);
	html_raw(h, "</tbody></table>");
	if (shown == 0)
		html_raw(h, "<p class=\"hint\">没有。</p>");
	html_raw(h, "</section>");
}

static void code_form(struct visit *v)
{
	struct html *h = &v->h;
	const struct place *p;
	html_raw(h, "<form class=\"card row gap\" method=\"post\" action=\"/kiosks/code\">");
	visit_csrf(v);
	html_raw(h,
		 "<label class=\"row gap\"><b>新装一台在</b><select class=\"in\" name=\"place\">");
	for (size_t i = 0; (p = settings_place_at(v->s->office->settings, i)) != NULL; i++) {
		if (p->level != PLACE_VILLAGE ||
		    !access_covers(v->s->office->settings, &v->me.who, p->id))
			continue;
		html_raw(h, "<option");
		html_attr(h, "value", p->id);
		html_raw(h, ">");
		html_text(h, p->name);
		html_raw(h, "</option>");
	}
	html_raw(h,
		 "</select></label><button class=\"b p\">要一个登记码</button><span class=\"hint\">"
		 "只用一次，72 小时内有效</span></form>");
}

void page_kiosks(struct visit *v)
{
	struct html *h = &v->h;
	visit_top(v, "终端设备", NULL, "/kiosks");
	if (access_may(v->me.who.role, ACT_RUN_KIOSKS))
		code_form(v);
	html_raw(h, "<section class=\"card\"><table "
		    "class=\"tall\"><thead><tr><th scope=\"col\">在哪里</th><th "
		    "scope=\"col\">上次见到</th>"
		    "<th scope=\"col\">怎么样</th><th scope=\"col\">收到的信</th>"
		    "<th scope=\"col\">还没送来</th><th "
		    "scope=\"col\">版本</th><th scope=\"col\"><span "
		    "class=\"hid\">停用或者放行</span></th></tr></thead><tbody>");
	enum err e = rows(v);
	html_raw(h, "</tbody></table></section>");
	if (e == OK)
		alarms(v);
	if (e == OK)
		visit_send(v, 200);
	else
		visit_trouble(v, e, "/");
}

/* --- a code, and shutting out --- */

struct running {
	struct audit_entry audit;
	char place[PLACE_ID_MAX + 1], code[WIRE_CODE_CHARS + 1];
	struct hash kiosk;
	bool revoke;
};

static enum err make_code(struct db *db, void *self)
{
	struct running *r = self;
	enum err e = kiosks_code(db, r->place, r->audit.time, r->code);
	return e == OK ? audit_add(db, &r->audit) : e;
}

void page_kiosk_code(struct visit *v)
{
	struct running r = {
		.audit = {.time = v->now, .staff = v->me.who.id, .kind = AUDIT_KIOSK_CODE}};
	enum err e = visit_field(v, "place", r.place, sizeof r.place) ? OK : ERR_MISSING;
	const struct place *p = settings_place(v->s->office->settings, r.place);
	if (e == OK && (p == NULL || !access_covers(v->s->office->settings, &v->me.who, r.place)))
		e = ERR_MISSING;
	snprintf(r.audit.subject, sizeof r.audit.subject, "%s", r.place);
	if (e == OK)
		e = writer_do(v->s->writer, make_code, &r);
	if (e != OK) {
		visit_trouble(v, e, "/kiosks");
		return;
	}
	visit_top(v, "登记码", p->name, "/kiosks");
	html_raw(&v->h, "<section class=\"card say\"><p class=\"fp\"><b>");
	html_text(&v->h, r.code);
	html_raw(&v->h, "</b></p><p>在触摸屏的维护页输入，只用一次，72 "
			"小时内有效。离开这一页就再也看不到了。</p>"
			"<p><a class=\"b\" href=\"/kiosks\">记好了</a></p></section>");
	visit_send(v, 200);
	seal_wipe(&r, sizeof r);
}

static enum err revoke(struct db *db, void *self)
{
	struct running *r = self;
	enum err e = kiosks_revoke(db, &r->kiosk, r->revoke);
	return e == OK ? audit_add(db, &r->audit) : e;
}

void page_kiosk_revoke(struct visit *v)
{
	struct running r = {
		.audit = {.time = v->now, .staff = v->me.who.id, .kind = AUDIT_KIOSK_REVOKED}};
	struct kiosk_row k;
	char hex[2 * HASH_BYTES + 1], to[8];
	enum err e = visit_field(v, "kiosk", hex, sizeof hex) &&
				     visit_field(v, "to", to, sizeof to) &&
				     text_unhex(hex, strlen(hex), r.kiosk.b, HASH_BYTES)
			     ? OK
			     : ERR_MISSING;
	if (e == OK) {
		struct db *db = township_read_begin(v->s->township);
		e = kiosks_find(db, &r.kiosk, &k, NULL);
		township_read_end(v->s->township);
	}
	if (e == OK && !access_covers(v->s->office->settings, &v->me.who, k.place))
		e = ERR_MISSING;
	r.revoke = e == OK && strcmp(to, "revoke") == 0;
	snprintf(r.audit.subject, sizeof r.audit.subject, "%.8s", e == OK ? hex : "");
	snprintf(r.audit.reason, sizeof r.audit.reason, "%s", r.revoke ? "停用" : "重新放行");
	if (e == OK)
		e = writer_do(v->s->writer, revoke, &r);
	if (e == OK)
		visit_go(v, "/kiosks", NULL);
	else
		visit_trouble(v, e, "/kiosks");
}
