#!/usr/bin/env bash
# Records what a writer of eight threads writes and syncs, on a disk whose syncs are slow, and replays power cuts at the
# moments that matter most: those at which the log grew, and room in it was used again, since the last sync. A live cut
# seldom meets one. Run over a store whose writer was killed, so that there is something to lose.
#
#     tests/torture/replay.sh [MOMENTS] [SEED]    40 and 1 by default; needs cc, python3
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

writer=${WRITER:-$writer}
cc -O1 -shared -fPIC -o "$scratch/record.so" tests/torture/record.c -ldl
"$writer" write "$scratch/store" 8 1000000 >/dev/null &
sleep 3
kill -KILL $!
wait $! 2>/dev/null || true
"$writer" check "$scratch/store" </dev/null >/dev/null
cp -r "$scratch/store" "$scratch/base"
LD_PRELOAD=$scratch/record.so RECORD_TO=$scratch/record SYNC_MICROSECONDS=15000 \
    "$writer" write "$scratch/store" 8 300 >/dev/null
python3 tests/torture/replay.py "$writer" "$scratch/record" "$scratch/base" "${1:-40}" "${2:-1}" || failures=1
verdict
