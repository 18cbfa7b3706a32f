# Everything a newcomer needs: make run, make test, make check, make bench; make .env for Docker.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP_QUIET := PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore

.PHONY: install dev run demo test check bench screenshots format docs clean

install: $(VENV)/.installed
dev: $(VENV)/.developed

# Debian may lack python3-venv, and its pip refuses to install into the system: virtualenv, in a
# folder of its own, does without either.
$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { echo "Codevitals needs Python 3.11 or newer: name one with make PYTHON=/path/to/python3 $(MAKECMDGOALS)" >&2; exit 1; }
	@rm -rf $(VENV)
	@$(PYTHON) -m venv $(VENV) >/dev/null 2>&1 || { \
		rm -rf $(VENV) .boot && \
		$(PIP_QUIET) $(PYTHON) -m pip install -q --target .boot virtualenv && \
		PYTHONPATH=.boot $(PYTHON) -m virtualenv -q $(VENV) && \
		rm -rf .boot; }

$(VENV)/.installed: requirements.lock $(BIN)/python
	@echo "Installing what Codevitals needs ..."
	@$(PIP_QUIET) $(BIN)/python -m pip install -q --require-hashes -r requirements.lock
	@touch $@

$(VENV)/.developed: requirements-dev.lock $(BIN)/python
	@echo "Installing what its tests need ..."
	@$(PIP_QUIET) $(BIN)/python -m pip install -q --require-hashes -r requirements-dev.lock
	@touch $@ $(VENV)/.installed

run: install
	@$(BIN)/python -m dashboard.supervisor

# Invented repositories to look at; then make run.
demo: install
	@$(BIN)/python manage.py migrate --verbosity 0
	@$(BIN)/python manage.py demo $(ARGS)

test: dev
	@echo "All tests, on SQLite:"
	@$(BIN)/python -m pytest $(ARGS)
	@echo "What touches the database, on PostgreSQL:"
	@CODEVITALS_TEST_DATABASE=postgresql $(BIN)/python -m pytest $(ARGS) || [ $$? -eq 5 ]

check: dev
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/python manage.py score . --fail-under 90

bench: dev
	@$(BIN)/python -m tests.bench $(ARGS)

# Pictures of every page, in build/pictures; ARGS=--docs renews those of the docs.
screenshots: dev
	@$(BIN)/python -m tests.pictures $(ARGS)

format: dev
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

# The pages of docs/ that the code itself tells; a release has them up to date.
docs: install
	@$(BIN)/python manage.py rules_page > docs/rules.md
	@$(BIN)/python manage.py settings_page > docs/settings.md

# Secrets for docker compose, made once.
.env:
	@umask 077 && $(PYTHON) -c 'import base64, os, secrets; print("POSTGRES_PASSWORD=" + secrets.token_urlsafe(24), "CODEVITALS_SECRET_KEY=" + secrets.token_urlsafe(48), "CODEVITALS_ENCRYPTION_KEYS=" + base64.urlsafe_b64encode(os.urandom(32)).decode(), "CODEVITALS_HOSTS=127.0.0.1,localhost", sep="\n")' > $@
	@echo "Wrote .env: keep a copy in a safe place, and add the settings of docs/settings.md that you need."

# What was installed; data, in .codevitals, stays.
clean:
	rm -rf $(VENV) .boot
