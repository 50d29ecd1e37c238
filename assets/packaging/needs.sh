#!/bin/sh
# needs.sh KIND... - installs the Debian packages whose file or command is missing, and says why.
# KIND: build (to compile), run (fonts and data), test (what only tests use), clang (make tidy, fuzz and format).
set -eu
missing=""
need() { # need PACKAGE FILE-OR-COMMAND REASON
	case $2 in
	/*) for f in $2; do [ -e "$f" ] && return 0; done ;;
	*) command -v "$2" >/dev/null 2>&1 && return 0 ;;
	esac
	echo "needs $1: $3"
	missing="$missing $1"
}
header() { need "$1" "/usr/include/$2" "$3"; }
for kind in "$@"; do case $kind in
build)
	need build-essential gcc "compiler and make"
	need pkg-config pkg-config "finds the libraries"
	header libsdl2-dev SDL2/SDL.h "window, touch, sound"
	header libsdl2-ttf-dev SDL2/SDL_ttf.h "rasterises text"
	header libsdl2-image-dev SDL2/SDL_image.h "draws SVG icons"
	header libharfbuzz-dev harfbuzz/hb.h "shapes text"
	header libunibreak-dev linebreak.h "line breaking"
	header libpinyin15-dev libpinyin-2.8.1/pinyin.h "pinyin input"
	header libespeak-ng-dev espeak-ng/speak_lib.h "reads aloud"
	header libopusfile-dev opus/opusfile.h "plays recordings"
	header libopusenc-dev opus/opusenc.h "makes packs of recordings"
	header libpng-dev png.h "screenshots"
	header libqrencode-dev qrencode.h "receipt QR code"
	header libsqlite3-dev sqlite3.h "storage"
	need libcurl4-openssl-dev "/usr/include/*/curl/curl.h" "HTTPS client"
	header libssl-dev openssl/ssl.h "TLS of the HTTPS client"
	header libmicrohttpd-dev microhttpd.h "HTTPS server"
	header libgnutls28-dev gnutls/gnutls.h "TLS of the server, own CA"
	header libsodium-dev sodium.h "signing and sealing"
	header libjansson-dev jansson.h "JSON"
	header libarchive-dev archive.h "bundles"
	header libzstd-dev zstd.h "compression"
	header libminizip-dev minizip/unzip.h "opens .xlsx, which is a zip"
	header libexpat1-dev expat.h "reads the XML within .xlsx"
	header libfreexl-dev freexl.h "reads .xls"
	need libjpeg62-turbo-dev "/usr/include/jpeglib.h" "reads and writes photos"
	header libpoppler-glib-dev poppler/glib/poppler.h "draws the pages of a PDF"
	header libxlsxwriter-dev xlsxwriter.h "writes the templates accountants fill in"
	header libseccomp-dev seccomp.h "sandbox" ;;
run)
	need fonts-noto-cjk /usr/share/fonts/opentype/noto/NotoSansCJK-Bold.ttc "Chinese text"
	need fonts-noto-core /usr/share/fonts/truetype/noto/NotoSans-Regular.ttf "minority scripts"
	need fonts-lxgw-wenkai /usr/share/fonts/truetype/lxgw-wenkai/LXGWWenKai-Bold.ttf "titles"
	need poppler-data /usr/share/poppler/cMap "Chinese PDF without their own character maps"
	need libpinyin-data "/usr/lib/*/libpinyin/data/gb_char.bin" "pinyin dictionary"
	need espeak-ng-data "/usr/lib/*/espeak-ng-data/cmn_dict" "the voice that reads aloud"
	need curl curl "the tour acts as the office" ;;
test)
	header libcmocka-dev cmocka.h "unit tests"
	need xvfb Xvfb "a display for tests"
	need xauth xauth "a display for tests"
	need xdotool xdotool "real pointer events in tests"
	need sqlite3 sqlite3 "looks into databases, edits them as an attacker would"
	need strace strace "fault injection"
	need chromium chromium "the office in a real browser"
	need nodejs node "drives the browser in tests"
	need faketime faketime "wrong clocks in tests"
	need unicode-data /usr/share/unicode/auxiliary/LineBreakTest.txt "how lines may be broken, by Unicode"
	need minisign minisign "checks bundles with the standard tool"
	need zstd zstd "checks bundles with the standard tool" ;;
clang)
	need clang clang "fuzzing"
	need libclang-rt-14-dev "/usr/lib/llvm-14/lib/clang/*/lib/linux/libclang_rt.fuzzer-*.a /usr/lib/clang/*/lib/linux/libclang_rt.fuzzer-*.a" "libFuzzer"
	need clang-tidy clang-tidy "looks for mistakes"
	need clang-format clang-format "the look of the sources" ;;
esac; done
[ -n "$missing" ] || exit 0
run=""
[ "$(id -u)" -eq 0 ] || run=sudo
echo "installing:$missing"
export DEBIAN_FRONTEND=noninteractive
$run apt-get update -qq || true
# shellcheck disable=SC2086 # a list of packages is meant
$run apt-get install -y -qq --no-install-recommends $missing >/dev/null
