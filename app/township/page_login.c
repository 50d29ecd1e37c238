/* page_login.c - coming in and going out. */
#include "app/store/township/audit.h"
#include "app/township/device.h"
#include "app/township/pages.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

static void login_card(struct visit *v, const char *trouble)
{
	struct html *h = &v->h;
	html_raw(h, "<div class=\"door\"><form method=\"post\" action=\"/login\" class=\"card "
		    "in-card\">"
		    "<div class=\"brand\">");
	html_icon(h, "logo-on-light", 60);
	html_raw(h, "<div><b>阳光村务 <i>e</i>路通</b><span>");
	html_text(h, visit_place(v, v->s->office->place));
	html_raw(h, " · 办公室登录</span></div></div>");
	if (trouble != NULL) {
		html_raw(h, "<p class=\"wrong\" role=\"alert\">");
		html_text(h, trouble);
		html_raw(h, "</p>");
	}
	html_raw(h,
		 "<label class=\"f\"><span>登录名</span><input class=\"in tall\" name=\"login\" "
		 "autocomplete=\"username\" maxlength=\"32\" required autofocus></label>"
		 "<label class=\"f\"><span>登录口令</span><input class=\"in tall\" "
		 "type=\"password\" "
		 "name=\"password\" autocomplete=\"current-password\" maxlength=\"128\" required>"
		 "</label><p class=\"cap\">登录只是进门。看群众反映，还要再开一次办公室密钥。</p>"
		 "<button class=\"b p l wide\">登录</button><div class=\"lost\"><b>忘了口令</b><br>"
		 "找管理员重设。重设以后要由同事再给您一把密钥，才打得开信。</div>"
		 "<p class=\"cap row\">");
	html_icon(h, "eye", 20);
	html_raw(h, "每次登录、每次打开都记着，本人看得见</p></form>");
	html_raw(h,
		 "<section class=\"card\"><h2>浏览器说“不安全”？一页讲清</h2>"
		 "<p>证书是本地自己发的，不是买的，所以第一次打开会拦一下。<b>对一对指纹</"
		 "b>再往下走，"
		 "只用做一次。</p><ol class=\"how\"><li>点地址栏左边的“不安全” → 证书 → 详细信息 → "
		 "SHA-256 指纹</li><li>和办公室墙上贴的那张纸比，前八组一样才对。指纹只印在纸上："
		 "假网页也会写一个假的。</li><li>一样：点“高级” → “继续前往”。不一样：不要登录，"
		 "打管理员的电话。</li><li>想以后不再拦：把管理员给的证书装进“受信任的根证书”</"
		 "li></ol>"
		 "<p class=\"note\"><b>哪些浏览器能用</b> Chrome 109 以上、Edge、360（极速模式）、"
		 "Firefox。Windows 7 也行。关掉 JavaScript 也能办事。</p></section></div>");
}

static void login_page(struct visit *v, int status, const char *trouble)
{
	v->known = false; /* whoever stands at this page starts anew */
	visit_top(v, "登录", NULL, "");
	login_card(v, trouble);
	visit_send(v, status);
}

void page_login(struct visit *v)
{
	login_page(v, 200, NULL);
}

struct coming_in {
	struct audit_entry entry;
	int64_t staff;
};

static enum err note_login(struct db *db, void *self)
{
	const struct coming_in *c = self;
	enum err e = audit_add(db, &c->entry);
	if (e == OK && c->staff != 0)
		e = staff_seen(db, c->staff, c->entry.time);
	return e;
}

/* The same work whether the name is known or not, so that waiting tells nothing. */
static enum access_outcome try_password(const struct visit *v, const char *login,
					const char *password, struct staff *who)
{
	char hash[STAFF_HASH], spent[STAFF_HASH];
	struct db *db = township_read_begin(v->s->township);
	enum err e = staff_by_login(db, login, who, hash);
	township_read_end(v->s->township);
	if (e == OK)
		return seal_password_holds(hash, password) ? TRY_GOOD : TRY_WRONG;
	if (seal_password_hash(password, spent) != SYNC_OK)
		spent[0] = 0;
	seal_wipe(spent, sizeof spent);
	return TRY_NOBODY;
}

/* Where this try is counted: a browser its owner came in from before is not held up by others. */
static enum access_door door_of(const struct visit *v, const char *login,
				char who[STAFF_LOGIN_MAX + 1])
{
	char mark[DEVICE_CHARS + 1];
	if (http_cookie(v->r, "__Host-device", mark, sizeof mark) != NULL &&
	    device_holds(v->s->office, login, mark, who))
		return DOOR_DEVICE;
	snprintf(who, STAFF_LOGIN_MAX + 1, "%s", login);
	return DOOR_LOGIN;
}

static void come_in(struct visit *v, const struct staff *who)
{
	char token[ACCESS_TOKEN_CHARS + 1], mark[DEVICE_CHARS + 1];
	char session[160], device[200];
	/* Coming in again gives a new session; the old one ends. */
	if (v->known)
		access_end(v->access, v->token);
	if (access_begin(v->access, who, v->ticks, token) != OK) {
		login_page(v, 503, "服务器正忙，请过一会儿再试。");
		return;
	}
	device_make(v->s->office, who->login, mark);
	snprintf(session, sizeof session,
		 "__Host-sid=%s; Path=/; Secure; HttpOnly; SameSite=Strict", token);
	snprintf(device, sizeof device,
		 "__Host-device=%s; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=%d", mark,
		 180 * 86400);
	visit_go_with(v, "/", session, device);
	seal_wipe(token, sizeof token);
	seal_wipe(session, sizeof session);
}

void page_login_try(struct visit *v)
{
	static_assert((int)DEVICE_NONCE_CHARS <= (int)STAFF_LOGIN_MAX, "a mark counts as a name");
	char login[STAFF_LOGIN_MAX + 1], password[STAFF_PASSWORD_MAX + 1], words[120];
	char counted[STAFF_LOGIN_MAX + 1];
	struct staff who;
	struct coming_in c = {.entry = {.time = v->now}};
	if (!visit_field(v, "login", login, sizeof login) || login[0] == 0 ||
	    !visit_field(v, "password", password, sizeof password)) {
		login_page(v, 403, "登录名或口令不对。");
		return;
	}
	enum access_door door = door_of(v, login, counted);
	int wait = access_wait_s(v->access, door, counted, v->ticks);
	if (wait > 0) {
		snprintf(words, sizeof words, "试错了好几次。请过 %d 秒再试。", wait);
		login_page(v, 429, words);
		seal_wipe(password, sizeof password);
		return;
	}
	enum access_outcome outcome = try_password(v, login, password, &who);
	bool good = outcome == TRY_GOOD;
	seal_wipe(password, sizeof password);
	access_tried(v->access, door, counted, outcome, v->ticks);
	c.entry.kind = good ? AUDIT_LOGIN : AUDIT_LOGIN_FAILED;
	c.entry.staff = c.staff = good ? who.id : 0;
	snprintf(c.entry.subject, sizeof c.entry.subject, "%s", login);
	enum err e = writer_do(v->s->writer, note_login, &c);
	if (e == ERR_FULL || e == ERR_IO)
		login_page(
			v, 503,
			"服务器的磁盘满了，或者正忙，登录记不下来，所以先不能进。请过一会儿再试；"
			"还不行就找管理员。");
	else if (e != OK)
		login_page(v, 503, "服务器出了问题，请找管理员看看。");
	else if (!good)
		login_page(v, 403, "登录名或口令不对。");
	else
		come_in(v, &who);
}

void page_logout(struct visit *v)
{
	access_end(v->access, v->token);
	visit_go(v, "/login", "__Host-sid=; Path=/; Secure; HttpOnly; SameSite=Strict; Max-Age=0");
}
