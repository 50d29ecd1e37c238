#!/bin/sh
# install.sh BIN-FOLDER DESTDIR - copies programs, assets and services to where packages put them.
set -eu
bin=$1/bin
dest=$2
root=$(cd "$(dirname "$0")/../.." && pwd)
lib=$dest/usr/lib/elutong
share=$dest/usr/share/elutong
install -d "$dest/usr/bin" "$lib" "$share/assets" "$dest/lib/systemd/system" "$dest/usr/lib/sysusers.d" "$dest/usr/lib/tmpfiles.d" \
	"$dest/usr/share/doc/elutong"
for p in elutong elutong-courier elutong-township elutong-intake elutong-pack; do install -m 0755 "$bin/$p" "$lib/$p"; done
install -m 0755 "$bin/elutong-launch" "$lib/launch"
for p in elutong-courier elutong-township elutong-pack; do ln -sf ../lib/elutong/$p "$dest/usr/bin/$p"; done
cp -r "$root/assets/catalogue" "$root/assets/domain" "$root/assets/speech" "$share/assets/"
install -m 0644 "$root"/assets/packaging/*.service "$dest/lib/systemd/system/"
install -m 0644 "$root/assets/packaging/elutong.sysusers" "$dest/usr/lib/sysusers.d/elutong.conf"
install -m 0644 "$root/assets/packaging/elutong.tmpfiles" "$dest/usr/lib/tmpfiles.d/elutong.conf"
install -m 0644 "$root/README.md" "$root/CHANGES.md" "$root/LICENSE" "$dest/usr/share/doc/elutong/"
