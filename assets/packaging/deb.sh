#!/bin/sh
# deb.sh BUILD - one Debian package of programs, assets and services; which of them run is decided by which data folder is
# there. Dependencies are read from the programs.
set -eu
build=$1
root=$(cd "$(dirname "$0")/../.." && pwd)
cd "$root"
make -s MODE=release programs
version=$(sed -n 's/^## \([0-9][0-9.]*\).*/\1/p' CHANGES.md | head -n 1)
arch=$(dpkg --print-architecture)
tree=$build/deb
rm -rf "$tree"
mkdir -p "$tree/DEBIAN"
sh assets/packaging/install.sh "$build/release" "$tree"
for p in "$tree"/usr/lib/elutong/*; do strip --strip-unneeded "$p"; done
mv "$tree/usr/share/doc/elutong/LICENSE" "$tree/usr/share/doc/elutong/copyright"
gzip -9n <"$tree/usr/share/doc/elutong/CHANGES.md" >"$tree/usr/share/doc/elutong/changelog.gz"
rm "$tree/usr/share/doc/elutong/CHANGES.md"
# Which packages hold the libraries the programs are linked with.
depends=$(for p in "$tree"/usr/lib/elutong/*; do objdump -p "$p" | awk '/NEEDED/ { print $2 }'; done | sort -u | while read -r lib; do
	path=$(ldconfig -p | awk -v l="$lib" '$1 == l { print $NF; exit }')
	dpkg -S "$(readlink -f "$path")" 2>/dev/null | head -n 1 | cut -d: -f1
done | sort -u | paste -sd, | sed 's/,/, /g')
cat >"$tree/DEBIAN/control" <<C
Package: elutong
Version: $version
Architecture: $arch
Maintainer: e路通 <elutong@localhost>
Section: misc
Priority: optional
Depends: libc6, $depends, fonts-noto-cjk, fonts-noto-core, fonts-lxgw-wenkai, libpinyin-data, espeak-ng-data, poppler-data
Recommends: xinit, xserver-xorg-core, xserver-xorg-input-libinput
Description: village disclosure kiosk, its courier and its township server
 Every yuan a village took in and spent on a touch screen; complaints that nobody in the village
 can read or lose; answers within legal deadlines.
C
cat >"$tree/DEBIAN/postinst" <<'C'
#!/bin/sh
set -e
if [ "$1" = configure ]; then
	if command -v systemd-sysusers >/dev/null; then systemd-sysusers elutong.conf || true; fi
	if command -v systemd-tmpfiles >/dev/null; then systemd-tmpfiles --create elutong.conf || true; fi
	if [ -d /run/systemd/system ]; then systemctl daemon-reload || true; fi
fi
C
chmod 0755 "$tree/DEBIAN/postinst"
dpkg-deb --root-owner-group --build "$tree" "$build/elutong_${version}_$arch.deb" >/dev/null
echo "$build/elutong_${version}_$arch.deb"
