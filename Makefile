# Two commands do everything: `make lab` opens the course, `make test` proves it.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
WORKERS ?= 2

.DEFAULT_GOAL := help
.PHONY: help lab test lint types unit browser build check-build demo bench clean

help: ## Show this list
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

lab: $(VENV)/.lab ## Set up what is needed and open the course in JupyterLab
	$(BIN)/cnnlab lab $(LAB)

test: lint types unit browser ## Run everything that CI runs

lint: $(VENV)/.dev ## Style, and the arrows between the layers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

types: $(VENV)/.dev ## Static types
	$(BIN)/mypy

unit: $(VENV)/.dev ## Unit, course and JavaScript tests
	$(BIN)/pytest -n $(WORKERS) --ignore=tests/browser

browser: $(VENV)/.dev ## JupyterLab in a real browser
	$(BIN)/pytest tests/browser

build: $(VENV)/.dev ## Print the notebooks, and make exercises/ from solutions/
	$(BIN)/cnnlab course build

check-build: $(VENV)/.dev ## Fail if a print is older than its manuscript
	$(BIN)/cnnlab course build --check

demo: $(VENV)/.dev ## Grade a made-up class of ten and show the table
	$(BIN)/python -m tests.sample_class --grade demo-class

bench: $(VENV)/.dev ## Measure speed side by side (with PyTorch where it is installed)
	$(BIN)/python -m benchmarks

clean: ## Remove the environment; your notebooks stay
	rm -rf $(VENV)

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "cnnlab needs Python 3.11 or newer; '$(PYTHON)' is $$($(PYTHON) --version 2>&1). Say which to use: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 2; }
	@$(PYTHON) -m venv $(VENV) || { echo "Python's venv module is missing. On Debian and Ubuntu: apt install python3-venv"; rm -rf $(VENV); exit 2; }

$(VENV)/.lab: pyproject.toml constraints.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet -c constraints.txt -e .
	@touch $@

$(VENV)/.dev: pyproject.toml constraints.txt | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet -c constraints.txt -e '.[dev]'
	@touch $@ $(VENV)/.lab
