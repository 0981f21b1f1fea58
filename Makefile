# Two commands do all the set-up: `make run` and `make test`.
PYTHON ?= $(shell command -v python3.11 || command -v python3.12 || command -v python3.13 || command -v python3)
BIN := .venv/bin
STAMP := .venv/installed

.PHONY: run test lint requirements benchmarks results clean

run: $(STAMP)  ## open the window with the demo
	$(BIN)/python main.py

test: lint  ## linters, import rules, types, all tests
	$(BIN)/pytest -n auto --maxprocesses 4 --dist loadfile

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/mypy

$(STAMP): requirements.txt pyproject.toml
	@sh resources/system_libraries.sh
	$(PYTHON) -m venv .venv || (echo "Python needs its venv module: apt-get install python3-venv" && exit 1)
	$(BIN)/python -m pip install --quiet --requirement requirements.txt
	$(BIN)/python -m pip install --quiet --no-deps --editable .
	@touch $@

requirements: ## compile requirements.txt anew (needs uv)
	uv pip compile --quiet --universal --python-version 3.11 --extra dev --no-emit-index-url --no-emit-find-links \
		--no-annotate --no-header pyproject.toml --output-file requirements.txt

benchmarks: $(STAMP)  ## the speed figures, as ratios in one run
	$(BIN)/python -m tests.benchmarks.window
	$(BIN)/python -m tests.benchmarks.explain
	$(BIN)/python -m tests.benchmarks.lrp
	$(BIN)/python -m tests.benchmarks.uncertainty
	$(BIN)/python -m tests.benchmarks.training
	$(BIN)/python -m tests.benchmarks.pictures

results: $(STAMP)  ## the tables in docs/results, measured anew
	$(BIN)/python -m tests.benchmarks.axioms
	$(BIN)/python -m tests.benchmarks.localisation
	$(BIN)/python -m tests.benchmarks.noise

clean:
	rm -rf .venv build *.egg-info
