#!/usr/bin/env bash
# Makes .venv/ with the locked packages and the retaguarda command; does nothing when it stands already.
# Every target of the Makefile calls it. It reads nothing from the terminal.
set -euo pipefail
cd "$(dirname "$0")/.."

venv=.venv
qt_libraries="libgl1 libegl1 libglib2.0-0 libfontconfig1 libfreetype6 libdbus-1-3 libxkbcommon0 libxkbcommon-x11-0
    libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0 libxcb-render-util0 libxcb-shape0
    libxcb-xinerama0 libxcb-xkb1 libx11-xcb1 libwayland-client0 libwayland-cursor0
    libgssapi-krb5-2 libbrotli1 libzstd1 libcups2"

say() { echo "set-up: $*" >&2; }

# A candidate counts only when it runs: pyenv's shims answer "command -v python3.12" and fail when called,
# and a Python built without ssl or sqlite3 is no use here.
good() {
    "$1" -c 'import sys, ssl, sqlite3; sys.exit(sys.version_info < (3, 12))' >/dev/null 2>&1
}

# 3.12 stands first because the whole suite runs on it every day; newer ones serve as well.
candidates() {
    local name
    for name in python3.12 python3.13 python3.14 python3; do
        type -aP "$name" || true
    done
    printf '%s\n' "${PYENV_ROOT:-$HOME/.pyenv}"/versions/3.1[2-9]*/bin/python3 | sort -V
    if command -v uv >/dev/null 2>&1; then
        uv python find --no-project '>=3.12' 2>/dev/null || true
    fi
}

find_python() {
    local candidate
    while read -r candidate; do
        if [ -x "$candidate" ] && good "$candidate"; then
            echo "$candidate"
            return
        fi
    done < <(candidates)
    say "no Python 3.12 or newer with ssl and sqlite3 was found on PATH, under pyenv or through uv."
    say "Install one (Debian 13: apt-get install python3 python3-venv; elsewhere: uv python install 3.12) and try again."
    exit 1
}

state() {
    cat requirements-dev.lock pyproject.toml build/setup.sh | "$1" -c \
        'import hashlib, os, sys; print(hashlib.sha256(sys.stdin.buffer.read()).hexdigest(), os.getcwd())'
}

ready() {
    [ -f $venv/.ready ] && good $venv/bin/python && [ "$(cat $venv/.ready)" = "$(state $venv/bin/python)" ]
}

# Qt needs libraries of the system; the window needs more of them than the offscreen platform does. The preview of
# printing brings in Qt's network library with those of its own; without the library of CUPS no printer is found.
missing_libraries() {
    local qt
    qt=$($venv/bin/python -c 'import importlib.util as u; print(u.find_spec("PySide6").submodule_search_locations[0])')
    ldd "$qt"/Qt{Widgets,Pdf,PrintSupport}.abi3.so "$qt"/Qt/plugins/platforms/lib{qxcb,qoffscreen}.so \
        "$qt"/Qt/plugins/{wayland-shell-integration/libxdg-shell,printsupport/libcupsprintersupport}.so 2>/dev/null |
        awk '/not found/ {print $1}' | sort -u
}

system_libraries() {
    [ "$(uname -s)" = Linux ] || return 0
    [ -n "$(missing_libraries)" ] || return 0
    local packages
    packages=$(echo $qt_libraries)
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
        say "installing the system libraries Qt needs"
        export DEBIAN_FRONTEND=noninteractive
        apt-get update -qq </dev/null >/dev/null
        # One name more or less differs between releases of Debian; the look below judges, not apt's exit code.
        local package
        for package in $packages; do
            apt-get install -qq -y --no-install-recommends "$package" </dev/null >/dev/null 2>&1 || true
        done
    fi
    local left
    left=$(missing_libraries | xargs)
    if [ -n "$left" ]; then
        say "Qt misses $left; on Debian: sudo apt-get install $packages"
    fi
}

make_venv() {
    local python
    if [ -x $venv/bin/python ] && good $venv/bin/python; then
        say "bringing $venv up to date"
    else
        python=$(find_python)
        say "making $venv with $python ($("$python" -c 'import platform; print(platform.python_version())'))"
        "$python" -m venv --clear $venv
    fi
    rm -f $venv/.ready
    local pip="$venv/bin/python -m pip --disable-pip-version-check --no-input"
    $pip install -qq --require-hashes -r requirements-dev.lock
    $pip install -qq --no-build-isolation --no-deps --editable .
    $venv/bin/python -m compileall -q src
    system_libraries
    state $venv/bin/python >$venv/.ready
}

if ! ready; then
    # Two makes at once must not write one environment together.
    if command -v flock >/dev/null 2>&1; then
        exec 9>.venv.lock
        flock 9
    fi
    ready || make_venv
fi
