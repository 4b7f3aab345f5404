// Records what a process writes to the files `db` and `acknowledged` of a store, and its syncs, for replay.py.
//
// Preloaded by replay.sh. Writes to the file that RECORD_TO names, for each call: its kind (one letter), offset and
// length (8 bytes each), and what was written. SYNC_MICROSECONDS makes each sync take so much longer, like a slow disk.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static pthread_mutex_t order = PTHREAD_MUTEX_INITIALIZER;

// 'W' for the log, 'A' for the number of groups acknowledged, 0 for what is not recorded.
static char kind_of(int file) {
    char link[64], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return 0;
    path[length] = 0;
    char *name = strrchr(path, '/');
    if (!name || strstr(path, "/rehearsal/")) return 0;
    return !strcmp(name, "/db") ? 'W' : !strcmp(name, "/acknowledged") ? 'A' : 0;
}

static void put(int record, const void *bytes, size_t length) {
    for (const char *from = bytes; length;) {
        ssize_t written = write(record, from, length);
        if (written <= 0) abort();
        from += written;
        length -= written;
    }
}

static void note(char kind, int64_t offset, int64_t length, const void *bytes) {
    static int record = -1;
    if (record < 0) record = open(getenv("RECORD_TO"), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    put(record, &kind, 1);
    put(record, &offset, 8);
    put(record, &length, 8);
    if (bytes) put(record, bytes, length);
}

ssize_t pwrite64(int file, const void *bytes, size_t length, off64_t offset) {
    ssize_t (*real)(int, const void *, size_t, off64_t) = dlsym(RTLD_NEXT, "pwrite64");
    char kind = kind_of(file);
    if (!kind) return real(file, bytes, length, offset);
    pthread_mutex_lock(&order);
    ssize_t written = real(file, bytes, length, offset);
    if (written > 0) note(kind, offset, written, bytes);
    pthread_mutex_unlock(&order);
    return written;
}

int ftruncate64(int file, off64_t length) {
    int (*real)(int, off64_t) = dlsym(RTLD_NEXT, "ftruncate64");
    pthread_mutex_lock(&order);
    int result = real(file, length);
    if (!result && kind_of(file) == 'W') note('T', length, 0, NULL);
    pthread_mutex_unlock(&order);
    return result;
}

static int sync_by(const char *name, int file) {
    int (*real)(int) = dlsym(RTLD_NEXT, name);
    if (kind_of(file) != 'W') return real(file);
    pthread_mutex_lock(&order);
    int result = real(file);
    if (!result) note('S', 0, 0, NULL);
    pthread_mutex_unlock(&order);
    const char *slow = getenv("SYNC_MICROSECONDS");
    if (slow) usleep(atoi(slow));
    return result;
}

int fdatasync(int file) { return sync_by("fdatasync", file); }
int fsync(int file) { return sync_by("fsync", file); }
