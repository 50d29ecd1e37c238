#!/bin/sh
# topic_check.sh - what a case is about is said by the body that holds it, with its key open, and written down.
. "$(dirname "$0")/../journey/lib.sh"
world 120 24 || { not_ok "the world stands"; finish; exit 1; }
"$bin/elutong-pack" letters --data "$w/d/kiosk" --count 1 >>"$w/made"
once
number=$(db "SELECT min(number) FROM matter WHERE body = 'caoba-office'")
same 303 "$(office_login ma)" "a member of the office comes in"
office_get ma "/cases/$number" >/dev/null
grep -q 'action="/topic/' "$OFFICE_TMP/page.ma" && not_ok "with the key shut there is no form" || ok "with the key shut there is no form"
same 403 "$(office_post ma "/topic/$number" topic=land)" "nor does it go through"
same 303 "$(office_post ma /keys do=open "password=$PASSWORD")" "with the key open"
office_get ma "/cases/$number" >/dev/null
grep -q "action=\"/topic/$number\"" "$OFFICE_TMP/page.ma" && ok "there is one" || not_ok "there is one"
same 422 "$(office_post ma "/topic/$number" topic=nonsense)" "a topic of the list is wanted"
same 422 "$(office_post ma "/topic/$number" topic=)" "not none"
same 303 "$(office_post ma "/topic/$number" topic=land)" "one is said"
same land "$(db "SELECT topic FROM matter WHERE number = $number")" "and stands with the case"
same 1 "$(db "SELECT count(*) FROM audit WHERE kind = 'topic' AND reason = '征地补偿'")" "who said so is written down"
same 1 "$(db "SELECT count(*) FROM event WHERE kind = 'topic'")" "as an event of the chain"
office_get ma /cases >/dev/null
grep -q 征地补偿 "$OFFICE_TMP/page.ma" && ok "the list shows it" || not_ok "the list shows it"
office_get ma "/cases/$number" >/dev/null
grep -q 写了类别 "$OFFICE_TMP/page.ma" && ok "and the case who did" || not_ok "and the case who did"
same 303 "$(office_login zhao)" "somebody of another body"
same 303 "$(office_post zhao /keys do=open "password=$PASSWORD")" "with their own key open"
same 403 "$(office_post zhao "/topic/$number" topic=cadre)" "says nothing about this one"
same 303 "$(office_login pu)" "a supervisor"
same 403 "$(office_post pu "/topic/$number" topic=cadre)" "neither"
same land "$(db "SELECT topic FROM matter WHERE number = $number")" "it is as it was"
finish
