#!/usr/bin/env bash
# Runs every command of the guides as a reader would type it, in a folder of its own.
#   bash tests/guides/run.sh PROGRAM [GUIDE ...]     PROGRAM: the chainsim to run; all guides if none is named
# A command that serves is asked for its page and stopped; one that ends with 1 has missed a hard policy, which is an answer.
set -euo pipefail
source_folder=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
program=$(realpath "$1")
shift
guides=("$@")
((${#guides[@]})) || guides=(README.md README.zh.md models/README.md scenarios/README.md)

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cp -r "$source_folder/models" "$source_folder/scenarios" "$scratch/"
mkdir -p "$scratch/build/release"
ln -s "$program" "$scratch/build/release/chainsim"
cd "$scratch"

# commands FILE: lines of code that call chainsim, without remarks and without what draws a picture of the answer.
commands() {
    sed -n -e 's/^    \(chainsim [a-z].*\)$/\1/p' -e 's/^ \{0,4\}\(\(\$chainsim\|build\/release\/chainsim\) [a-z].*\)$/\1/p' "$1" |
        sed -e 's/ \+#.*$//' -e 's/ | dot .*$//' -e 's/^\(\$chainsim\|chainsim\)/build\/release\/chainsim/'
}

# files FILE: YAML that a guide tells to write, each block into the file that the text names before it.
files() {
    awk '/`(scenarios|models)\/[^`]*\.yaml`/ { match($0, /`(scenarios|models)\/[^`]*\.yaml`/); name = substr($0, RSTART + 1, RLENGTH - 2) }
         /^```yaml/ { if (name != "") { inside = 1; printf "" > name } next }
         /^```/ { inside = 0; next }
         inside { print > name }' "$1"
}

# serves COMMAND: starts it on a free port, asks for its page, stops it.
serves() {
    bash -c "exec $1 --port 0" >served 2>served.log &
    local server=$!
    for _ in $(seq 100); do [[ -s served ]] && break; sleep 0.3; done
    local answer=0
    python3 - "$(head -n 1 served)" <<'PYTHON' || answer=$?
import sys, urllib.request
assert b'id="app"' in urllib.request.urlopen(sys.argv[1], timeout=30).read()
PYTHON
    kill "$server"
    wait "$server" || true
    return "$answer"
}

failed=0
count=0
for guide in "${guides[@]}"; do
    for picture in $(grep -oE 'examples/screenshots/[a-z._]+' "$source_folder/$guide" || true); do
        [[ -f $source_folder/$picture ]] || { echo "guides: $guide shows $picture, which is not there" >&2; failed=1; }
    done
    files "$source_folder/$guide"
    while IFS= read -r command; do
        [[ $command == *"<"* || $command == *"..."* || $command == *"A B"* ]] && continue # a form, not a command
        count=$((count + 1))
        begin=$SECONDS
        status=0
        if [[ $command == *" serve "* ]]; then
            serves "$command" || status=2
        else
            bash -o pipefail -c "$command" >log 2>&1 || status=$?
        fi
        echo "$guide: $command ($((SECONDS - begin)) s, exit $status)"
        if ((status > 1)); then
            tail -n 5 log >&2
            failed=$((failed + 1))
        fi
    done < <(commands "$source_folder/$guide")
done
echo "$count commands of the guides, $failed failed"
((count > 20 && failed == 0))
