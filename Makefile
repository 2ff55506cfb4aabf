# hydra-tui: everything one does with the repository, from a bare clone, with Python 3.11+ and make.
# uv is used when it is on PATH; otherwise venv and pip do the same work.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

VENV := .venv
PY := $(VENV)/bin/python
PYTEST_ARGS ?=
BENCH_ARGS ?=
UV := $(shell command -v uv 2>/dev/null)

ifdef UV
make_venv = $(UV) venv --quiet --allow-existing --python '$(or $(PYTHON),>=3.11)' $(VENV)
install = $(UV) pip install --quiet --python $(PY)
else
make_venv = python=$$(PYTHON='$(PYTHON)' sh scripts/find_python.sh) && "$$python" -m venv $(VENV)
install = $(PY) -m pip install --quiet --disable-pip-version-check
endif

.PHONY: help demo test check lint format-check types floors bench screenshots tables snapshots format clean

help:  ## list what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-14s %s\n", $$1, $$2 }' Makefile

demo: $(VENV)/.demo  ## open the console on a simulated cluster
	@$(VENV)/bin/hydra-tui demo

test: $(VENV)/.dev  ## run every test
	$(PY) -m pytest $(PYTEST_ARGS)

check: lint format-check types floors  ## lint, format, types and the direction of imports

lint: $(VENV)/.dev
	$(PY) -m ruff check .

format-check: $(VENV)/.dev
	$(PY) -m ruff format --check .

types: $(VENV)/.dev
	$(PY) -m mypy

floors: $(VENV)/.dev
	$(VENV)/bin/lint-imports

bench: $(VENV)/.dev  ## measure start, rest and keys beside a bare Textual app
	$(PY) -m benchmarks $(BENCH_ARGS)

screenshots: $(VENV)/.dev  ## draw the screens again, from the seeded simulation
	$(PY) -m scripts.screenshots
	sh scripts/svg_to_png.sh screenshots

tables: $(VENV)/.dev  ## write the generated tables of README.md and docs/
	$(PY) -m scripts.tables

snapshots: $(VENV)/.dev  ## accept the screens as they look now; look at the pictures first
	$(PY) -m pytest -q tests/tui/test_pictures.py --snapshot-update

format: $(VENV)/.dev  ## rewrite the sources the way `check` wants them
	$(PY) -m ruff check --fix-only .
	$(PY) -m ruff format .

clean:  ## back to a bare clone
	rm -rf $(VENV) build dist benchmarks/results snapshot_report.html \
		.pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# A stamp says what the environment holds; it is older than pyproject.toml when that changed.

$(VENV)/.python:
	@$(make_venv)
	@touch $@

$(VENV)/.demo: $(VENV)/.python pyproject.toml
	@echo "installing hydra-tui into $(VENV), once"
	@$(install) --editable '.[demo]'
	@touch $@

$(VENV)/.dev: $(VENV)/.demo scripts/requirements.py
	@echo "installing the tools of development into $(VENV), once"
	@$(PY) scripts/requirements.py dev bench > $(VENV)/dev.txt
	@$(install) --requirement $(VENV)/dev.txt
	@touch $@
