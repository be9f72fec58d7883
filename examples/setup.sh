#!/usr/bin/env bash
# Installs the Debian packages that chainsim is built from. Silent when nothing is missing.
#   bash examples/setup.sh          what building and running need
#   bash examples/setup.sh tests    besides, what the tests need
#   bash examples/setup.sh checks   besides, the linters and the fuzzing compiler
set -euo pipefail

packages=(
    g++ cmake ninja-build git ca-certificates
    libeigen3-dev libopenblas-serial-dev libsuitesparse-dev libboost-dev libyaml-cpp-dev libcli11-dev libfmt-dev
    libcpp-httplib-dev libudunits2-dev libtbb-dev libutf8proc-dev nlohmann-json3-dev libsqlite3-dev libxlsxwriter-dev libnetcdf-dev libssl-dev zlib1g-dev ccache
    libopenmpi-dev openmpi-bin libboost-mpi-dev libboost-serialization-dev
    coinor-libcbc-dev coinor-libcgl-dev coinor-libosi-dev coinor-libclp-dev coinor-libcoinutils-dev
    pybind11-dev python3-dev
)
# The page of reports and of the workbench. A newer Node than Debian's brings an npm of its own.
command -v npm >/dev/null || packages+=(nodejs npm)
case "${1:-}" in
    tests | checks) packages+=(python3-jsonschema python3-yaml python3-numpy python3-pandas python3-pip python3-venv dpkg-dev chromium fonts-noto-cjk catch2 procps coinor-cbc glpk-utils libbenchmark-dev) ;;&
    checks) packages+=(clang-16 lld-16 libclang-rt-16-dev clang-format-16 clang-tidy-16) ;;
esac

missing=()
for package in "${packages[@]}"; do
    state=$(dpkg-query -W -f '${db:Status-Abbrev}' "$package" 2>/dev/null || true)
    [[ $state == ii* ]] || missing+=("$package")
done
((${#missing[@]})) || exit 0

echo "Installing ${#missing[@]} Debian packages: ${missing[*]}" >&2
as_root=()
if ((EUID != 0)); then
    command -v sudo >/dev/null || {
        echo "setup: run as root, or install sudo, or run: apt-get install ${missing[*]}" >&2
        exit 1
    }
    as_root=(sudo)
fi
log=$(mktemp)
trap 'rm -f "$log"' EXIT
{
    "${as_root[@]}" apt-get update &&
        "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
            apt-get install -y --no-install-recommends "${missing[@]}"
} >"$log" 2>&1 || {
    tail -n 30 "$log" >&2
    echo "setup: apt-get failed; its last lines stand above" >&2
    exit 1
}
