# build.mk - how a source becomes an object, a room a library, a folder a program. Included by the Makefile.
.DEFAULT_GOAL := all
.DELETE_ON_ERROR:
.SECONDARY:
# V=1 shows the commands.
say := @$(if $(V),:,echo)
do  := $(if $(V),,@)

src_of   = $(foreach d,$(dirs_$1),$(wildcard $d/*.c))
obj      = $(patsubst %.c,$(O)/%.o,$1)
lib_of   = $(O)/lib/lib$1.a
test_of  = $(patsubst %.c,$(O)/%,$(wildcard $1/*_test.c))

# Tables made from files of text; every name below becomes NAME_name[], NAME_text[], NAME_count.
gen      := $(O)/gen
gen_ui    := icon_files
gen_store := queue_migrations books_migrations township_migrations
gen_elutong-township := web_files
gen_elutong-pack     := sentence_files
files_icon_files          = $(sort $(wildcard assets/icons/*.svg assets/*.svg))
files_queue_migrations    = $(sort $(wildcard app/store/kiosk/queue/*.sql))
files_books_migrations    = $(sort $(wildcard app/store/kiosk/books/*.sql))
files_township_migrations = $(sort $(wildcard app/store/township/sql/*.sql))
files_sentence_files      = assets/words/zh_CN.po
files_web_files           = $(sort $(wildcard assets/web/*))

.SECONDEXPANSION:
$(gen)/%.c: assets/packaging/embed.awk $$(files_$$*)
	@mkdir -p $(@D)
	@awk -v array=$* -f $< $(files_$*) > $@
$(gen)/%.o: $(gen)/%.c
	$(do) $(CC) $(CPPFLAGS) $(ALL_CFLAGS) -Wno-overlength-strings -c -o $@ $<

# The sentences of the touch screen: a table out of the catalogues, and of lines that still stand in words.inc.
words_table := $(gen)/app/kiosk/words_table.inc
words_from  := assets/words/zh_CN.po assets/words/en.po $(wildcard app/kiosk/words.inc)
$(words_table): assets/words/words.awk $(words_from)
	@mkdir -p $(@D)
	@awk -v mode=table -f $< $(words_from) > $@

# Flags of the libraries; asking pkg-config once, not once a file. Installs what is missing first.
ifeq ($(filter help clean floors format,$(MAKECMDGOALS)),)
-include $(O)/flags.mk
endif
$(O)/flags.mk: assets/packaging/build.mk assets/packaging/needs.sh Makefile
	@sh assets/packaging/needs.sh build
	@mkdir -p $(@D)
	@{ $(foreach r,$(rooms),echo "cflags_$r := $$(pkg-config --cflags $(pkgs_$r) $(sandbox) | sed 's/-I/-isystem /g')"; \
	   echo "libs_$r := $$(test -z '$(pkgs_$r)' || pkg-config --libs $(pkgs_$r))";) \
	   $(foreach p,$(programs),echo "libs_$p := $$(test -z '$(pkgs_$p)' || pkg-config --libs $(pkgs_$p))";) \
	   echo "libs_sandbox := $$(pkg-config --libs $(sandbox))"; \
	   echo "cflags_all := $$(pkg-config --cflags $(sort $(foreach r,$(rooms) $(programs),$(pkgs_$r)) $(sandbox)) | sed 's/-I/-isystem /g')"; } > $@

define room_rules
$$(call obj,$$(call src_of,$1)): ALL_CFLAGS += $$(cflags_$1)
$$(call lib_of,$1): $$(call obj,$$(call src_of,$1)) $$(patsubst %,$(gen)/%.o,$$(gen_$1))
	@mkdir -p $$(@D)
	@rm -f $$@
	$(do) $$(AR) rcs $$@ $$^
endef
$(foreach r,$(rooms),$(eval $(call room_rules,$r)))

# Village and store speak with sodium and jansson types of the floors below.
$(O)/app/% $(O)/tests/%: ALL_CFLAGS += $(cflags_all)

$(O)/%.o: %.c Makefile | $(words_table)
	@mkdir -p $(@D)
	$(say) "  CC   $<"
	$(do) $(CC) $(CPPFLAGS) $(ALL_CFLAGS) -c -o $@ $<

define program_rules
$(O)/bin/$1: $$(call obj,$$(wildcard $$(dir_$1)/*.c)) $$(patsubst %,$(gen)/%.o,$$(gen_$1)) \
               $$(foreach r,$$(on_$1),$$(call lib_of,$$r))
	@mkdir -p $$(@D)
	$(say) "  LINK $$@"
	$(do) $$(CC) $$(ALL_LDFLAGS) -o $$@ $$^ $$(foreach r,$$(on_$1),$$(libs_$$r)) $$(libs_$1) $$(libs_sandbox) -lm
endef
$(foreach p,$(programs),$(eval $(call program_rules,$p)))

# elutong-play: the kiosk's own objects with a driver in place of its main; never installed.
play_objs := $(filter-out $(O)/app/kiosk/main.o,$(call obj,$(wildcard app/kiosk/*.c))) $(call obj,$(wildcard tests/play/*.c))
$(O)/bin/elutong-play: $(play_objs) $(foreach r,$(on_elutong),$(call lib_of,$r))
	@mkdir -p $(@D)
	$(say) "  LINK $@"
	$(do) $(CC) $(ALL_LDFLAGS) -o $@ $^ $(foreach r,$(on_elutong),$(libs_$r)) $(libs_sandbox) -lm

define test_rules
$(O)/tests/$1/%_test: $(O)/tests/$1/%_test.o $$(foreach r,$$(on_tests_$1),$$(call lib_of,$$r))
	$(say) "  LINK $$@"
	$(do) $$(CC) $$(ALL_LDFLAGS) -o $$@ $$^ $$(foreach r,$$(on_tests_$1),$$(libs_$$r)) $$(LDLIBS_own) -lcmocka -lm
endef
$(foreach t,base ui sync village store bench,$(eval $(call test_rules,$t)))
# A test of the voice records what it plays.
$(O)/tests/ui/voice_test: LDLIBS_own := -lopusenc
# Fault tests share a disk whose power can be cut.
$(O)/tests/fault/%_test: $(O)/tests/fault/%_test.o $(O)/tests/fault/disk.o $(foreach r,$(on_tests_fault),$(call lib_of,$r))
	$(say) "  LINK $@"
	$(do) $(CC) $(ALL_LDFLAGS) -o $@ $^ $(foreach r,$(on_tests_fault),$(libs_$r)) -lm
# Tests of a program link its objects without its main.
define program_test_rules
$(O)/tests/$1/%_test: $(O)/tests/$1/%_test.o $$(filter-out %/main.o,$$(call obj,$$(wildcard app/$1/*.c))) \
		$$(patsubst %,$(gen)/%.o,$$(gen_$2)) $$(foreach r,$$(on_$2),$$(call lib_of,$$r))
	$(say) "  LINK $$@"
	$(do) $$(CC) $$(ALL_LDFLAGS) -o $$@ $$^ $$(foreach r,$$(on_$2),$$(libs_$$r)) $$(libs_$2) $$(libs_tests_$1) $$(libs_sandbox) -lcmocka -lm
endef
# Tests of intake make their own workbooks, good ones and bad ones.
libs_tests_intake := -lxlsxwriter -lz
$(call test_of,tests/intake): $(O)/tests/intake/made.o $(O)/tests/intake/made_xls.o $(O)/tests/intake/made_page.o | $(O)/bin/elutong-intake
$(call test_of,tests/township): | $(O)/bin/elutong-intake
$(eval $(call program_test_rules,kiosk,elutong))
$(eval $(call program_test_rules,golden,elutong))
$(eval $(call program_test_rules,courier,elutong-courier))
$(eval $(call program_test_rules,township,elutong-township))
$(eval $(call program_test_rules,intake,elutong-intake))
$(eval $(call program_test_rules,pack,elutong-pack))
$(eval $(call program_test_rules,maintain,elutong-launch))
# A fuzz target is replayed over its corpus by every make test; make fuzz builds it with libFuzzer.
intake_objs := $(filter-out %/main.o,$(call obj,$(wildcard app/intake/*.c)))
$(O)/tests/fuzz/%_fuzz: $(O)/tests/fuzz/%_fuzz.o $(O)/tests/fuzz/replay.o $(intake_objs) \
		$(foreach r,$(on_tests_fuzz),$(call lib_of,$r))
	$(say) "  LINK $@"
	$(do) $(CC) $(ALL_LDFLAGS) -o $@ $^ $(foreach r,$(on_tests_fuzz),$(libs_$r)) $(libs_elutong-intake) $(libs_sandbox) -lz -lm
$(O)/tests/fuzz/xlsx_fuzz: $(O)/tests/intake/made.o
$(O)/tests/fuzz/wav_fuzz: $(O)/app/pack/wav.o

# Measuring programs sit inside the kiosk's own objects.
$(O)/tests/bench/%_bench: $(O)/tests/bench/%_bench.o $(filter-out $(O)/app/kiosk/main.o,$(call obj,$(wildcard app/kiosk/*.c))) \
		$(foreach r,$(on_elutong),$(call lib_of,$r))
	$(say) "  LINK $@"
	$(do) $(CC) $(ALL_LDFLAGS) -o $@ $^ $(foreach r,$(on_elutong),$(libs_$r)) $(libs_elutong-township) $(libs_sandbox) -lm
$(O)/tests/bench/import_bench: $(O)/app/township/intake.o

benches := $(patsubst %.c,$(O)/%,$(wildcard tests/bench/*_bench.c))
test_dirs := base ui sync village store kiosk golden courier township intake pack maintain fault bench
tests := $(foreach t,$(test_dirs),$(call test_of,tests/$t))
fuzzers := $(patsubst %.c,$(O)/%,$(wildcard tests/fuzz/*_fuzz.c))
have := $(foreach p,$(programs),$(if $(wildcard $(dir_$p)/*.c),$(O)/bin/$p))
programs: $(have) $(if $(wildcard tests/play/*.c),$(O)/bin/elutong-play) ## build the programs only
tests: $(tests) $(fuzzers) $(benches)
all: programs tests
.PHONY: all programs tests
-include $(shell find $(O) -name '*.d' 2>/dev/null)
