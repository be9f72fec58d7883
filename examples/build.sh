# Shared by examples/run.sh and tests/run.sh (sourced, from the root of the project).

# build PRESET [TARGET ...]: configures once, then builds what changed; talks only when it fails.
build() {
    local preset=$1
    shift
    local log
    log=$(mktemp)
    CHAINSIM_COMPILER_LAUNCHER=$(command -v ccache || true)
    export CHAINSIM_COMPILER_LAUNCHER
    # Another clone of the same sources compiles to the same objects.
    export CCACHE_BASEDIR=$PWD CCACHE_NOHASHDIR=1
    if [[ ! -f build/$preset/build.ninja ]]; then
        cmake --preset "$preset" >"$log" 2>&1 || { cat "$log" >&2; return 1; }
    fi
    echo "Building build/$preset ..." >&2
    cmake --build "build/$preset" ${@:+--target "$@"} >"$log" 2>&1 || {
        grep -vE '^\[[0-9]+/[0-9]+\]' "$log" | tail -n 60 >&2
        echo "build: preset $preset failed" >&2
        return 1
    }
    rm -f "$log"
}
