#include "app/kiosk/confine.h"

#include "app/base/log.h"
#include "app/base/sandbox.h"

#include <stdio.h>
#include <string.h>

enum err confine(const struct kiosk_options *o, const char *also)
{
	/* The scratch folder itself is removed at the end, which is a right of the one above. */
	char above[4096] = "";
	if (o->scratch != NULL)
		snprintf(above, sizeof above, "%s", o->scratch);
	char *slash = strrchr(above, '/');
	if (slash != NULL)
		*slash = 0;
	const struct sandbox_folder folder[] = {
		{o->data, SANDBOX_WRITE},
		{o->scratch, SANDBOX_WRITE},
		{slash == NULL ? NULL : above, SANDBOX_REMOVE_EMPTY},
		{o->assets, SANDBOX_READ},
		{"/usr", SANDBOX_READ},
		/* The loudspeaker is opened when somebody listens; how it is called stands here. A
		 * card plugged in later is a new file in /dev, where our groups reach no disk. */
		{"/etc/alsa", SANDBOX_READ},
		{"/etc/asound.conf", SANDBOX_READ},
		{"/etc/pulse", SANDBOX_READ},
		{"/dev", SANDBOX_DEVICES},
		{also, SANDBOX_WRITE},
#if defined(__SANITIZE_ADDRESS__)
		{"/", SANDBOX_READ}, /* its reports name lines of the sources */
#endif
	};
	enum err e = sandbox_folders(folder, sizeof folder / sizeof folder[0]);
	if (e == ERR_MISSING)
		log_warn("kiosk: this kernel has no landlock; folders stay open to the program");
	return e == OK || e == ERR_MISSING ? sandbox_no_programs() : e;
}
