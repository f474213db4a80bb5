# Innovate. `make run` starts it, `make test` proves it; `make help` lists the rest.

.DEFAULT_GOAL := help
.PHONY: help run test check check-lint check-format check-types check-imports check-templates check-catalogues \
        bench clean venv install install-dev browser postgres

# The newest Python from 3.11 on; `make PYTHON=/path/to/python` chooses another.
ifndef PYTHON
PYTHON := $(shell for p in python3.14 python3.13 python3.12 python3.11 python3; do \
    if command -v $$p >/dev/null && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; \
    then echo $$p; break; fi; done)
endif

VENV := .venv
PY := $(VENV)/bin/python
FLASK := $(PY) -m flask --app wsgi
# One more than there are cores: who drives a browser often waits for it.
WORKERS ?= $(shell n=$$(nproc 2>/dev/null || echo 2); [ $$n -gt 2 ] && expr $$n + 1 || echo 3)
TESTS ?= tests

export PIP_DISABLE_PIP_VERSION_CHECK := 1
# Python keeps what it compiled: else every process that is started, and a run starts some sixty, compiles it all anew.
unexport PYTHONDONTWRITEBYTECODE

help: ## List the commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1|/' | \
	    while IFS='|' read -r name text; do printf '  make %-18s %s\n' "$$name" "$$text"; done

run: install ## Start the product with its demo data (PORT=8000); keeps what is there
	@$(FLASK) db upgrade
	@$(FLASK) assets build
	@$(FLASK) i18n compile
	@$(FLASK) demo load-if-empty
	@exec $(FLASK) serve

test: install-dev browser postgres ## Run every test, in parallel (TESTS=tests/unit for some)
	@$(FLASK) assets build
	@$(FLASK) i18n compile
	$(PY) -m pytest -q -n $(WORKERS) --dist worksteal $(TESTS)

check: check-lint check-format check-types check-imports check-templates check-catalogues ## Lint, format, types, imports, templates, catalogues

check-lint: install-dev
	$(PY) -m ruff check .

check-format: install-dev
	$(PY) -m ruff format --check .

check-types: install-dev
	$(PY) -m mypy

check-imports: install-dev
	$(VENV)/bin/lint-imports --no-logo --no-cache

check-templates: install-dev
	$(PY) -m djlint --quiet --lint templates

check-catalogues: install-dev
	$(FLASK) i18n check

bench: install ## Measure speed beside a bare Flask page and a bare database
	$(PY) -m bench

clean: ## Remove what these commands made (never the data in instance/)
	rm -rf static/build htmlcov test-results bench/results .coverage .coverage.*
	rm -rf .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find innovate tests bench -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true
	find innovate/translations -name '*.mo' -delete 2>/dev/null || true
	rm -rf $(VENV)

# -- what the commands above stand on -----------------------------------------------------------------------------

venv:
	@if [ ! -x $(VENV)/bin/pip ] || ! $(PY) -c ''; then \
	    if [ -z "$(PYTHON)" ]; then \
	        echo "Innovate needs Python 3.11 or newer. On Debian or Ubuntu: sudo apt-get install python3 python3-venv" >&2; \
	        exit 1; \
	    fi; \
	    if ! $(PYTHON) -c 'import ensurepip' 2>/dev/null; then \
	        .ci/need $$($(PYTHON) -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])') || exit 1; \
	    fi; \
	    echo "Creating $(VENV) with $$($(PYTHON) --version)"; \
	    $(PYTHON) -m venv $(VENV); \
	fi

# A stamp holds the checksum of what was installed, so that the second time costs nothing.
define pip_install
	@wanted=$$(cat $(2) | cksum); \
	if [ "$$(cat $(VENV)/$(1) 2>/dev/null)" != "$$wanted" ]; then \
	    echo "Installing $(lastword $(2)) (half a minute the first time)"; \
	    $(PY) -m pip install --quiet -r $(lastword $(2)) && echo "$$wanted" > $(VENV)/$(1); \
	fi
endef

install: venv
	$(call pip_install,installed-run,requirements.txt)

install-dev: venv
	$(call pip_install,installed-dev,requirements.txt requirements-dev.txt)

browser: install-dev
	@$(PY) -m tests.support.browser || .ci/need chromium-headless-shell || { [ $$? = 3 ] && .ci/need chromium; } || \
	    { [ $$? = 3 ] && $(PY) -m playwright install --with-deps chromium; }

postgres: install-dev
	@$(PY) -m tests.support.postgres || .ci/need postgresql
