#include "app/base/sandbox.h"

#include "app/base/log.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <sched.h>
#include <seccomp.h>
#include <stdint.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Rights that came after the headers this is built with (landlock(7)). */
enum {
	FS_TRUNCATE = 1 << 14, /* ABI 3 */
	FS_IOCTL_DEV = 1 << 15 /* ABI 5 */
};
enum {
	FS_READ = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR,
	FS_WRITE = FS_READ | LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_REMOVE_DIR |
		   LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_MAKE_DIR |
		   LANDLOCK_ACCESS_FS_MAKE_REG | FS_TRUNCATE,
	FS_DEVICES = FS_READ | LANDLOCK_ACCESS_FS_WRITE_FILE | FS_IOCTL_DEV,
	FS_OF_FILES = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE | FS_TRUNCATE |
		      FS_IOCTL_DEV,
	FS_ABI_1 = (1 << 13) - 1,
	FS_ABI_2 = FS_ABI_1 | LANDLOCK_ACCESS_FS_REFER
};

#if defined(__SANITIZE_ADDRESS__)
/* LeakSanitizer looks from a second process, which the rules below forbid: where they hold it is
 * off. The name is the library's. */
static struct {
	int closed;
} leaks;
int __lsan_is_turned_off(void);
int __lsan_is_turned_off(void)
{
	return leaks.closed;
}
static void leaks_off(void)
{
	leaks.closed = 1;
}
#else
static void leaks_off(void)
{
}
#endif

/* --- folders --- */

static uint64_t handled(long abi)
{
	uint64_t rights = abi >= 2 ? FS_ABI_2 : FS_ABI_1;
	if (abi >= 3)
		rights |= FS_TRUNCATE;
	if (abi >= 5)
		rights |= FS_IOCTL_DEV;
	return rights;
}

static enum err allow(int rules, const struct sandbox_folder *f, uint64_t known)
{
	static const uint64_t right[] = {[SANDBOX_READ] = FS_READ,
					 [SANDBOX_WRITE] = FS_WRITE,
					 [SANDBOX_DEVICES] = FS_DEVICES,
					 [SANDBOX_REMOVE_EMPTY] = LANDLOCK_ACCESS_FS_REMOVE_DIR};
	struct stat there;
	if (f->path == NULL)
		return OK;
	struct landlock_path_beneath_attr beneath = {.allowed_access = right[f->right] & known,
						     .parent_fd =
							     open(f->path, O_PATH | O_CLOEXEC)};
	if (beneath.parent_fd < 0)
		return OK;
	if (fstat(beneath.parent_fd, &there) == 0 && !S_ISDIR(there.st_mode))
		beneath.allowed_access &= FS_OF_FILES; /* a file has no others */
	long rc = syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &beneath, 0);
	close(beneath.parent_fd);
	return rc == 0 ? OK : ERR_REFUSED;
}

enum err sandbox_folders(const struct sandbox_folder *folder, size_t count)
{
	long abi = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
	if (abi < 1)
		return ERR_MISSING;
	const struct landlock_ruleset_attr all = {.handled_access_fs = handled(abi)};
	int rules = (int)syscall(SYS_landlock_create_ruleset, &all, sizeof all, 0);
	enum err e = rules < 0 ? ERR_REFUSED : OK;
	for (size_t i = 0; i < count && e == OK; i++)
		e = allow(rules, &folder[i], all.handled_access_fs);
	if (e == OK && (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 ||
			syscall(SYS_landlock_restrict_self, rules, 0) != 0))
		e = ERR_REFUSED;
	if (e != OK)
		log_warn("sandbox: the folders cannot be closed: %s", strerror(errno));
	if (rules >= 0)
		close(rules);
	return e;
}

/* --- calls --- */

/* Beside what sandbox.h names: io_uring, by which sockets are opened past these rules, and what
 * only an administrator's program has a use for. */
static const int forbidden[] = {
	SCMP_SYS(execve),
	SCMP_SYS(execveat),
	SCMP_SYS(fork),
	SCMP_SYS(vfork),
	SCMP_SYS(ptrace),
	SCMP_SYS(process_vm_readv),
	SCMP_SYS(process_vm_writev),
	SCMP_SYS(pidfd_getfd),
	SCMP_SYS(kcmp),
	SCMP_SYS(io_uring_setup),
	SCMP_SYS(io_uring_enter),
	SCMP_SYS(io_uring_register),
	SCMP_SYS(bpf),
	SCMP_SYS(perf_event_open),
	SCMP_SYS(userfaultfd),
	SCMP_SYS(keyctl),
	SCMP_SYS(add_key),
	SCMP_SYS(request_key),
	SCMP_SYS(open_by_handle_at),
	SCMP_SYS(unshare),
	SCMP_SYS(setns),
	SCMP_SYS(chroot),
	SCMP_SYS(pivot_root),
	SCMP_SYS(mount),
	SCMP_SYS(umount2),
	SCMP_SYS(swapon),
	SCMP_SYS(swapoff),
	SCMP_SYS(reboot),
	SCMP_SYS(init_module),
	SCMP_SYS(finit_module),
	SCMP_SYS(delete_module),
	SCMP_SYS(kexec_load),
	SCMP_SYS(settimeofday),
	SCMP_SYS(clock_settime),
	SCMP_SYS(personality),
};

static int add_rules(scmp_filter_ctx rules)
{
	const uint32_t no = SCMP_ACT_ERRNO(EPERM);
	int bad = 0;
	for (size_t i = 0; i < sizeof forbidden / sizeof forbidden[0]; i++)
		bad |= seccomp_rule_add(rules, no, forbidden[i], 0);
	bad |= seccomp_rule_add(rules, no, SCMP_SYS(socket), 1, SCMP_A0(SCMP_CMP_NE, AF_UNIX));
	bad |= seccomp_rule_add(rules, no, SCMP_SYS(socketpair), 1, SCMP_A0(SCMP_CMP_NE, AF_UNIX));
	/* A thread shares everything; whatever does not is another process. clone3 hides its flags
	 * behind a pointer: libraries ask for clone when it is not there. */
	bad |= seccomp_rule_add(rules, no, SCMP_SYS(clone), 1,
				SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, 0));
	bad |= seccomp_rule_add(rules, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0);
	return bad;
}

static enum err load(scmp_filter_ctx rules, int bad)
{
	enum err e = ERR_REFUSED;
	if (rules != NULL && bad == 0 && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
	    seccomp_attr_set(rules, SCMP_FLTATR_CTL_TSYNC, 1) == 0 && seccomp_load(rules) == 0)
		e = OK;
	if (e == OK)
		leaks_off();
	else
		log_warn("sandbox: the system calls cannot be closed: %s", strerror(errno));
	seccomp_release(rules);
	return e;
}

enum err sandbox_no_programs(void)
{
	scmp_filter_ctx rules = seccomp_init(SCMP_ACT_ALLOW);
	return load(rules, rules == NULL ? -1 : add_rules(rules));
}

/* A rule can compare the address of a name, not the name; so the name must stay where nothing can
 * write. Reading a file means seeking in it, asking for its size (which is refused without harm,
 * stdio then takes its usual buffer) and closing it. */
static int add_path(scmp_filter_ctx rules, const char *path)
{
	const uint32_t no = SCMP_ACT_ERRNO(EACCES);
	int bad = seccomp_rule_add(rules, SCMP_ACT_ALLOW, SCMP_SYS(openat), 2,
				   SCMP_A1(SCMP_CMP_EQ, (scmp_datum_t)(uintptr_t)path),
				   SCMP_A2(SCMP_CMP_EQ, O_RDONLY));
	bad |= seccomp_rule_add(rules, SCMP_ACT_ALLOW, SCMP_SYS(lseek), 0);
	bad |= seccomp_rule_add(rules, SCMP_ACT_ALLOW, SCMP_SYS(close), 0);
	bad |= seccomp_rule_add(rules, no, SCMP_SYS(newfstatat), 0);
	bad |= seccomp_rule_add(rules, no, SCMP_SYS(fstat), 0);
	return bad;
}

enum err sandbox_only_calls(const int *call, size_t count, const char *path)
{
	scmp_filter_ctx rules = seccomp_init(SCMP_ACT_KILL_PROCESS);
	int bad = 0;
	for (size_t i = 0; i < count && rules != NULL; i++)
		bad |= seccomp_rule_add(rules, SCMP_ACT_ALLOW, call[i], 0);
	if (rules != NULL && path != NULL)
		bad |= add_path(rules, path);
	return load(rules, bad);
}

/* What libraries ask for in passing: they go on without an answer. */
static const int refused_without_harm[] = {SCMP_SYS(open),
					   SCMP_SYS(access),
					   SCMP_SYS(faccessat),
					   SCMP_SYS(faccessat2),
					   SCMP_SYS(stat),
					   SCMP_SYS(lstat),
					   SCMP_SYS(statx),
					   SCMP_SYS(readlink),
					   SCMP_SYS(readlinkat),
					   SCMP_SYS(statfs),
					   SCMP_SYS(fstatfs),
					   SCMP_SYS(fcntl),
					   SCMP_SYS(ioctl),
					   SCMP_SYS(fadvise64),
					   SCMP_SYS(mkdir),
					   SCMP_SYS(mkdirat),
					   SCMP_SYS(unlink),
					   SCMP_SYS(unlinkat),
					   SCMP_SYS(rename),
					   SCMP_SYS(uname),
					   SCMP_SYS(sysinfo),
					   SCMP_SYS(getcwd),
					   SCMP_SYS(sched_getaffinity),
					   SCMP_SYS(prlimit64),
					   SCMP_SYS(getrlimit),
					   SCMP_SYS(sched_yield)};

enum err sandbox_only_calls_reading(const int *call, size_t count, bool files)
{
	const uint32_t no = SCMP_ACT_ERRNO(EACCES);
	static const int reading[] = {
		SCMP_SYS(close), SCMP_SYS(lseek),      SCMP_SYS(fstat),      SCMP_SYS(pread64),
		SCMP_SYS(readv), SCMP_SYS(getdents64), SCMP_SYS(newfstatat), SCMP_SYS(getrandom)};
	scmp_filter_ctx rules = seccomp_init(SCMP_ACT_KILL_PROCESS);
	int bad = rules == NULL;
	for (size_t i = 0; i < count && !bad; i++)
		bad |= seccomp_rule_add(rules, SCMP_ACT_ALLOW, call[i], 0);
	for (size_t i = 0; i < sizeof reading / sizeof reading[0] && !bad; i++)
		bad |= seccomp_rule_add(rules, SCMP_ACT_ALLOW, reading[i], 0);
	for (size_t i = 0; !bad && i < sizeof refused_without_harm / sizeof refused_without_harm[0];
	     i++)
		bad |= seccomp_rule_add(rules, no, refused_without_harm[i], 0);
	if (!bad && files)
		bad |= seccomp_rule_add(rules, SCMP_ACT_ALLOW, SCMP_SYS(openat), 1,
					SCMP_A2(SCMP_CMP_MASKED_EQ, O_ACCMODE | O_CREAT, O_RDONLY));
	else if (!bad)
		bad |= seccomp_rule_add(rules, no, SCMP_SYS(openat), 0);
	return load(rules, bad);
}
