/*
 * Preloaded into a service: fsync and fdatasync fail with EIO for every file in, or one folder below,
 * a folder that contains a file named "fsync-fails". What was written stays where it is, as it does
 * on a disk that lost it: only the truth about it is gone. While there is a file named "fsync-hangs"
 * they do not return.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static int has(char *path, const char *name) {
  char *end = strrchr(path, '/');
  if (end == NULL || end == path) return 0;
  strcpy(end, name);
  int there = access(path, F_OK) == 0;
  *end = '\0';
  return there;
}

/* Whether the file's folder, or the one above, has a file of this name. */
static int is_told(int fd, const char *name) {
  char link[64];
  char path[PATH_MAX + 16];
  char above[PATH_MAX + 16];
  int before = errno;
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, PATH_MAX);
  int result = 0;
  if (length > 0) {
    path[length] = '\0';
    /* A folder's own fsync counts as one of a file in it. */
    strcpy(above, path);
    char *end = strrchr(above, '/');
    if (end != NULL) *end = '\0';
    result = has(path, name) || has(above, name);
  }
  errno = before;
  return result;
}

static int sync_or_fail(const char *name, int fd) {
  while (is_told(fd, "/fsync-hangs")) usleep(10000);
  if (is_told(fd, "/fsync-fails")) {
    errno = EIO;
    return -1;
  }
  int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, name);
  return real(fd);
}

int fsync(int fd) { return sync_or_fail("fsync", fd); }

int fdatasync(int fd) { return sync_or_fail("fdatasync", fd); }
