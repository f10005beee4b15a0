# Everything below works from a fresh clone; .ci/setup makes .venv when it is missing or out of date.
# Name the Python to use with PYTHON=/path/to/python3.11; by default .ci/find-python chooses one.
export PYTHON
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
BIN := .venv/bin
PYTEST_ARGS ?= -n 2
RUFF := $(BIN)/ruff

.DEFAULT_GOAL := help
.PHONY: help run test test-fast lint format bench package test-package train-quick screenshots translations clean \
	setup setup-test

help: ## Show these commands
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{ printf "  make %-12s %s\n", $$1, $$2 }'

run: setup ## Start the program (on the demo clip when there is no camera)
	@.ci/start

test: lint ## Run all checks and all tests, on a screen of their own
	@.ci/on-display $(BIN)/python -m pytest $(PYTEST_ARGS)

test-fast: setup-test ## The tests without the slow ones: no training, no benchmark
	@.ci/on-display $(BIN)/python -m pytest $(PYTEST_ARGS) -m "not slow"

lint: setup-test ## Run the checks alone: style, types, floors
	@$(RUFF) check --quiet --config .ci/ruff.toml .
	@$(RUFF) format --quiet --check --config .ci/ruff.toml .
	@$(BIN)/python -m mypy
	@report=$$($(BIN)/lint-imports --no-cache --no-logo 2>&1) || { echo "$$report"; exit 1; }

format: setup-test ## Put all code in the house's format
	@$(RUFF) check --quiet --fix --config .ci/ruff.toml .
	@$(RUFF) format --config .ci/ruff.toml .

bench: setup-test ## Measure how fast this machine is; more with ARGS="--quick --json"
	@.ci/on-display $(BIN)/python -m emotion_gui bench $(ARGS)

package: setup-test ## Build dist/emotion-gui/ and its archive, which need no Python (FLAVOUR=full: with TensorFlow)
	@.ci/package

test-package: package ## Build the program and test what was built: self-test, window, licences
	@.ci/on-display $(BIN)/python -m pytest tests/package

train-quick: setup-test ## Try every command of train on practice faces (OUT=folder, default build/train-quick)
	@rm -rf build/train-quick
	@.ci/train-quick $(or $(OUT),build/train-quick)

screenshots: setup-test ## Take a picture of every window and state in both themes (OUT=folder, default build/screenshots)
	@.ci/on-display $(BIN)/python -m tests.ui.screenshots $(or $(OUT),build/screenshots) $(ARGS)

translations: setup-test ## Bring the catalogues in emotion_gui/locale up to date with the sentences in the code
	@.ci/translations

clean: ## Remove what the commands made, except .venv and the demo's report
	@rm -rf build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	@find emotion_gui train assets tests -type d -name __pycache__ -prune -exec rm -rf {} +

setup:
	@.ci/setup app

setup-test:
	@.ci/setup test
