#!/usr/bin/env bash
# Measures durable writes of 1 KB, by one writer and by 32 at a time, on the file system of SCRATCH.
#
#     PROFILE=release tests/torture/rate.sh [SECONDS]    10 by default
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

for threads in 1 32; do "$writer" rate "$scratch/store.$threads" "$threads" "${1:-10}"; done
