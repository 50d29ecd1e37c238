# office.sh - what a member of staff does in the browser, with curl; sourced. Needs OFFICE (https://host:port),
# OFFICE_CA (its CA file) and OFFICE_TMP (a folder for cookies and pages).
PASSWORD=${PASSWORD:-yanshi-2026}

office_curl() { # office_curl USER ARGS...: prints the status; the page is in $OFFICE_TMP/page.USER
	who=$1
	shift
	curl -s --max-time 30 --cacert "$OFFICE_CA" -b "$OFFICE_TMP/jar.$who" -c "$OFFICE_TMP/jar.$who" \
		-H "Origin: $OFFICE" -o "$OFFICE_TMP/page.$who" -w '%{http_code}' "$@"
}
office_login() { # office_login USER [PASSWORD]
	rm -f "$OFFICE_TMP/jar.$1"
	office_curl "$1" "$OFFICE/login" >/dev/null
	office_curl "$1" --data-urlencode "login=$1" --data-urlencode "password=${2:-$PASSWORD}" "$OFFICE/login"
}
office_get() { # office_get USER PATH
	office_curl "$1" "$OFFICE$2"
}
office_csrf() { # of a session, from its first page
	office_curl "$1" "$OFFICE/" >/dev/null
	sed -n 's/.*name="csrf" value="\([0-9a-f]*\)".*/\1/p' "$OFFICE_TMP/page.$1" | head -n 1
}
office_post() { # office_post USER PATH name=value ...
	user=$1 path=$2
	shift 2
	set -- "$@" "csrf=$(office_csrf "$user")"
	args=
	for pair in "$@"; do args="$args --data-urlencode \"\$$((${n:-0} + 1))\"" n=$((${n:-0} + 1)); done
	n=
	eval "office_curl \"$user\" $args \"\$OFFICE$path\""
}
office_upload() { # office_upload USER PLACE MONTH FILE [TEMPLATE]
	office_curl "$1" -F "csrf=$(office_csrf "$1")" -F "place=$2" -F "template=${5:-ledger}" -F "month=$3" \
		-F "file=@$4;type=text/csv" "$OFFICE/upload"
}
office_supervise() { # office_supervise USER DRAFT: the village's committee signs
	office_post "$1" "/supervise/$2" do=sign seen=yes "password=$PASSWORD"
}
