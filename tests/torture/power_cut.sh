#!/usr/bin/env bash
# Cuts the power of a file system under a writer of eight threads, again and again: ext4 in an image is shut down
# without flushing its journal (the ioctl that test suites of file systems use), so that all that was not synced is
# gone; then it is mounted anew. Every second time the store is a new one. Everything acknowledged must be there.
#
#     tests/torture/power_cut.sh [TIMES]    20 by default; needs root, loop devices, mkfs.ext4, unshare, python3
#
# CONTROL=1 makes the store's own syncs do nothing (with strace): losses must be found then, or the script proves nothing.
if [[ -z ${OWN_MOUNTS:-} ]]; then
    # No other process may keep the file system that was shut down.
    OWN_MOUNTS=1 exec unshare --mount "$0" "$@"
fi
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

mounted=$scratch/mounted
at_exit() { umount "$mounted" 2>/dev/null || true; }
mkdir "$mounted"
truncate -s 512M "$scratch/image"
mkfs.ext4 -q -F "$scratch/image"
control=()
[[ -n ${CONTROL:-} ]] && control=(strace -f -qq -o /dev/null -e trace=fdatasync -e inject=fdatasync:retval=0)

for ((time = 1; time <= ${1:-20}; time++)); do
    mount -o loop "$scratch/image" "$mounted"
    if ((time % 2)); then
        rm -rf "$mounted/store"
        sync -f "$mounted"
        : >"$scratch/acknowledged"
    fi
    "${control[@]}" "$writer" write "$mounted/store" 8 1000000 >>"$scratch/acknowledged" 2>"$scratch/log" &
    sleep "$(between 0.5 3)"
    python3 -c 'import fcntl, os, struct, sys
fcntl.ioctl(os.open(sys.argv[1], os.O_RDONLY), 0x8004587D, struct.pack("I", 2))' "$mounted"
    # The writer ends by itself, now that nothing can be synced.
    wait $! || true
    umount "$mounted"
    mount -o loop "$scratch/image" "$mounted"
    printf 'cut %d: ' "$time"
    holds "$mounted/store" "$scratch/acknowledged"
    umount "$mounted"
done
verdict
