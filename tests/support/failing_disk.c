/* A disk that fails at a given moment, put between a program and the system with LD_PRELOAD.
 *
 * FAIL_CALL  what fails: "write" (write, pwrite, ftruncate) or "sync" (fsync, fdatasync)
 * FAIL_AT    the number of the call that fails, from 1; 0: none does
 * FAIL_HOW   "full" (ENOSPC from then on), "error" (EIO, once), "power" (the process is gone)
 * FAIL_TELL  a file to which the number of calls is written at the end
 *
 * Only calls on regular files count. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static long calls;

static int of_kind(const char *kind, int fd)
{
    const char *wanted = getenv("FAIL_CALL");
    struct stat file;
    return wanted && strcmp(wanted, kind) == 0 && fstat(fd, &file) == 0 && S_ISREG(file.st_mode);
}

/* Whether this call is to fail; errno then says why. */
static int fails(const char *kind, int fd)
{
    if (!of_kind(kind, fd))
        return 0;
    long at = atol(getenv("FAIL_AT")), now = __sync_add_and_fetch(&calls, 1);
    const char *how = getenv("FAIL_HOW");
    if (at == 0 || now < at)
        return 0;
    if (strcmp(how, "power") == 0)
        _exit(99);
    if (strcmp(how, "full") == 0) {
        errno = ENOSPC;
        return 1;
    }
    errno = EIO;
    return now == at;
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

ssize_t write(int fd, const void *bytes, size_t count)
{
    return fails("write", fd) ? -1 : REAL(write)(fd, bytes, count);
}

ssize_t pwrite(int fd, const void *bytes, size_t count, off_t at)
{
    return fails("write", fd) ? -1 : REAL(pwrite)(fd, bytes, count, at);
}

ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t at)
{
    return fails("write", fd) ? -1 : REAL(pwrite64)(fd, bytes, count, at);
}

int ftruncate(int fd, off_t length)
{
    return fails("write", fd) ? -1 : REAL(ftruncate)(fd, length);
}

int ftruncate64(int fd, off64_t length)
{
    return fails("write", fd) ? -1 : REAL(ftruncate64)(fd, length);
}

int fsync(int fd)
{
    return fails("sync", fd) ? -1 : REAL(fsync)(fd);
}

int fdatasync(int fd)
{
    return fails("sync", fd) ? -1 : REAL(fdatasync)(fd);
}

__attribute__((destructor)) static void tell(void)
{
    const char *path = getenv("FAIL_TELL");
    FILE *file = path ? fopen(path, "w") : NULL;
    if (file) {
        fprintf(file, "%ld\n", calls);
        fclose(file);
    }
}
