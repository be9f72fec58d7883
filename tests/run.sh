#!/usr/bin/env bash
# Sets up, builds and passes every test:   bash tests/run.sh
#   bash tests/run.sh checks   besides: sanitizers, format, lint, a minute of each fuzzer
# The linter reads the sources that the last ten commits changed, the newest first, and begins no
# further one after CHAINSIM_TIDY_MINUTES (10): it says which are left. CHAINSIM_TIDY=all reads all.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

mode=${1:-tests}
bash examples/setup.sh "$mode"
# shellcheck source=../examples/build.sh
source examples/build.sh
summary=$(mktemp)
trap 'rm -f "$summary" "$summary.log"' EXIT

# fuzz NAME: a minute on the kept corpus; what breaks it is left behind and named.
fuzz() {
    local seconds=${CHAINSIM_FUZZ_SECONDS:-60}
    local scratch
    scratch=$(mktemp -d)
    echo "Fuzzing $1 for $seconds seconds ..."
    mkdir "$scratch/found"
    "build/asan/tests/fuzz/$1_fuzzer" -max_total_time="$seconds" -print_final_stats=1 \
        -artifact_prefix="$scratch/" "$scratch/found" "tests/fuzz/corpus/$1" >"$scratch/log" 2>&1 || {
        tail -n 60 "$scratch/log" >&2
        echo "tests: the fuzzer of $1 broke it; the input lies in $scratch" >&2
        return 1
    }
    grep number_of_executed_units "$scratch/log"
    rm -rf "$scratch"
}

# lint FILE: quiet unless something is found. One check of clang-tidy 16 breaks down on some readers
# (it says so, and asks for a report) or never ends; such a file is read again without that one.
lint() {
    if (($(date +%s) > lint_until)); then
        echo "lint: no time left for $1"
        return
    fi
    local found
    local status=0
    found=$(timeout 300 clang-tidy-16 --quiet -p build/dev "$1" 2>&1) || status=$?
    ((status == 0)) && return
    if ((status == 124)) ||
        [[ $found == *"PLEASE submit a bug report"*unchecked-optional-access* ]]; then
        echo "lint: $1 without bugprone-unchecked-optional-access, which cannot read it"
        found=$(clang-tidy-16 --quiet -p build/dev --checks=-bugprone-unchecked-optional-access \
            "$1" 2>&1) && return
    fi
    echo "$found" >&2
    return 1
}

# stage WHAT: names what begins, and how far the clock is.
stage() { echo "== $1 (after ${SECONDS} s)"; }

if [[ $mode == checks ]]; then
    git ls-files '*.cpp' '*.hpp' | xargs clang-format-16 --dry-run -Werror
fi

stage "release build and tests"
build release
ctest --preset release -j "$(nproc)" | tee "$summary"

if [[ $mode == checks ]]; then
    stage "sanitizers"
    build asan
    # Leaks are not looked for: some places cannot trace a process.
    ASAN_OPTIONS=detect_leaks=0 ctest --preset asan -j "$(nproc)"

    stage "benchmarks"
    # Benchmarks are run, not judged: what they call must go on working.
    cmake --preset release -DCHAINSIM_BUILD_BENCHMARKS=ON >"$summary.log" 2>&1 || { cat "$summary.log" >&2; exit 1; }
    build release chainsim_benchmark
    build/release/tests/benchmark/chainsim_benchmark --benchmark_filter='scenario' --benchmark_min_time=0.02

    stage "fuzzers"
    failed=0
    fuzz yaml_loader &
    yaml_loader=$!
    fuzz quantity || failed=1
    fuzz table || failed=1
    wait "$yaml_loader" || failed=1
    ((failed == 0))

    stage "lint"
    # One command per source, which the unity builds have not.
    cmake --preset dev >"$summary.log" 2>&1 || { cat "$summary.log" >&2; exit 1; }
    if [[ ${CHAINSIM_TIDY:-changed} == changed ]] && git rev-parse -q --verify HEAD~10 >/dev/null; then
        files=$(git log --name-only --diff-filter=d --format= HEAD~10..HEAD -- 'engine/*.cpp')
        lint_until=$(($(date +%s) + 60 * ${CHAINSIM_TIDY_MINUTES:-10}))
    else
        files=$(git ls-files 'engine/*.cpp')
        lint_until=$(($(date +%s) + 86400))
    fi
    files=$(awk '!seen[$0]++' <<<"$files" | while read -r file; do [[ -f $file ]] && echo "$file"; done || true)
    # Kernels are compiled by generated files alone, each for its instruction set.
    files=$(while read -r file; do grep -q CHAINSIM_KERNEL_ISA "$file" || echo "$file"; done <<<"$files")
    if [[ -n $files ]]; then
        export -f lint
        export lint_until
        echo "$files" | xargs -P "$(nproc)" -n 1 bash -c 'lint "$1"' lint
    fi
    stage "done"
    # The closing line of the test runner once more, where a reader looks for it.
    tail -n 3 "$summary"
fi
