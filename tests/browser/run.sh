#!/usr/bin/env bash
# Tests report and workbench in a real browser:   bash tests/browser/run.sh [WORDS FOR PLAYWRIGHT ...]
# CHAINSIM names the program (build/release/chainsim), CHROMIUM the browser (/usr/bin/chromium).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

# The browser is the system's; none is ever loaded.
export PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1
installed=node_modules/.package-lock.json
if [[ ! -f $installed || $installed -ot package-lock.json ]]; then
    npm ci --no-progress --loglevel=error >&2
    touch "$installed"
fi
npx --no-install tsc
npx --no-install playwright test "$@"
