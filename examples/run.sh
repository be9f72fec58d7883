#!/usr/bin/env bash
# Sets up, builds, and runs the plan of 2025:   bash examples/run.sh [OUTPUT FOLDER]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

bash examples/setup.sh
# shellcheck source=examples/build.sh
source examples/build.sh
build release chainsim

out=${1:-runs/plan_2025}
build/release/chainsim run scenarios/hainan/plan_2025.yaml -o "$out"
