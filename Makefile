# Everything a newcomer needs: make run, make test, make check, make bench.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: install dev run test check bench format clean

install: $(VENV)/.installed
dev: $(VENV)/.developed

$(BIN)/python:
	@$(PYTHON) -m venv $(VENV) 2>/dev/null || { rm -rf $(VENV) && $(PYTHON) -m pip install -q --target .boot virtualenv && PYTHONPATH=.boot $(PYTHON) -m virtualenv -q $(VENV); }

$(VENV)/.installed: requirements.lock | $(BIN)/python
	@echo "Installing what Codevitals needs ..."
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements.lock
	@touch $@

$(VENV)/.developed: requirements-dev.lock | $(BIN)/python
	@echo "Installing what its tests need ..."
	@$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@ $(VENV)/.installed

run: install
	@$(BIN)/python -m dashboard.supervisor

test: dev
	@$(BIN)/python -m pytest $(ARGS)

check: dev
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/python manage.py score . --fail-under 90

bench: dev
	@$(BIN)/python -m tests.bench $(ARGS)

format: dev
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

clean:
	rm -rf $(VENV) .boot .codevitals
