#!/usr/bin/env bash
# Kills a writer of eight threads at a random moment, again and again, over one directory; half of the times already
# while it opens. Everything that it had acknowledged must be there, and every group whole.
#
#     tests/torture/kill.sh [TIMES]    50 by default
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

for ((time = 1; time <= ${1:-50}; time++)); do
    "$writer" write "$scratch/store" 8 1000000 >>"$scratch/acknowledged" &
    if ((time % 2)); then sleep "$(between 0.5 2)"; else sleep "$(between 0 0.4)"; fi
    kill -KILL $! 2>/dev/null || true
    wait $! 2>/dev/null || true
    printf 'kill %d: ' "$time"
    # Every fifth time only, so that crash follows upon crash.
    if ((time % 5)); then echo; else holds "$scratch/store" "$scratch/acknowledged"; fi
done
du -sh "$scratch/store" | sed 's/\t.*/ on the disk/'
verdict
