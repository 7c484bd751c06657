#!/usr/bin/env bash
# Writes requirements.lock and requirements-dev.lock anew: every system, with hashes, without addresses.
# Run it by hand after a change of the dependencies in pyproject.toml; "--upgrade" takes the newest releases.
set -euo pipefail
cd "$(dirname "$0")/.."

compile() {
    .venv/bin/uv pip compile --quiet --universal --python .venv/bin/python --python-version 3.12 \
        --generate-hashes --no-annotate --no-header --no-emit-index-url --no-emit-find-links "$@"
}

compile "$@" --output-file requirements.lock pyproject.toml
compile "$@" --extra dev --constraint requirements.lock --output-file requirements-dev.lock pyproject.toml
if grep -n '://' requirements.lock requirements-dev.lock; then
    echo "lock: an address slipped into a lock file" >&2
    exit 1
fi
