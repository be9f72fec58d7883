#!/usr/bin/env bash
# Takes the pictures of the guides anew, of the program as it is built:   bash examples/screenshots.sh
# They are laid into examples/screenshots; needs what the tests need (bash examples/setup.sh tests).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
bash tests/browser/run.sh --config pictures.config.ts "$@"
