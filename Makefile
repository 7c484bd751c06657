# make run ARGS="--sample"     start the program            make check   style, types, import rules, house rules
# make test ARGS="-k confirm"  the test suite               make bench   ratios, one JSON object
# make soak ARGS="--short"     kill -9 and races            make tour    every screen as pictures, with gates
# make build                   what is shipped, in dist/    make setup   .venv/ only (every target does it)
ARGS ?=
PYTHON := .venv/bin/python
OFFSCREEN := QT_QPA_PLATFORM=offscreen
# What Python has compiled is kept, whatever the surroundings say: compiling the tests takes as long as importing them.
unexport PYTHONDONTWRITEBYTECODE
# Checks that run at the same time; and workers of pytest: more than cores, because tests wait for disks and servers.
JOBS ?= 2
WORKERS ?= 3

.PHONY: run test check bench tour soak build setup format lint types windows imports house
.DEFAULT_GOAL := run

setup:
	@build/setup.sh

run: setup
	@.venv/bin/retaguarda run $(ARGS)

test: setup
	@$(OFFSCREEN) $(PYTHON) -m pytest -n $(WORKERS) --dist worksteal $(ARGS)

check: setup
	@$(MAKE) --no-print-directory --keep-going -j $(JOBS) --output-sync=target types windows format lint imports house

format:
	@.venv/bin/ruff format --check .

lint:
	@.venv/bin/ruff check .

types:
	@.venv/bin/mypy

# The program as Windows sees it; what the two systems do not share has a cache each.
windows:
	@.venv/bin/mypy --platform win32 --cache-dir .mypy_cache/windows src

imports:
	@.venv/bin/lint-imports --no-logo

house:
	@$(OFFSCREEN) $(PYTHON) -m pytest -q -p no:randomly tests/house

bench: setup
	@$(OFFSCREEN) $(PYTHON) -m bench $(ARGS)

tour: setup
	@$(OFFSCREEN) $(PYTHON) -m tests.tour $(ARGS)

soak: setup
	@$(OFFSCREEN) $(PYTHON) -m tests.soak $(ARGS)

build: setup
	@.venv/bin/hatchling build -t wheel >/dev/null
	@$(OFFSCREEN) $(PYTHON) -m build.deb
	@ls -1 dist/*.whl
