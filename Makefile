# Two commands: `make lab` opens the course, `make test` runs all its tests.
VENV    := .venv
BIN     := $(VENV)/bin
# The tests wait for processes and the disk, too: more workers than two cores use both.
WORKERS ?= 3
# The first Python that is new enough; say `make PYTHON=/path/to/python lab` for another.
PYTHON  ?= $(or $(call new_enough,python3 python3.13 python3.12 python3.11 python),python3)
new_enough = $(firstword $(foreach p,$(1),$(shell $(p) -c 'import sys; sys.version_info < (3, 11) or print("$(p)")' 2>/dev/null)))

.DEFAULT_GOAL := help
.PHONY: help lab test lint types unit browser build check-build wheel bundles picture demo bench clean

help: ## Show this list
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

lab: $(VENV)/.lab ## Set up what is needed and open the course in JupyterLab
	@$(BIN)/cnnlab lab $(LAB)

test: lint types unit browser ## Run everything that CI runs

lint: $(VENV)/.dev ## Style, and the arrows between the layers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

types: $(VENV)/.dev ## Static types
	$(BIN)/mypy

unit: $(VENV)/.dev node_modules/.ready ## Unit, course and JavaScript tests
	$(BIN)/pytest -n $(WORKERS) --ignore=tests/browser

browser: $(VENV)/.dev node_modules/.ready ## JupyterLab in a real browser
	$(BIN)/pytest tests/browser

build: $(VENV)/.dev ## Print the notebooks, and make exercises/ from solutions/
	$(BIN)/cnnlab course build

check-build: $(VENV)/.dev ## Fail if a print is older than its manuscript
	$(BIN)/cnnlab course build --check

wheel: $(VENV)/.dev ## Build the wheel that carries the course, into dist/
	$(BIN)/python -m build --wheel --no-isolation --outdir dist

bundles: node_modules/.ready ## Bundle the explorers' JavaScript (after a change in cnnlab/explore/src)
	npm run --silent build

picture: $(VENV)/.dev ## Take the README's picture anew (needs Chromium)
	$(BIN)/python -m tests.browser.picture docs/images/lesson.png

demo: $(VENV)/.dev ## Grade a made-up class and show the table
	$(BIN)/python -m tests.sample_class --grade demo-class

bench: $(VENV)/.dev ## Measure speed side by side (with PyTorch where it is installed)
	$(BIN)/python -m benchmarks

clean: ## Remove the environment; your notebooks stay
	rm -rf $(VENV) node_modules

# Each stamp is written last: a step that was cut short is done again.
$(VENV)/.python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "cnnlab needs Python 3.11 or newer; '$(PYTHON)' is $$($(PYTHON) --version 2>&1). Say which to use: make PYTHON=python3.11 $(MAKECMDGOALS)"; \
	  exit 2; }
	@$(PYTHON) -m venv $(VENV) >/dev/null 2>&1 \
	  || { $(PYTHON) -m venv --without-pip $(VENV) \
	    && $(PYTHON) -m pip --python $(VENV) install --quiet pip; } >/dev/null 2>&1 \
	  || { echo "Python's venv module is incomplete. On Debian and Ubuntu: apt install python3-venv"; \
	    exit 2; }
	@touch $@

$(VENV)/.lab: pyproject.toml constraints.txt | $(VENV)/.python
	@echo "Setting up $(VENV) (once; this takes a few minutes)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

$(VENV)/.dev: pyproject.toml constraints.txt | $(VENV)/.python
	@echo "Setting up $(VENV) for tests (once; this takes a few minutes)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $(VENV)/.lab $@

# The bundler of the explorers. Where Node.js is missing, JavaScript tests are skipped, except in CI.
node_modules/.ready: package.json package-lock.json
	@if command -v npm >/dev/null; then npm ci --no-audit --no-fund --loglevel=error; \
	elif [ "$(CI)" = true ]; then echo "npm is missing; install Node.js 18 or newer"; exit 2; \
	else echo "Node.js is missing: tests of JavaScript will be skipped"; fi
	@mkdir -p node_modules && touch $@
