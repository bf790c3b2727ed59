# `make run` needs only make and Python 3.11, 3.12 or 3.13; everything else goes into .venv, from the locks.

VENV ?= .venv
PY := $(VENV)/bin/python

# The newest Python that really runs (version managers leave names behind that don't) and can make a venv.
PYTHON ?= $(shell for one in python3.13 python3.12 python3.11 python3 python; do \
	$$one -c 'import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' >/dev/null 2>&1 \
	&& { echo $$one; break; }; done)

# Set up again where .venv is missing or its Python is gone.
BROKEN := $(shell $(PY) -c '' >/dev/null 2>&1 || echo again)

PIP := $(PY) -m pip --disable-pip-version-check -qq
ITSELF := $(PIP) install --no-deps --no-build-isolation --editable .

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run test check test-long bench screens lock clean again

help:  ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-10s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

run: $(VENV)/.run  ## start the bot; ARGS="..." is handed on to `folkmoot run`
	@exec $(VENV)/bin/folkmoot run $(ARGS)

test: check  ## check, then the tests; PYTEST="..." is handed on to pytest
	@$(PY) -m pytest -n auto --dist worksteal --timeout 120 $(PYTEST)

check: $(VENV)/.dev  ## style, types, import contracts
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@$(PY) -m mypy
	@$(VENV)/bin/lint-imports --no-logo

test-long: $(VENV)/.dev  ## the tests marked `long`, and those with random examples again with more of them; needs Node 20 or newer, Chromium and fonts too
	@$(PY) -m pytest -n auto --dist worksteal -m 'long or hypothesis' --hypothesis-profile thorough --timeout 1800 $(PYTEST)

bench: $(VENV)/.dev  ## measure; BENCH=short for a quick round
	@FOLKMOOT_BENCH=$(BENCH) $(PY) -m tests.bench

screens: $(VENV)/.dev  ## show Telegram cards as pages, and, where there is chromium, these and the web page as pictures, in build/screens
	@$(PY) -m tests.screens

lock:  ## make the locks again from pyproject.toml; UPGRADE=--upgrade for newer versions
	@$(make-venv)
	@$(PY) -m uv --version >/dev/null 2>&1 || $(PIP) install uv
	@$(COMPILE) --extra dev pyproject.toml --output-file requirements-dev.lock
	@$(COMPILE) --constraints requirements-dev.lock pyproject.toml --output-file requirements.lock
	@! grep -n '://' requirements.lock requirements-dev.lock

COMPILE = $(PY) -m uv pip compile --quiet --no-config --universal --generate-hashes --no-header \
	--python-version 3.11 $(UPGRADE)

clean:  ## remove .venv and all that tools leave behind; never the data
	@rm -rf $(VENV) build dist *.egg-info .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

# What .dev installs includes what .run does, so it marks both.
$(VENV)/.run: requirements.lock pyproject.toml $(BROKEN)
	@echo "Setting up $(VENV) ..." >&2
	@$(make-venv)
	@$(PIP) install --require-hashes -r requirements.lock
	@$(ITSELF)
	@touch $@

$(VENV)/.dev: requirements-dev.lock requirements.lock pyproject.toml $(BROKEN)
	@echo "Setting up $(VENV) ..." >&2
	@$(make-venv)
	@$(PIP) install --require-hashes -r requirements-dev.lock
	@$(ITSELF)
	@touch $(VENV)/.run $@

define make-venv
$(PY) -m pip --version >/dev/null 2>&1 || { \
	test -n "$(PYTHON)" || { echo "Folkmoot needs Python 3.11, 3.12 or 3.13 with venv; set PYTHON=/path/to/it" >&2; exit 1; }; \
	$(PYTHON) -m venv --clear $(VENV); }
endef
