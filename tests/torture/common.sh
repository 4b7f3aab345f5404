# What the scripts of this folder share: the writer, a scratch folder, the sum of failures.
#
# Each script tells in its head what it does, what it needs and how it is called. PROFILE=release builds the writer so.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

profile=${PROFILE:-dev}
cargo build --locked --quiet --profile "$profile" --example store_writer
target=${CARGO_TARGET_DIR:-target}
writer=$(realpath "$target/${profile/#dev/debug}/examples/store_writer")
scratch=$(mktemp -d "${SCRATCH:-${TMPDIR:-/tmp}}/torture.XXXXXX")
failures=0

at_exit() { :; }
trap 'at_exit; rm -rf "$scratch"' EXIT
trap 'exit 130' INT TERM

# between LOW HIGH: a random number of seconds, with milliseconds.
between() {
    awk -v low="$1" -v high="$2" -v seed="$RANDOM$RANDOM" 'BEGIN { srand(seed); printf "%.3f", low + rand() * (high - low) }'
}

# holds DIRECTORY ACKNOWLEDGED: says whether everything acknowledged is there.
holds() {
    local status=0
    timeout 120 "$writer" check "$1" <"$2" || status=$?
    if ((status != 0)); then
        failures=$((failures + 1))
        echo "FAILED with status $status"
    fi
}

verdict() {
    if ((failures > 0)); then
        echo "$failures failed"
        exit 1
    fi
    echo "all held"
}
