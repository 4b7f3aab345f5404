#!/usr/bin/env bash
# Lets the disk fail under a writer of eight threads: errors in every kind of call by which sled or the store writes,
# and a file system that fills up. The writer must stop acknowledging, still read, and find everything acknowledged when
# it is started again, on the full disk too.
#
#     tests/torture/faults.sh    needs strace; for the full disk root, loop devices, mkfs.ext4, unshare
if [[ -z ${OWN_MOUNTS:-} ]]; then
    OWN_MOUNTS=1 exec unshare --mount "$0" "$@"
fi
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

mounted=$scratch/mounted
at_exit() { umount "$mounted" 2>/dev/null || true; }

# stops DIRECTORY COMMAND…: the writer, run so, ends with a failure, and reads on.
stops() {
    local directory=$1
    shift
    if "$@" "$writer" write "$directory" 8 1000000 >>"$scratch/acknowledged" 2>"$scratch/log"; then
        failures=$((failures + 1))
        echo "FAILED: the writer did not stop"
    fi
    grep -q 'reading afterwards: Ok' "$scratch/log" || { failures=$((failures + 1)); cat "$scratch/log"; }
}

for fault in fdatasync:error=EIO pwrite64:error=ENOSPC pwrite64:error=EIO sync_file_range:error=EIO fsync:error=EIO \
    rename:error=EIO; do
    for from in 40 200; do
        printf '%s from the %dth on: ' "$fault" "$from"
        stops "$scratch/store" strace -f -qq -o /dev/null -e "trace=${fault%%:*}" -e "inject=$fault:when=$from+"
        holds "$scratch/store" "$scratch/acknowledged"
    done
done

mkdir "$mounted"
truncate -s 96M "$scratch/image"
mkfs.ext4 -q -F "$scratch/image"
mount -o loop "$scratch/image" "$mounted"
: >"$scratch/acknowledged"
"$writer" write "$mounted/store" 8 100 >>"$scratch/acknowledged"
printf 'no room for another write: '
head -c 1G /dev/zero >"$mounted/other" 2>/dev/null || true
truncate -s -$((6 * 1024 * 1024)) "$mounted/other"
stops "$mounted/store" env
grep -q 'no room left on the disk' "$scratch/log" || { failures=$((failures + 1)); cat "$scratch/log"; }
holds "$mounted/store" "$scratch/acknowledged"
printf 'no room at all: '
head -c 1G /dev/zero >>"$mounted/other" 2>/dev/null || true
holds "$mounted/store" "$scratch/acknowledged"
printf 'room again: '
rm "$mounted/other"
"$writer" write "$mounted/store" 8 10 >>"$scratch/acknowledged"
holds "$mounted/store" "$scratch/acknowledged"
verdict
