#!/bin/sh
# install_check.sh BUILD - what is installed runs from where it is installed, and the package holds all of it.
build=$(cd "${1:-build}" && pwd)
root=$(cd "$(dirname "$0")/../.." && pwd)
dest=$(mktemp -d)
trap 'rm -rf "$dest"' EXIT
n=0
bad=0
check() { # check SENTENCE COMMAND...
	n=$((n + 1))
	sentence=$1
	shift
	if "$@" >"$dest/out" 2>&1; then echo "ok $n - $sentence"; else
		echo "not ok $n - $sentence"
		tail -n 5 "$dest/out"
		bad=1
	fi
}
cd "$root" || exit 1
check "make install fills a folder" sh assets/packaging/install.sh "$build/release" "$dest/tree"
for p in elutong elutong-courier elutong-township elutong-pack elutong-intake launch; do
	check "$p says its version" "$dest/tree/usr/lib/elutong/$p" --version
	check "$p says how it is used" "$dest/tree/usr/lib/elutong/$p" --help
done
check "the installed programs make a demo with the installed assets" "$dest/tree/usr/lib/elutong/elutong-pack" demo --out "$dest/demo" --rows 60 --months 24 --assets "$dest/tree/usr/share/elutong/assets"
if command -v objdump >/dev/null && command -v dpkg-deb >/dev/null; then
	check "a package is built" sh assets/packaging/deb.sh "$build"
	check "it holds the touch screen" sh -c "dpkg-deb -c $build/elutong_*.deb | grep -q usr/lib/elutong/elutong"
fi
exit $bad
