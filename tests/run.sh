#!/usr/bin/env bash
# Sets up, builds and passes every test:   bash tests/run.sh
#   bash tests/run.sh checks   besides: sanitizers, format, lint, a minute of each fuzzer
# The linter reads the files that the last commit changed; CHAINSIM_TIDY=all reads every file.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

mode=${1:-tests}
bash examples/setup.sh "$mode"
# shellcheck source=../examples/build.sh
source examples/build.sh
summary=$(mktemp)
trap 'rm -f "$summary"' EXIT

if [[ $mode == checks ]]; then
    git ls-files '*.cpp' '*.hpp' | xargs clang-format-16 --dry-run -Werror
fi

build release
ctest --preset release -j "$(nproc)" | tee "$summary"

if [[ $mode == checks ]]; then
    build asan
    # Leaks are not looked for: some places cannot trace a process.
    ASAN_OPTIONS=detect_leaks=0 ctest --preset asan -j "$(nproc)"

    build fuzz yaml_loader_fuzzer quantity_fuzzer
    for fuzzer in yaml_loader quantity; do
        echo "Fuzzing ${fuzzer} for ${CHAINSIM_FUZZ_SECONDS:-60} seconds ..."
        scratch=$(mktemp -d)
        "build/fuzz/tests/fuzz/${fuzzer}_fuzzer" -max_total_time="${CHAINSIM_FUZZ_SECONDS:-60}" \
            -verbosity=0 -print_final_stats=1 -artifact_prefix="$scratch/" \
            "$scratch" "tests/fuzz/corpus/$fuzzer" 2>&1 | tail -n 3
        rm -rf "$scratch"
    done

    if [[ ${CHAINSIM_TIDY:-changed} == all ]]; then
        files=$(git ls-files 'engine/*.cpp')
    else
        files=$(git diff --name-only --diff-filter=d HEAD~1 -- 'engine/*.cpp' 2>/dev/null || true)
    fi
    if [[ -n $files ]]; then
        echo "$files" | xargs -P "$(nproc)" -n 4 clang-tidy-16 --quiet -p build/release
    fi
    # The closing line of the test runner once more, where a reader looks for it.
    tail -n 3 "$summary"
fi
