#!/bin/sh
# seeds.sh BUILD - makes the first inputs of tests/fuzz/corpus anew; by hand, when a format changed.
cd "$(dirname "$0")/../.." || exit 1
o=${1:-build}/debug
make -s MODE=debug $o/lib/libstore.a $o/lib/libvillage.a $o/lib/libsync.a $o/lib/libbase.a || exit 1
cc -std=c17 -D_GNU_SOURCE -I. -fsanitize=address,undefined -o "$o/seeds" tests/fuzz/seeds.c \
	$o/lib/libvillage.a $o/lib/libsync.a $o/lib/libbase.a \
	$(pkg-config --cflags --libs libsodium jansson libcurl openssl libmicrohttpd gnutls libarchive libzstd) -lm &&
	ASAN_OPTIONS=detect_leaks=0 "$o/seeds"
