# browse.sh - an office page in a real browser, for checks that source journey/lib.sh first. Sourced with SUBJECT, which
# stands for the whole check where the machine has no browser.
if ! command -v chromium >/dev/null || ! command -v node >/dev/null; then
	echo "ok 1 - $SUBJECT # SKIP no chromium or no node"
	echo "1..1"
	exit 0
fi
pictures=${PICTURES:-$w/pictures}
mkdir -p "$pictures"
browse() { # browse SENTENCE < COMMANDS: a browser of its own
	if node "$root/tests/console/browser.js" >"$w/browse" 2>&1; then ok "$1"; else
		not_ok "$1"
		head -n 5 "$w/browse" | cut -c 1-1200
	fi
}
enter() { # commands: USER comes in
	cat <<P
open $OFFICE/login
fill input[name=login] = $1
fill input[name=password] = $PASSWORD
press button.b.p
P
}
