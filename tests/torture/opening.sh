#!/usr/bin/env bash
# Kills a process that opens and closes a store at its first call that can change the directory, at its second, and so
# on, for each kind of call: with a new store, with one whose writer was killed, and with one that was closed. Each time
# the store must open afterwards, with everything acknowledged.
#
#     tests/torture/opening.sh    needs strace
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

readonly CALLS=(openat mkdir unlink unlinkat rename write pwrite64 fsync fdatasync ftruncate copy_file_range flock)

# killed_at PLACE CALL: opens the store so; succeeds once there are not so many calls.
killed_at() {
    # In a subshell of its own, whose word that it was killed nobody reads.
    (strace -f -qq -o /dev/null -e "trace=$2" -e "inject=$2:signal=SIGKILL:when=$1" \
        "$writer" check "$scratch/store" <"$scratch/acknowledged"; exit $?) >/dev/null 2>&1
}

# at_each NAME [STORE]: kills at every place, over a copy of STORE, or over nothing.
at_each() {
    local call place places=0
    for call in "${CALLS[@]}"; do
        for ((place = 1; ; place++)); do
            rm -rf "$scratch/store"
            [[ -z ${2:-} ]] || cp -r "$2" "$scratch/store"
            killed_at "$place" "$call" && break
            holds "$scratch/store" "$scratch/acknowledged" >"$scratch/said"
            if grep -q FAILED "$scratch/said"; then echo "$1, killed at $call $place: $(<"$scratch/said")"; fi
            places=$((places + 1))
        done
    done
    echo "$1: killed at $places places"
    ((places > 0)) || failures=$((failures + 1))
}

: >"$scratch/acknowledged"
at_each 'a new store'
"$writer" write "$scratch/closed" 2 50 >"$scratch/acknowledged"
at_each 'a store that was closed' "$scratch/closed"
"$writer" write "$scratch/closed" 2 1000000 >>"$scratch/acknowledged" &
sleep 0.5
kill -KILL $!
wait $! 2>/dev/null || true
at_each 'a store whose writer was killed' "$scratch/closed"
verdict
