/* notify.h - short messages to who started us, as sd_notify(3) sends them: one datagram to the
 * AF_UNIX address in NOTIFY_SOCKET. */
#pragma once

/* The socket, or -1 when nobody wants to hear. Close it with close(2). */
int notify_open(void);
/* "WATCHDOG=1" and the like. Never waits; what cannot be sent now is lost. -1 is fine. */
void notify_say(int socket, const char *text);
