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
lib=$dest/tree/usr/lib/elutong
# From another folder and without --assets: they find what was installed with them.
cd /
check "the installed programs make a demo with the installed assets" "$lib/elutong-pack" demo --out "$dest/demo" --rows 60 --months 24
strace_assets() { # strace_assets: the touch screen starts, opens the installed catalogue and ends when told
	SDL_VIDEODRIVER=dummy strace -f -e trace=openat,open -o "$dest/opened" "$lib/elutong" --data "$dest/demo/kiosk" --size 640x360 --window &
	traced=$!
	for i in $(seq 200); do
		grep -q NotoSans "$dest/opened" 2>/dev/null && break
		sleep 0.05
	done
	pkill -TERM -P $traced
	wait $traced && grep -q "\"$dest/tree/usr/share/elutong/assets/catalogue" "$dest/opened"
}
check "the installed touch screen starts with them" strace_assets
ran_from() { # ran_from PATH: services name the same folder as the programs do
	grep -q -- "--assets $1 \|--assets $1$" "$dest"/tree/lib/systemd/system/elutong-courier.service &&
		grep -q -- "--assets $1 " "$dest"/tree/lib/systemd/system/elutong.service && [ -d "$dest/tree$1/catalogue" ]
}
check "the services name the folder that was installed" ran_from /usr/share/elutong/assets
if command -v systemd-analyze >/dev/null; then
	mkdir -p "$dest/tree/usr/bin" "$dest/tree/etc"
	: >"$dest/tree/usr/bin/xinit" && chmod +x "$dest/tree/usr/bin/xinit" # a package of its own
	for u in elutong elutong-courier elutong-township; do
		check "systemd takes $u.service" sh -c "systemd-analyze verify --man=no --root='$dest/tree' --recursive-errors=no $u.service 2>&1 | grep -i 'elutong' && exit 1; exit 0"
	done
	rm "$dest/tree/usr/bin/xinit"
fi
check "the township service lets its reader of uploads confine itself" grep -q "^SystemCallFilter=.* seccomp .*landlock_restrict_self" "$dest/tree/lib/systemd/system/elutong-township.service"
if command -v systemd-sysusers >/dev/null && [ "$(id -u)" -eq 0 ]; then
	check "users are made" systemd-sysusers --root="$dest/tree" elutong.conf
	mkdir -p "$dest/tree/var/lib/elutong/keys" && : >"$dest/tree/var/lib/elutong/kiosk.conf" && chmod 0660 "$dest/tree/var/lib/elutong/kiosk.conf"
	check "folders are made" systemd-tmpfiles --root="$dest/tree" --create elutong.conf
	owner() { awk -F: -v n="$1" '$1 == n { print $3 }' "$dest/tree/etc/$2"; }
	belongs() { [ "$(stat -c %u:%g:%a "$dest/tree/$1")" = "$(owner "$2" passwd):$(owner "$3" group):$4" ]; }
	check "the data folder belongs to the courier and the group of both" belongs var/lib/elutong elutong-courier elutong 2770
	check "and what was made in it as root becomes theirs" belongs var/lib/elutong/kiosk.conf elutong-courier elutong 660
	check "nobody but the township server enters its folder" belongs var/lib/elutong-township elutong-township elutong-township 700
fi
cd "$root"
if command -v objdump >/dev/null && command -v dpkg-deb >/dev/null; then
	check "a package is built" sh assets/packaging/deb.sh "$build"
	check "it holds the touch screen" sh -c "dpkg-deb -c $build/elutong_*.deb | grep -q usr/lib/elutong/elutong"
fi
exit $bad
