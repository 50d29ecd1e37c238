/* pages.h - every page of the office: address, size of the form, what it takes to be let in, and
 * who writes it. One list makes the routes, the rules of entry and the test that walks them. */
#pragma once
#include "app/township/visit.h"

enum {
	FORM_LOGIN = 4 << 10,
	FORM_SMALL = 64 << 10,
	FORM_CELLS = 256 << 10,
	FORM_FILE = 24 << 20,
	FORM_PICTURES = 48 << 20
};

/* method, address, most bytes of the form, act, page */
#define CONSOLE_PAGES(X)                                                                           \
	X(HTTP_GET, "/open", 0, ACT_NOTHING, page_open_all)                                        \
	X(HTTP_GET, "/open/blob/*", 0, ACT_NOTHING, page_open_blob)                                \
	X(HTTP_GET, "/open/*", 0, ACT_NOTHING, page_open)                                          \
	X(HTTP_GET, "/fields/*", 0, ACT_NOTHING, page_open_fields)                                 \
	X(HTTP_GET, "/login", 0, ACT_NOTHING, page_login)                                          \
	X(HTTP_POST, "/login", FORM_LOGIN, ACT_NOTHING, page_login_try)                            \
	X(HTTP_POST, "/logout", FORM_SMALL, ACT_LEAVE, page_logout)                                \
	X(HTTP_GET, "/", 0, ACT_HOME, page_home)                                                   \
	X(HTTP_GET, "/upload", 0, ACT_UPLOAD, page_upload)                                         \
	X(HTTP_POST, "/upload", FORM_FILE, ACT_UPLOAD, page_upload_file)                           \
	X(HTTP_GET, "/upload/*", 0, ACT_UPLOAD, page_upload_kept)                                  \
	X(HTTP_POST, "/fix/*", FORM_CELLS, ACT_UPLOAD, page_upload_fix)                            \
	X(HTTP_GET, "/templates", 0, ACT_UPLOAD, page_templates)                                   \
	X(HTTP_GET, "/templates/*", 0, ACT_UPLOAD, page_template)                                  \
	X(HTTP_GET, "/due", 0, ACT_SEE_DRAFTS, page_due)                                           \
	X(HTTP_GET, "/due/*", 0, ACT_SEE_DRAFTS, page_due_more)                                    \
	X(HTTP_GET, "/drafts", 0, ACT_SEE_DRAFTS, page_drafts)                                     \
	X(HTTP_GET, "/drafts/*", 0, ACT_SEE_DRAFTS, page_draft)                                    \
	X(HTTP_GET, "/vouchers/*", 0, ACT_SEE_DRAFTS, page_vouchers)                               \
	X(HTTP_POST, "/vouchers/*", FORM_PICTURES, ACT_UPLOAD, page_vouchers_add)                  \
	X(HTTP_GET, "/picture/*", 0, ACT_SEE_DRAFTS, page_picture)                                 \
	X(HTTP_POST, "/picture/*", FORM_SMALL, ACT_UPLOAD, page_picture_move)                      \
	X(HTTP_POST, "/turn/*", FORM_SMALL, ACT_UPLOAD, page_picture_turn)                         \
	X(HTTP_GET, "/boxes/*", 0, ACT_UPLOAD, page_boxes)                                         \
	X(HTTP_POST, "/boxes/*", FORM_SMALL, ACT_UPLOAD, page_boxes_draw)                          \
	X(HTTP_POST, "/looks/*", FORM_SMALL, ACT_APPROVE, page_looks)                              \
	X(HTTP_POST, "/original/*", FORM_SMALL, ACT_OPEN_CASES, page_original)                     \
	X(HTTP_POST, "/reopen", FORM_SMALL, ACT_UPLOAD, page_reopen)                               \
	X(HTTP_POST, "/submit/*", FORM_SMALL, ACT_UPLOAD, page_draft_submit)                       \
	X(HTTP_POST, "/supervise/*", FORM_SMALL, ACT_SUPERVISE, page_supervise)                    \
	X(HTTP_GET, "/paper/*", 0, ACT_SEE_DRAFTS, page_paper)                                     \
	X(HTTP_POST, "/paper/*", FORM_FILE, ACT_SEE_DRAFTS, page_paper_bring)                      \
	X(HTTP_POST, "/approve/*", FORM_SMALL, ACT_APPROVE, page_approve)                          \
	X(HTTP_POST, "/refuse/*", FORM_SMALL, ACT_APPROVE, page_refuse)                            \
	X(HTTP_GET, "/cases", 0, ACT_SEE_CASES, page_cases)                                        \
	X(HTTP_GET, "/cases/*", 0, ACT_SEE_CASES, page_case)                                       \
	X(HTTP_POST, "/keys", FORM_SMALL, ACT_OPEN_CASES, page_keys)                               \
	X(HTTP_POST, "/name/*", FORM_SMALL, ACT_OPEN_CASES, page_case_name)                        \
	X(HTTP_POST, "/move/*", FORM_SMALL, ACT_OPEN_CASES, page_case_move)                        \
	X(HTTP_POST, "/annotate/*", FORM_SMALL, ACT_OPEN_CASES, page_annotate)                     \
	X(HTTP_POST, "/topic/*", FORM_SMALL, ACT_OPEN_CASES, page_case_topic)                      \
	X(HTTP_GET, "/kiosks", 0, ACT_SEE_KIOSKS, page_kiosks)                                     \
	X(HTTP_POST, "/kiosks/code", FORM_SMALL, ACT_RUN_KIOSKS, page_kiosk_code)                  \
	X(HTTP_POST, "/kiosks/revoke", FORM_SMALL, ACT_RUN_KIOSKS, page_kiosk_revoke)              \
	X(HTTP_GET, "/records", 0, ACT_SEE_RECORDS, page_records)

struct console_page {
	enum http_method method;
	const char *path;
	enum access_act act;
	void (*page)(struct visit *v);
};
extern const struct console_page console_pages[];
extern const size_t console_page_count;

#define CONSOLE_DECLARE(method, path, size, act, page) void page(struct visit *v);
CONSOLE_PAGES(CONSOLE_DECLARE)
#undef CONSOLE_DECLARE
