# `make help` lists what there is. Everything runs in .venv, which the targets make themselves.
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
JOBS ?= auto
STAMP := $(VENV)/installed
TRANSLATED := core/wbok/web core/wbok/documents core/wbok/mail plugins/info/wbok_info plugins/finance/wbok_finance \
  plugins/notifications/wbok_notifications plugins/phone/wbok_phone plugins/helpdesk/wbok_helpdesk \
  tests/thirdparty/wbok_usage

.PHONY: help demo test lint types bench translations reference screenshots clean

help: ## What there is
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

$(STAMP): setup.cfg pyproject.toml
	python3 -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable '.[test]'
	@touch $(STAMP)

demo: $(STAMP) ## Serve the panel on sample data at http://127.0.0.1:$(PORT)
	$(BIN)/wbok demo --port $(PORT)

test: $(STAMP) ## Run all tests; what cannot run here is listed at the end with its reason
	$(BIN)/python -m pytest -n $(JOBS)

lint: $(STAMP) ## Style, imports between our parts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports --no-logo

types: $(STAMP) ## mypy, strict
	$(BIN)/mypy

bench: $(STAMP) ## Print the ratios of speed
	$(BIN)/python -m bench

reference: $(STAMP) ## Bring the tables of the integrators' documents to what there is
	PYTHONPATH=tests $(BIN)/python -m support.reference

translations: $(STAMP) ## Collect new texts and compile what is translated
	@for d in $(TRANSLATED); do \
	  $(BIN)/pybabel -q extract -F babel.cfg --no-location --sort-output -o $$d/translations/messages.pot $$d && \
	  $(BIN)/pybabel -q update -N --ignore-pot-creation-date -l pl -i $$d/translations/messages.pot -d $$d/translations && \
	  $(BIN)/pybabel -q compile -d $$d/translations && rm $$d/translations/messages.pot || exit 1; done

screenshots: $(STAMP) ## Pictures of every page and paper in screenshots/ (needs Chromium)
	WBOK_SCREENSHOTS=screenshots $(BIN)/python -m pytest -q tests/e2e/test_screenshots.py tests/documents/test_look.py

clean: ## Remove what the targets made
	rm -rf $(VENV) build dist *.egg-info
