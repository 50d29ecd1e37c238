#!/bin/sh
# shots.sh BIN OUT - every page and state in both orientations, three text sizes and English to PNG, named as the mock-ups.
set -eu
bin=$(cd "$1" && pwd)
mkdir -p "$2"
out=$(cd "$2" && pwd)
root=$(cd "$(dirname "$0")/../.." && pwd)
trap 'rm -rf "$seed"' EXIT
. "$root/tests/golden/lists.sh"
for kind in $kinds; do pages shot "$kind"; done
echo "$(ls "$out" | wc -l) pictures in $2"
