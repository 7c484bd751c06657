#!/usr/bin/env bash
# Asks the package index whether everything that is locked to run the program is there as a wheel for 64-bit Windows.
# Nothing is fetched or installed; the hashes are judged when it is. Run by hand after build/lock.sh.
set -euo pipefail
cd "$(dirname "$0")/.."

beside=$(mktemp -d)
trap 'rm -rf "$beside"' EXIT
.venv/bin/uv pip install --dry-run --python-platform x86_64-pc-windows-msvc --python-version 3.12 --python .venv/bin/python \
    --only-binary :all: --require-hashes --no-deps --target "$beside" --requirement "${1:-requirements.lock}"
