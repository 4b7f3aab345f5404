#!/usr/bin/env bash
# Counts the syncs of the store's log against the groups acknowledged, by one thread and by 32. Each batch has two, one
# before it and one after: never an acknowledgement before the second, and with one thread two for each group.
#
#     tests/torture/syncs.sh    needs strace
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

for threads in 1 32; do
    trace=$scratch/trace.$threads
    strace -f -qq -y -o "$trace" -e trace=fdatasync,write -e status=successful \
        "$writer" write "$scratch/store.$threads" "$threads" $((640 / threads)) >/dev/null
    # An acknowledgement is what the writer prints; what is acknowledged at any moment was synced before.
    awk -v threads="$threads" '
        /fdatasync\(.*\/db>.*= 0|fdatasync resumed.*= 0/ { syncs++ }
        /write\(1</ { acknowledged++; if (acknowledged > syncs / 2 * threads) early++ }
        END {
            printf "%d threads: %d acknowledged, %d syncs\n", threads, acknowledged, syncs
            exit early > 0 || acknowledged != 640 || threads == 1 && syncs != 2 * acknowledged
        }' "$trace" || failures=$((failures + 1))
done
verdict
