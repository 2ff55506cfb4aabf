#!/bin/sh
# Prints the path of a Python that can carry hydra-tui: 3.11 or newer, able to make a virtual environment.
# $PYTHON, when set, is the only candidate. Each is started, because a pyenv shim may exist and still refuse.
set -eu

suits() {
    "$1" -c 'import sys, ensurepip, venv; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

candidates=${PYTHON:-python3.13 python3.12 python3.11 python3}
for candidate in $candidates; do
    if suits "$candidate"; then
        command -v "$candidate"
        exit 0
    fi
done

printf '%s\n' >&2 \
    "hydra-tui needs Python 3.11 or newer with its venv module; tried: $candidates." \
    "Debian, Ubuntu: apt install python3 python3-venv     elsewhere: make PYTHON=/path/to/python3 ..."
exit 1
