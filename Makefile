# elutong - make help lists the targets.
#   MODE=debug    (default) with address and undefined-behaviour checks
#   MODE=release  what a kiosk and an office get
MODE  ?= debug
BUILD ?= build
O     := $(BUILD)/$(MODE)
ifeq ($(origin CC),default)
CC := gcc
endif

WARN := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wformat=2 -Wundef -Wvla \
        -Wstrict-prototypes -Wmissing-prototypes -Wold-style-definition -Wpointer-arith -Wcast-qual \
        -Wwrite-strings -Wswitch-enum -Wimplicit-fallthrough -Wnull-dereference
CFLAGS_debug    := -Og -g3 -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer -Werror
CFLAGS_release  := -O2 -g -D_FORTIFY_SOURCE=2 -fstack-protector-strong -fstack-clash-protection -fPIE
LDFLAGS_debug   := -fsanitize=address,undefined
LDFLAGS_release := -pie -Wl,-z,relro,-z,now
VERSION  := $(shell sed -n 's/^## \([0-9][0-9.]*\).*/\1/p' CHANGES.md 2>/dev/null | head -n 1)
CPPFLAGS += -I. -I$(O)/gen -D_GNU_SOURCE -DSEEDED_BUG=$(or $(SEEDED_BUG),0) -DELUTONG_VERSION='"$(VERSION)"' -MMD -MP
ALL_CFLAGS  = -std=c17 $(WARN) $(CFLAGS_$(MODE)) $(CFLAGS)
ALL_LDFLAGS = $(LDFLAGS_$(MODE)) -Wl,--as-needed $(LDFLAGS)

# Rooms that are libraries; a program or a test links only the floors below it.
rooms       := base ui sync village store
dirs_base   := app/base
dirs_ui     := ui
dirs_sync   := sync
dirs_village := app/village
dirs_store  := app/store app/store/kiosk app/store/township
pkgs_ui     := sdl2 SDL2_ttf SDL2_image harfbuzz libunibreak libpinyin espeak-ng opusfile libpng libqrencode
pkgs_sync   := libsodium libcurl openssl libmicrohttpd gnutls libarchive libzstd
pkgs_village := libsodium jansson
pkgs_store  := sqlite3 libsodium
pkgs_base   :=
sandbox     := libseccomp
# What one program alone reads or writes files with.
pkgs_elutong-intake   := minizip expat freexl libjpeg libpng poppler-glib fontconfig
pkgs_elutong-township := xlsxwriter
pkgs_elutong-pack     := libopusenc

# Programs: folder of each, and the rooms it stands on.
programs := elutong elutong-courier elutong-township elutong-intake elutong-pack elutong-launch
dir_elutong          := app/kiosk
dir_elutong-courier  := app/courier
dir_elutong-township := app/township
dir_elutong-intake   := app/intake
dir_elutong-pack     := app/pack
dir_elutong-launch   := app/maintain
on_elutong           := store village sync ui base
on_elutong-courier   := store village sync base
on_elutong-township  := store village sync base
on_elutong-intake    := village sync base
on_elutong-pack      := store village sync base
on_elutong-launch    := base
# Tests of a room link that room and what it stands on.
on_tests_base    := base
on_tests_ui      := ui base
on_tests_sync    := sync base
on_tests_village := village sync base
on_tests_store   := store village sync base
on_tests_fuzz    := store village sync ui base
on_tests_bench   := store village sync ui base
on_tests_fault   := store village sync base

include assets/packaging/build.mk

help: ## this list
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "  make %-18s %s\n", $$1, $$2}' Makefile
run: ## build, make a demo township and start everything (headless: a tour with screenshots); ARGS=--window
	@sh assets/packaging/needs.sh build run
	@$(MAKE) --no-print-directory MODE=$(MODE) programs
	@sh assets/demo/run.sh $(O)/bin $(ARGS)
test: ## install what tests need, run everything, end with "N passed, N failed"
	@sh assets/packaging/needs.sh build run test
	@$(MAKE) --no-print-directory floors
	@$(MAKE) --no-print-directory -j2 MODE=debug all
	@$(MAKE) --no-print-directory -j2 MODE=release all
	@sh tests/run.sh $(BUILD)
floors: ## prove from the includes that no arrow goes up
	@sh tests/floors.sh
golden: ## compare every golden list and picture
	@$(MAKE) --no-print-directory MODE=release programs
	@sh tests/run.sh $(BUILD) tests/golden
golden-accept: ## show old and new pictures, then take the new ones
	@sh tests/golden/accept.sh $(O)
shots: $(O)/bin/elutong-play ## every screen x orientation x text size to PNG: make shots OUT=shots
	@sh tests/golden/shots.sh $(O)/bin $(or $(OUT),shots)
fuzz: ## run the fuzz targets with libFuzzer: make fuzz T=parcel SECS=60
	@sh assets/packaging/needs.sh clang
	@sh tests/fuzz/run.sh "$(or $(T),all)" $(or $(SECS),30)
crash: ## power cuts over the complaint queue: make crash CUTS=2000 SEED=1
	@$(MAKE) --no-print-directory -s MODE=release $(BUILD)/release/tests/fault/crash_test
	@$(BUILD)/release/tests/fault/crash_test $(or $(CUTS),20000) $(or $(SEED),1)
test-the-tests: ## every seeded bug must turn a test red
	@sh tests/fault/seeded.sh
bench: ## every budget of the design, measured
	@$(MAKE) --no-print-directory -j2 MODE=release all
	@sh tests/bench/run.sh $(BUILD)/release
tidy: $(O)/gen/app/kiosk/words_table.inc ## clang-tidy over the whole house
	@sh assets/packaging/needs.sh clang
	@git ls-files 'app/*.c' 'ui/*.c' 'sync/*.c' | xargs -P2 -I{} clang-tidy --quiet {} -- -I. -I$(O)/gen -D_GNU_SOURCE -std=c17 \
	  -DELUTONG_VERSION='"0"' -DSEEDED_BUG=0 $$(pkg-config --cflags $(sort $(foreach r,$(rooms) $(programs),$(pkgs_$r)) $(sandbox)))
words: ## move lines WORD(id, "Chinese", "English") of app/kiosk/words.inc into the catalogues in assets/words
	@sh assets/words/take.sh
format: ## clang-format in place
	@sh assets/packaging/needs.sh clang
	@clang-format -i $$(git ls-files '*.[ch]')
deb: ## Debian packages into build/
	@sh assets/packaging/deb.sh $(BUILD)
install: ## into DESTDIR, as the packages would
	@$(MAKE) --no-print-directory MODE=release programs
	@sh assets/packaging/install.sh $(BUILD)/release "$(DESTDIR)"
clean: ## remove what was built
	rm -rf $(BUILD)
.PHONY: help run test floors golden golden-accept shots fuzz crash test-the-tests bench tidy words format deb install clean
