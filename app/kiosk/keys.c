#include "app/kiosk/keys.h"

static void digit(struct ui *u, int n)
{
	char id[] = "key.0";
	id[4] = (char)('0' + n);
	ui_press(u, id);
}

void keys_press(struct kiosk *k, enum ui_key_code key)
{
	struct ui *u = &k->ui;
	if (k->at == SCREEN_ATTRACT && !k->warning) {
		kiosk_replace(k, SCREEN_LANGUAGE);
		return;
	}
	if (key >= UI_KEY_DIGIT_0 && key <= UI_KEY_DIGIT_9)
		digit(u, (int)key - (int)UI_KEY_DIGIT_0);
	else if (key == UI_KEY_UP && !ui_press(u, "nav.prev") && !ui_press(u, "voucher.prev"))
		ui_turn(u, -1);
	else if (key == UI_KEY_DOWN && !ui_press(u, "nav.next") && !ui_press(u, "voucher.next"))
		ui_turn(u, 1);
	else if (key == UI_KEY_ENTER)
		ui_press_primary(u);
	else if (key == UI_KEY_ESC && !ui_press(u, "nav.back"))
		ui_press(u, "nav.home");
	else if (key == UI_KEY_BACK && !ui_press(u, "key.back"))
		ui_press(u, "key.b");
}
