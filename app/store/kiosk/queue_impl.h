/* queue_impl.h - what queue.c and settle.c share; nobody else includes it. */
#pragma once
#include "app/store/db.h"
#include "app/store/kiosk/queue.h"

#include <sys/types.h>

enum queue_statement {
#define STATEMENT(name, sql) QUEUE_##name,
#include "app/store/kiosk/queue_statements.h"
#undef STATEMENT
	QUEUE_STATEMENTS
};

struct queue {
	struct db *db;
	char folder[3072];
	dev_t device; /* of the file that was opened; inode 0: not known */
	ino_t inode;
};
