#include "app/base/notify.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

int notify_open(void)
{
	const char *where = getenv("NOTIFY_SOCKET");
	struct sockaddr_un a = {.sun_family = AF_UNIX};
	size_t len = where == NULL ? 0 : strlen(where);
	if (len < 2 || len >= sizeof a.sun_path || (where[0] != '@' && where[0] != '/'))
		return -1;
	memcpy(a.sun_path, where, len);
	if (where[0] == '@') /* an abstract name */
		a.sun_path[0] = 0;
	int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	socklen_t size = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + len);
	if (fd >= 0 && connect(fd, (struct sockaddr *)&a, size) != 0) {
		close(fd);
		return -1;
	}
	return fd;
}

void notify_say(int socket, const char *text)
{
	/* A message nobody takes is no reason to stop: the listener notices by itself. */
	ssize_t n = socket < 0 ? 0 : send(socket, text, strlen(text), MSG_NOSIGNAL);
	(void)n;
}
