/* sheet_test.c - whatever office programs save, and whatever an attacker makes of it, becomes rows
 * of cells or one sentence that says what to do; read by the real locked process. */
#include "tests/intake/made.h"
#include "tests/intake/made_xls.h"
#include "tests/test.h"

#include "app/village/cells.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>
#include <xlsxwriter.h>

static struct buf file, answer;
static int sheets; /* how many files were read */

static int start(void **state)
{
	(void)state;
	buf_init(&file, 64 << 20);
	buf_init(&answer, CELLS_BYTES_MAX);
	return 0;
}

static int stop(void **state)
{
	(void)state;
	buf_free(&file);
	buf_free(&answer);
	printf("# count %d sheets through the locked process\n", sheets);
	return 0;
}

/* With SEEDS=FOLDER every short file is also kept for the fuzz targets (tests/fuzz/seeds.sh). */
static void keep_seed(const unsigned char *p, size_t len)
{
	char path[300];
	const char *folder = getenv("SEEDS");
	bool xlsx = len > 2 && p[0] == 'P', xls = len > 2 && p[0] == 0xd0;
	if (folder == NULL || len > 20000 || (!xlsx && !xls))
		return;
	snprintf(path, sizeof path, "%.200s/%s/made-%02d", folder, xlsx ? "xlsx" : "xls", sheets);
	FILE *f = fopen(path, "wb");
	assert_non_null(f);
	assert_int_equal(fwrite(p, 1, len, f), len);
	fclose(f);
}

static const char *read_bytes(const void *bytes, size_t len)
{
	int status;
	keep_seed(bytes, len);
	made_read(bytes, len, &answer, &status);
	sheets++;
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
	return buf_str(&answer);
}

static void refused(const char *got, const char *words)
{
	assert_memory_equal(got, "{\"refused\":\"", 12);
	if (strstr(got, words) == NULL)
		fail_msg("%s is not in %s", words, got);
}
#define REFUSED(bytes, words) refused(read_bytes(bytes, sizeof(bytes) - 1), words)

static void book_gives(const struct made_book *b, const char *rows)
{
	char expected[4096];
	size_t n = 0;
	for (const char *p = rows; *p != 0; p++)
		n += *p == '\n';
	made_xlsx(&file, b);
	snprintf(expected, sizeof expected, "{\"sheet\":\"收支\"}\n%s{\"end\":%zu}\n", rows, n);
	assert_string_equal(read_bytes(file.p, file.len), expected);
}
#define GIVES(rows, ...) book_gives(&(const struct made_book){__VA_ARGS__}, rows)

static void book_refused(const struct made_book *b, const char *words)
{
	made_xlsx(&file, b);
	refused(read_bytes(file.p, file.len), words);
}
#define BAD_BOOK(words, ...) book_refused(&(const struct made_book){__VA_ARGS__}, words)
#define ROWS(inside)         "<sheetData>" inside "</sheetData>"
#define WORD(text)           "<c t=\"inlineStr\"><is><t>" text "</t></is></c>"

/* --- what office programs save --- */

static void a_workbook_of_a_library_is_read(void **state)
{
	(void)state;
	char path[64];
	int fd = memfd_create("made", 0);
	snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
	lxw_workbook *book = workbook_new(path);
	lxw_worksheet *sheet = workbook_add_worksheet(book, "收支");
	lxw_format *day = workbook_add_format(book), *bold = workbook_add_format(book);
	lxw_datetime date = {2026, 10, 28, 0, 0, 0};
	format_set_num_format(day, "yyyy\"年\"m\"月\"d\"日\"");
	format_set_bold(bold);
	worksheet_merge_range(sheet, 0, 0, 0, 3, "示范一村 2026 年 10 月收支明细", bold);
	worksheet_write_string(sheet, 1, 0, "日期", bold);
	worksheet_write_string(sheet, 1, 1, "金额", bold);
	worksheet_write_datetime(sheet, 2, 0, &date, day);
	worksheet_write_number(sheet, 2, 1, 4800.1, NULL);
	worksheet_write_string(sheet, 2, 2, "挖沟 & <填土>", NULL);
	worksheet_write_formula_num(sheet, 3, 1, "=SUM(B3:B3)", NULL, 4800.1);
	worksheet_write_boolean(sheet, 3, 2, 1, NULL);
	worksheet_set_row_opt(sheet, 2, LXW_DEF_ROW_HEIGHT, NULL,
			      &(lxw_row_col_options){.hidden = 1});
	assert_int_equal(workbook_close(book), LXW_NO_ERROR);
	off_t size = lseek(fd, 0, SEEK_END);
	buf_clear(&file);
	assert_int_equal(pread(fd, buf_room(&file, (size_t)size), (size_t)size, 0), size);
	close(fd);
	assert_string_equal(read_bytes(file.p, file.len),
			    "{\"sheet\":\"收支\"}\n[1,\"示范一村 2026 年 10 月收支明细\"]\n"
			    "[2,\"日期\",\"金额\"]\n[3,\"2026-10-28\",\"4800.1\",\"挖沟 & "
			    "<填土>\"]\n[4,\"\",\"4800.1\",\"TRUE\"]\n{\"end\":4}\n");
}

static void words_stand_in_cells_in_every_way(void **state)
{
	(void)state;
	GIVES("[1,\"日期\",\"金额\"]\n",
	      .sheet = ROWS("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>1</v></c>"
			    "<c r=\"B1\" t=\"s\"><v>0</v></c></row>"),
	      .strings = "<si><t>金额</t></si><si><t>日期</t></si>");
	GIVES("[1,\"管理费用\"]\n", .sheet = ROWS("<row><c t=\"s\"><v>0</v></c></row>"),
	      .strings = "<si><r><rPr><b/></rPr><t>管理</t></r><r><t>费用</t></r>"
			 "<rPh sb=\"0\" eb=\"2\"><t>guan li</t></rPh></si>");
	GIVES("[1,\"甲\",\"乙\\u000a丙\"]\n",
	      .sheet = ROWS("<row>" WORD("甲") WORD("乙_x000D_&#10;丙") "</row>"));
	GIVES("[1,\"\xf0\xa0\x80\x80\",\"a&b<c\"]\n",
	      .sheet = ROWS("<row>" WORD("&#x20000;") WORD("a&amp;b&lt;c") "</row>"));
	GIVES("[1,\"１２３\",\"a b\"]\n",
	      .sheet = ROWS("<row>" WORD("１２３") WORD("a&#9;b") "</row>"));
	GIVES("[1,\"甲\"]\n",
	      .sheet = ROWS("<row><c t=\"str\"><f>A2&amp;\"x\"</f><v>甲</v></c></row>"));
	GIVES("[1,\"TRUE\",\"FALSE\",\"#REF!\"]\n",
	      .sheet = ROWS("<row><c t=\"b\"><v>1</v></c><c t=\"b\"><v>0</v></c>"
			    "<c t=\"e\"><v>#REF!</v></c></row>"));
	GIVES("[1,\"甲\"]\n", .head = "<?xml version=\"1.0\"?>",
	      .sheet = "<x:sheetData xmlns:x=\"urn:x\"><x:row><x:c "
		       "t=\"inlineStr\"><x:is><x:t>甲</x:t>"
		       "</x:is></x:c></x:row></x:sheetData>");
}

static void formulas_give_the_value_saved_with_them(void **state)
{
	(void)state;
	GIVES("[1,\"12\",\"=SUM(A1:A9)\"]\n",
	      .sheet = ROWS("<row><c><f>5+7</f><v>12</v></c><c><f>SUM(A1:A9)</f></c></row>"));
	GIVES("[1,\"\",\"x\"]\n", .sheet = ROWS("<row><c><f/><v></v></c>" WORD("x") "</row>"));
}

static void numbers_show_no_noise(void **state)
{
	(void)state;
	GIVES("[1,\"12865\",\"0.3\",\"0\",\"-450.25\",\"100\"]\n",
	      .sheet = ROWS("<row><c><v>12865.000000000002</v></c><c><v>0.30000000000000004</v></c>"
			    "<c><v>5.6843418860808015E-14</v></c><c><v>-450.25</v></c>"
			    "<c><v>1E2</v></c></row>"));
	GIVES("[1,\"5.32503199001011E+17\",\"13800138000\"]\n",
	      .sheet =
		      ROWS("<row><c><v>532503199001011000</v></c><c><v>13800138000</v></c></row>"));
	GIVES("[1,\"nan\",\"1e999\"]\n",
	      .sheet = ROWS("<row><c><v>nan</v></c><c><v>1e999</v></c></row>"));
}

#define DAYS                                                                                       \
	"<numFmts><numFmt numFmtId=\"164\" "                                                       \
	"formatCode=\"yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;\"/>"                     \
	"<numFmt numFmtId=\"165\" formatCode=\"[Red]#,##0.00\\d\"/>"                               \
	"<numFmt numFmtId=\"166\" formatCode=\"h:mm:ss\"/>"                                        \
	"<numFmt numFmtId=\"167\" formatCode=\"[$-804]m/d;@\"/>"                                   \
	"<numFmt numFmtId=\"168\" formatCode=\"0.00E+00\"/></numFmts>"                             \
	"<cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs><cellXfs><xf numFmtId=\"0\"/>"          \
	"<xf numFmtId=\"14\"/><xf numFmtId=\"22\"/><xf numFmtId=\"31\"/><xf numFmtId=\"57\"/>"     \
	"<xf numFmtId=\"164\"/><xf numFmtId=\"165\"/><xf numFmtId=\"166\"/><xf numFmtId=\"167\"/>" \
	"<xf numFmtId=\"168\"/><xf numFmtId=\"20\"/></cellXfs>"

static void days_are_days_by_their_style(void **state)
{
	(void)state;
	GIVES("[1,\"46323\",\"2026-10-28\",\"2026-10-28\",\"2026-10-28\",\"2026-10-28\",\"2026-10-"
	      "28\"]\n",
	      .styles = DAYS,
	      .sheet = ROWS("<row><c s=\"0\"><v>46323</v></c><c s=\"1\"><v>46323</v></c>"
			    "<c s=\"2\"><v>46323.75</v></c><c s=\"3\"><v>46323</v></c>"
			    "<c s=\"4\"><v>46323</v></c><c s=\"5\"><v>46323</v></c></row>"));
	GIVES("[1,\"46323\",\"0.5\",\"2026-10-28\",\"46323\",\"0.25\",\"46323\"]\n", .styles = DAYS,
	      .sheet = ROWS("<row><c s=\"6\"><v>46323</v></c><c s=\"7\"><v>0.5</v></c>"
			    "<c s=\"8\"><v>46323</v></c><c s=\"9\"><v>46323</v></c>"
			    "<c s=\"10\"><v>0.25</v></c><c s=\"99\"><v>46323</v></c></row>"));
	GIVES("[1,\"2026-10-28\",\"1904-01-02\"]\n", .styles = DAYS,
	      .book = "<workbookPr date1904=\"1\"/>",
	      .sheet = ROWS("<row><c s=\"1\"><v>44861</v></c><c s=\"1\"><v>1</v></c></row>"));
	GIVES("[1,\"60\",\"1900-03-01\",\"-1\",\"9999-12-31\",\"2958466\"]\n", .styles = DAYS,
	      .sheet = ROWS("<row><c s=\"1\"><v>60</v></c><c s=\"1\"><v>61</v></c>"
			    "<c s=\"1\"><v>-1</v></c><c s=\"1\"><v>2958465</v></c>"
			    "<c s=\"1\"><v>2958466</v></c></row>"));
	GIVES("[1,\"2026-10-28\"]\n",
	      .sheet = ROWS("<row><c t=\"d\"><v>2026-10-28T00:00:00</v></c></row>"));
}

static void labels_of_merged_cells_are_repeated_downwards_amounts_never(void **state)
{
	(void)state;
	GIVES("[1,\"标题\"]\n[2,\"记-1\",\"10\"]\n[3,\"记-1\",\"20\"]\n",
	      .sheet = ROWS("<row r=\"1\">" WORD("标题") "</row><row r=\"2\">" WORD(
		      "记-1") "<c><v>10</v></c></row><row r=\"3\"><c "
			      "r=\"B3\"><v>20</v></c></row>") "<mergeCells><mergeCell "
							      "ref=\"A1:D1\"/><mergeCell "
							      "ref=\"A2:A3\"/></mergeCells>");
	GIVES("[1,\"甲\",\"100\"]\n[2,\"乙\"]\n",
	      .sheet = ROWS("<row r=\"1\">" WORD("甲") "<c><v>100</v></c></row><row r=\"2\">" WORD(
		      "乙") "</row>") "<mergeCells><mergeCell ref=\"B1:B2\"/></mergeCells>");
	GIVES("[4,\"甲\",\"乙\"]\n[5,\"甲\",\"丙\"]\n",
	      .sheet = ROWS("<row r=\"4\">" WORD("甲") WORD(
		      "乙") "</row><row r=\"5\"><c r=\"B5\" "
			    "t=\"str\"><v>丙</v></c></row>") "<mergeCells><mergeCell "
							     "ref=\"A4:A5\"/><mergeCell "
							     "ref=\"A1:A1\"/>"
							     "<mergeCell "
							     "ref=\"nonsense\"/><mergeCell/></"
							     "mergeCells>");
	GIVES("[1,\"甲\"]\n[2,\"甲\",\"乙\"]\n",
	      .sheet = ROWS("<row r=\"1\">" WORD(
		      "甲") "</row><row r=\"2\"><c r=\"B2\" "
			    "t=\"str\"><v>乙</v></c></row>") "<mergeCells><mergeCell "
							     "ref=\"A1:A1048576\"/><mergeCell "
							     "ref=\"A1:A9\"/>"
							     "</mergeCells>");
}

static void places_may_be_missing_or_mixed_up(void **state)
{
	(void)state;
	GIVES("[1,\"甲\"]\n[2,\"乙\"]\n",
	      .sheet = ROWS("<row>" WORD("甲") "</row><row>" WORD("乙") "</row>"));
	GIVES("[2,\"甲\"]\n[7,\"\",\"\",\"乙\"]\n",
	      .sheet = ROWS("<row r=\"7\"><c r=\"C7\" t=\"str\"><v>乙</v></c></row>"
			    "<row r=\"2\"><c r=\"A2\" t=\"str\"><v>甲</v></c></row>"));
	GIVES("[1,\"甲\",\"\",\"丙\"]\n",
	      .sheet = ROWS("<row r=\"1\"><c r=\"C1\" t=\"str\"><v>丙</v></c>"
			    "<c r=\"A1\" t=\"str\"><v>甲</v></c></row>"));
	GIVES("[3,\"甲\"]\n",
	      .sheet = ROWS("<row r=\"1\"><c r=\"XFD1\" s=\"3\"/></row><row r=\"3\">" WORD(
		      "甲") "</row><row r=\"1048576\"><c r=\"A1048576\"/></row>"));
}

static void only_visible_sheets_are_read_each_with_its_name(void **state)
{
	(void)state;
	static const char one[] = "<worksheet><sheetData><row><c t=\"str\"><v>二</v></c></row>"
				  "</sheetData></worksheet>";
	made_xlsx(
		&file,
		&(const struct made_book){
			.sheets =
				"<sheet name=\"9月\" sheetId=\"1\" r:id=\"rId1\"/>"
				"<sheet name=\"底稿\" sheetId=\"2\" state=\"hidden\" "
				"r:id=\"rId2\"/><sheet name=\"10月\" sheetId=\"3\" r:id=\"rId3\"/>",
			.links = "<Relationship Id=\"rId2\" Type=\"x/worksheet\" "
				 "Target=\"worksheets/h.xml\"/><Relationship Id=\"rId3\" "
				 "Type=\"x/worksheet\" Target=\"/xl/worksheets/x.xml\"/>",
			.sheet = ROWS("<row>" WORD("一") "</row>"),
			.name = {"xl/worksheets/x.xml", "xl/worksheets/h.xml"},
			.part = {one, one}});
	assert_string_equal(read_bytes(file.p, file.len),
			    "{\"sheet\":\"9月\"}\n[1,\"一\"]\n{\"sheet\":\"10月\"}\n[1,\"二\"]\n"
			    "{\"end\":2}\n");
	struct cells c;
	assert_int_equal(cells_read(answer.p, answer.len, &c), OK);
	assert_int_equal(c.sheets, 2);
	assert_string_equal(cells_name(&c), "9月");
	cells_choose(&c, 1);
	assert_int_equal(c.count, 1);
	assert_memory_equal(c.row[0].cell[0].text, "二", 3);
	cells_close(&c);
}

static void another_encoding_of_the_xml_is_read(void **state)
{
	(void)state;
	GIVES("[1,\"caf\xc3\xa9\"]\n", .head = "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>",
	      .sheet = ROWS("<row>" WORD("caf\xe9") "</row>"));
	BAD_BOOK("坏了", .head = "<?xml version=\"1.0\" encoding=\"x-unknown\"?>",
		 .sheet = ROWS("<row>" WORD("a") "</row>"));
}

/* --- the limits --- */

static void every_limit_of_a_sheet_is_told(void **state)
{
	(void)state;
	BAD_BOOK("256 列", .sheet = ROWS("<row><c r=\"IW1\"><v>1</v></c></row>"));
	BAD_BOOK("20 万行", .sheet = ROWS("<row r=\"200001\"><c><v>1</v></c></row>"));
	BAD_BOOK("20 万行", .sheet = ROWS("<row r=\"99999999999999999999\"><c><v>1</v></c></row>"));
	BAD_BOOK("空的", .sheet = ROWS(""));
	BAD_BOOK("空的", .sheet = ROWS("<row><c r=\"A1\" s=\"1\"/></row>"));
	struct buf b;
	buf_init(&b, 32 << 20);
	buf_text(&b, "<sheetData><row><c t=\"str\"><v>");
	for (int i = 0; i < CSV_CELL_MAX + 1; i++)
		buf_text(&b, "村");
	buf_text(&b, "</v></c></row></sheetData>");
	BAD_BOOK("32,767", .sheet = buf_str(&b));
	buf_clear(&b);
	buf_text(&b, "<sheetData>");
	for (int i = 0; i < CSV_ROWS_MAX + 1; i++)
		buf_print(&b, "<row><c><v>%d</v></c></row>", i);
	buf_text(&b, "</sheetData>");
	BAD_BOOK("20 万行", .sheet = buf_str(&b));
	buf_free(&b);
}

static void a_shared_text_in_very_many_cells_is_refused(void **state)
{
	(void)state;
	struct buf b, s;
	buf_init(&b, 32 << 20);
	buf_init(&s, 1 << 20);
	buf_text(&s, "<si><t>");
	for (int i = 0; i < 30000; i++)
		buf_print(&s, "%c", 'a' + i * 7 % 26);
	buf_text(&s, "</t></si>");
	buf_text(&b, "<sheetData>");
	for (int i = 0; i < 2000; i++)
		buf_print(&b, "<row r=\"%d\"><c t=\"s\"><v>0</v></c></row>", i + 1);
	buf_text(&b, "</sheetData>");
	BAD_BOOK("表太大", .sheet = buf_str(&b), .strings = buf_str(&s));
	buf_free(&b);
	buf_free(&s);
}

static void very_many_merged_cells_are_refused(void **state)
{
	(void)state;
	struct buf b;
	buf_init(&b, 32 << 20);
	buf_text(&b,
		 "<sheetData><row r=\"1\">" WORD("x") WORD("y")
			 WORD("z") "</row><row r=\"200000\"><c "
				   "r=\"E200000\"><v>1</v></c></row></sheetData><mergeCells>"
				   "<mergeCell ref=\"A1:A200000\"/><mergeCell ref=\"B1:B200000\"/>"
				   "<mergeCell ref=\"C1:C200000\"/></mergeCells>");
	BAD_BOOK("解开以后太大", .sheet = buf_str(&b));
	buf_clear(&b);
	buf_text(&b, "<sheetData><row>" WORD("x") "</row></sheetData><mergeCells>");
	for (int i = 0; i < 120000; i++)
		buf_print(&b, "<mergeCell ref=\"A1:A%d\"/>", i + 2);
	buf_text(&b, "</mergeCells>");
	BAD_BOOK("表太大", .sheet = buf_str(&b));
	buf_free(&b);
}

/* --- zips that lie --- */

static void a_zip_bomb_is_refused_before_it_unpacks(void **state)
{
	(void)state;
	static const char row[] = "<row><c><v>1</v></c></row>";
	struct made_entry e[] = {{.name = "_rels/.rels", .bytes = "<a/>", .len = 4},
				 {.name = "xl/workbook.xml",
				  .bytes = row,
				  .len = sizeof row - 1,
				  .repeat = 2000000}};
	made_zip(&file, e, 2);
	refused(read_bytes(file.p, file.len), "解开以后太大");
	e[1].repeat = 200000; /* 5 MB out of a few kilobytes */
	made_zip(&file, e, 2);
	refused(read_bytes(file.p, file.len), "解开以后太大");
	e[1].said_length = 1000;
	e[1].bytes = "<a> ";
	e[1].len = 4;
	e[1].repeat = 1;
	made_zip(&file, e, 2);
	refused(read_bytes(file.p, file.len), "坏了");
	e[1].bytes = "   ";
	e[1].len = 3;
	e[1].repeat = 5000000;
	e[1].said_length = 100000;
	made_zip(&file, e, 2);
	assert_memory_equal(read_bytes(file.p, file.len), "{\"refused\":\"", 12);
}

static void very_many_entries_are_refused(void **state)
{
	(void)state;
	struct made_entry *e = calloc(5000, sizeof *e);
	assert_non_null(e);
	for (int i = 0; i < 5000; i++)
		e[i] = (struct made_entry){.name = "a", .bytes = "", .len = 0};
	made_zip(&file, e, 5000);
	refused(read_bytes(file.p, file.len), "解开以后太大");
	free(e);
}

static void a_dtd_ends_the_reading(void **state)
{
	(void)state;
	BAD_BOOK("DTD",
		 .head = "<!DOCTYPE w [<!ENTITY a \"aaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;\">"
			 "<!ENTITY c \"&b;&b;&b;&b;\">]>",
		 .sheet = ROWS("<row>" WORD("&c;") "</row>"));
	BAD_BOOK("DTD", .head = "<!DOCTYPE w SYSTEM \"file:///etc/passwd\">",
		 .sheet = ROWS("<row>" WORD("x") "</row>"));
	BAD_BOOK("DTD", .head = "<!DOCTYPE w [<!ENTITY % p SYSTEM \"http://127.0.0.1/\"> %p;]>",
		 .sheet = ROWS("<row>" WORD("x") "</row>"));
	BAD_BOOK("坏了", .sheet = ROWS("<row>" WORD("&unknown;") "</row>"));
}

static void broken_workbooks_are_refused_in_words(void **state)
{
	(void)state;
	BAD_BOOK("坏了", .sheet = "<sheetData><row>");
	BAD_BOOK("坏了", .sheet = ROWS("<row><c t=\"s\"><v>5</v></c></row>"));
	BAD_BOOK("坏了", .sheets = "<sheet name=\"a\" r:id=\"rId5\"/>",
		 .links =
			 "<Relationship Id=\"rId5\" Type=\"x/worksheet\" Target=\"../gone.xml\"/>");
	BAD_BOOK("空的", .sheets = "<sheet name=\"a\" r:id=\"rId404\"/>");
	BAD_BOOK("空的", .sheets = "<sheet name=\"a\" state=\"veryHidden\" r:id=\"rId1\"/>",
		 .sheet = ROWS("<row>" WORD("x") "</row>"));
	struct buf deep;
	buf_init(&deep, 1 << 20);
	for (int i = 0; i < 5000; i++)
		buf_text(&deep, "<a>");
	for (int i = 0; i < 5000; i++)
		buf_text(&deep, "</a>");
	BAD_BOOK("坏了", .sheet = buf_str(&deep));
	buf_free(&deep);
	made_xlsx(&file, &(const struct made_book){.sheet = ROWS("<row>" WORD("x") "</row>")});
	refused(read_bytes(file.p, file.len / 2), "坏了");
	refused(read_bytes(file.p, 30), "坏了");
	struct made_entry e = {
		.name = "_rels/.rels", .bytes = "<a/>", .len = 4, .no_checksum = true};
	made_zip(&file, &e, 1);
	refused(read_bytes(file.p, file.len), "坏了");
	e = (struct made_entry){.name = "a.txt", .bytes = "x", .len = 1, .encrypted = true};
	made_zip(&file, &e, 1);
	refused(read_bytes(file.p, file.len), "密码");
	REFUSED("PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", "坏了");
}

/* --- what is no table --- */

static void zip_with(const char *name, const char *words)
{
	const struct made_entry e = {.name = name, .bytes = "<a/>", .len = 4};
	made_zip(&file, &e, 1);
	refused(read_bytes(file.p, file.len), words);
}

static void ole_with(const char *stream, const char *second, const char *words)
{
	const struct xls_cell c = {.text = "甲"};
	made_xls(&file, &(const struct xls_book){
				.cell = &c, .cells = 1, .stream = stream, .second = second});
	refused(read_bytes(file.p, file.len), words);
}

static void other_files_are_named_by_their_content(void **state)
{
	(void)state;
	zip_with("word/document.xml", "文字文档");
	zip_with("ppt/presentation.xml", "文字文档");
	zip_with("content.xml", "另存为 .xlsx");
	zip_with("xl/workbook.bin", "另存为 .xlsx");
	zip_with("照片.jpg", "压缩包");
	ole_with("WordDocument", NULL, "在 WPS 里选 另存为 .xlsx");
	ole_with("WpsContent", NULL, "在 WPS 里选 另存为 .xlsx");
	ole_with("EncryptedPackage", "EncryptionInfo", "密码");
	REFUSED("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "在 WPS 里选 另存为 .xlsx");
	REFUSED("%PDF-1.7\n", "图片或者 PDF");
	REFUSED("\x89PNG\r\n\x1a\n", "图片或者 PDF");
	REFUSED("\xff\xd8\xff\xe0 JFIF", "图片或者 PDF");
	REFUSED("Rar!\x1a\x07", "压缩包");
	REFUSED("7z\xbc\xaf\x27\x1c", "压缩包");
	REFUSED("\x1f\x8b\x08", "压缩包");
	REFUSED("\xef\xbb\xbf \r\n<HTML><body><table><tr><td>1</table>", "网页");
	REFUSED("<?xml version=\"1.0\"?><?mso-application progid=\"Excel.Sheet\"?>",
		"另存为 .xlsx");
	REFUSED("", "空的");
	REFUSED("a\0b", "不是表格文件");
	buf_clear(&file);
	memset(buf_room(&file, CSV_BYTES_MAX + 1), 'a', CSV_BYTES_MAX + 1);
	memcpy(file.p, "PK\x03\x04", 4);
	refused(read_bytes(file.p, file.len), "8 MB");
}

static void text_files_are_read_in_every_usual_encoding(void **state)
{
	(void)state;
	static const char expected[] = "[1,\"日期\",\"金额\"]\n{\"end\":1}\n";
#define TEXT(bytes) assert_string_equal(read_bytes(bytes, sizeof(bytes) - 1), expected)
	TEXT("日期,金额\n");
	TEXT("\xef\xbb\xbf日期;金额\r\n");
	TEXT("\xc8\xd5\xc6\xda\t\xbd\xf0\xb6\xee\n");
	TEXT("\xff\xfe\xe5\x65\x1f\x67,\0\xd1\x91\x9d\x98\n\0");
	TEXT("\xfe\xff\x65\xe5\x67\x1f\0\t\x91\xd1\x98\x9d");
#undef TEXT
}

/* --- XLS --- */

static void xls_gives(const struct xls_book *b, const char *rows)
{
	char expected[2048];
	size_t n = 0;
	for (const char *p = rows; *p != 0; p++)
		n += *p == '\n';
	made_xls(&file, b);
	snprintf(expected, sizeof expected, "{\"sheet\":\"%s\"}\n%s{\"end\":%zu}\n",
		 b->old_codepage == 0 ? "收支" : "1", rows, n);
	assert_string_equal(read_bytes(file.p, file.len), expected);
}
#define XLS(rows, cell_table, ...)                                                                 \
	xls_gives(&(const struct xls_book){.cell = cell_table,                                     \
					   .cells = sizeof cell_table / sizeof cell_table[0],      \
					   __VA_ARGS__},                                           \
		  rows)

static void an_old_workbook_is_read(void **state)
{
	(void)state;
	static const struct xls_cell c[] = {
		{.row = 0, .column = 0, .text = "日期"},
		{.row = 0, .column = 1, .text = "金额"},
		{.row = 2, .column = 0, .number = 46323, .style = XLS_DAY},
		{.row = 2, .column = 1, .number = 4800.1},
		{.row = 2, .column = 2, .number = 13800138000.0},
		{.row = 3, .column = 0, .number = 46323, .style = XLS_OWN_DAY},
		{.row = 3, .column = 1, .number = 4800.1, .formula = true}};
	XLS("[1,\"日期\",\"金额\"]\n[3,\"2026-10-28\",\"4800.1\",\"13800138000\"]\n"
	    "[4,\"2026-10-28\",\"4800.1\"]\n",
	    c, .locked = false);
	static const struct xls_cell mac[] = {{.number = 44861, .style = XLS_DAY}};
	XLS("[1,\"2026-10-28\"]\n", mac, .since_1904 = true);
	static const struct xls_cell gbk[] = {{.text = "\xc8\xd5\xc6\xda"},
					      {.column = 1, .number = 5}};
	XLS("[1,\"日期\",\"5\"]\n", gbk, .old_codepage = 936);
	static const struct xls_cell merged[] = {{.text = "记-1"},
						 {.column = 1, .number = 10},
						 {.row = 1, .column = 1, .number = 20}};
	XLS("[1,\"记-1\",\"10\"]\n[2,\"记-1\",\"20\"]\n", merged, .merge = {0, 1, 0, 0});
}

static void a_bad_old_workbook_is_refused_in_words(void **state)
{
	(void)state;
	static const struct xls_cell c = {.text = "甲"};
	const struct xls_book good = {.cell = &c, .cells = 1};
	made_xls(&file, &(const struct xls_book){.cell = &c, .cells = 1, .locked = true});
	refused(read_bytes(file.p, file.len), "密码");
	made_xls(&file, &(const struct xls_book){.cells = 0});
	refused(read_bytes(file.p, file.len), "空的");
	made_xls(&file, &good);
	assert_memory_equal(read_bytes(file.p, file.len - 3000), "{\"refused\":\"", 12);
	assert_memory_equal(read_bytes(file.p, 1536), "{\"refused\":\"", 12);
	made_xls(&file, &(const struct xls_book){.cell = &c, .cells = 1, .old_codepage = 1251});
	refused(read_bytes(file.p, file.len), "另存为 .xlsx");
	/* A chain of sectors that goes in circles. */
	made_xls(&file, &good);
	memset(file.p + 512 + 8, 0, 4);
	file.p[512 + 8] = 2;
	read_bytes(file.p, file.len);
	/* An entry that says the stream has four gigabytes. */
	made_xls(&file, &good);
	for (size_t at = 512; at + 128 <= file.len; at += 128)
		if (memcmp(file.p + at, "W\0o\0r\0k", 7) == 0)
			memset(file.p + at + 120, 0xff, 4);
	assert_memory_equal(read_bytes(file.p, file.len), "{\"", 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_workbook_of_a_library_is_read),
		cmocka_unit_test(words_stand_in_cells_in_every_way),
		cmocka_unit_test(formulas_give_the_value_saved_with_them),
		cmocka_unit_test(numbers_show_no_noise),
		cmocka_unit_test(days_are_days_by_their_style),
		cmocka_unit_test(labels_of_merged_cells_are_repeated_downwards_amounts_never),
		cmocka_unit_test(places_may_be_missing_or_mixed_up),
		cmocka_unit_test(only_visible_sheets_are_read_each_with_its_name),
		cmocka_unit_test(another_encoding_of_the_xml_is_read),
		cmocka_unit_test(every_limit_of_a_sheet_is_told),
		cmocka_unit_test(a_shared_text_in_very_many_cells_is_refused),
		cmocka_unit_test(very_many_merged_cells_are_refused),
		cmocka_unit_test(a_zip_bomb_is_refused_before_it_unpacks),
		cmocka_unit_test(very_many_entries_are_refused),
		cmocka_unit_test(a_dtd_ends_the_reading),
		cmocka_unit_test(broken_workbooks_are_refused_in_words),
		cmocka_unit_test(other_files_are_named_by_their_content),
		cmocka_unit_test(text_files_are_read_in_every_usual_encoding),
		cmocka_unit_test(an_old_workbook_is_read),
		cmocka_unit_test(a_bad_old_workbook_is_refused_in_words),
	};
	return cmocka_run_group_tests(tests, start, stop);
}
