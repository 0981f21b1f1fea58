# Two commands do all the set-up: `make run` and `make test`.
PYTHONS := $(shell command -v python3.11 || command -v python3.12 || command -v python3.13)
BIN := .venv/bin
STAMP := .venv/installed

# uv, where it is installed, does the same faster, and brings a Python if there is none.
ifneq ($(shell command -v uv),)
PYTHON ?= $(or $(PYTHONS),3.11)
VENV = uv venv --quiet --seed --allow-existing --python $(PYTHON) .venv
INSTALL = uv pip install --quiet --python $(BIN)/python
else
PYTHON ?= $(or $(PYTHONS),$(shell command -v python3))
VENV = $(PYTHON) -m venv .venv || (echo "Python needs its venv module: apt-get install python3-venv" && exit 1)
INSTALL = $(BIN)/python -m pip install --quiet --no-compile
endif

# Compiled once, on all cores, not by every process that a window or a test starts; tests of packages are not run.
unexport PYTHONDONTWRITEBYTECODE
COMPILE = $(BIN)/python -m compileall -qq -j 0 -x '/tests?/' .venv/lib || true

.PHONY: run test usual test-slow test-ray lint rules types requirements benchmarks results guide texts clean

run: $(STAMP)  ## open the window with the demo
	$(BIN)/python main.py

test: rules  ## linters, import rules, types, all tests; types are checked while the tests run
	@$(MAKE) --no-print-directory -k -j2 types usual

usual: $(STAMP)
	@$(BIN)/python -m compileall -q -j 0 -x "/(test_|conftest)" gui tfcore resources tests main.py
	$(BIN)/pytest -n auto --maxprocesses 4 --dist worksteal

test-slow: $(STAMP)  ## what takes minutes; of each of its claims a quicker case is among the usual tests
	$(BIN)/pytest -n auto --maxprocesses 4 --dist worksteal -m "(slow or hypothesis) and not ray" --hypothesis-profile thorough
	$(BIN)/pytest -m "slow and ray" tests/tfcore/cohort

test-ray: $(STAMP)  ## what only the extra "cluster" can do, with two nodes on this machine
	$(INSTALL) --editable '.[cluster]' || (echo "The extra cluster (ray) could not be installed, so nothing of Ray was tested." && exit 1)
	@$(COMPILE)
	$(BIN)/pytest -m "ray and not slow" tests/tfcore/cohort

lint: rules types

rules: $(STAMP)
	@! grep -rnE '^(<{7}|>{7}) ' gui tfcore tests docs resources --include=*.py --include=*.md --include=*.html
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

types: $(STAMP)
	$(BIN)/mypy

$(STAMP): requirements.txt pyproject.toml
	@sh resources/system_libraries.sh
	$(VENV)
	$(INSTALL) --requirement requirements.txt
	$(INSTALL) --no-deps --no-build-isolation --editable .
	@$(COMPILE)
	@touch $@

requirements: ## compile requirements.txt anew (needs uv)
	uv pip compile --quiet --universal --python-version 3.11 --extra dev --no-emit-index-url --no-emit-find-links \
		--no-annotate --no-header pyproject.toml --output-file requirements.txt

benchmarks: $(STAMP)  ## the speed figures, as ratios in one run
	$(BIN)/python -m tests.benchmarks.window
	$(BIN)/python -m tests.benchmarks.explain
	$(BIN)/python -m tests.benchmarks.lrp
	$(BIN)/python -m tests.benchmarks.perturbation
	$(BIN)/python -m tests.benchmarks.evaluate
	$(BIN)/python -m tests.benchmarks.whole_evaluation --n 20
	$(BIN)/python -m tests.benchmarks.cohort --n 200
	$(BIN)/python -m tests.benchmarks.uncertainty
	$(BIN)/python -m tests.benchmarks.inside
	$(BIN)/python -m tests.benchmarks.training
	$(BIN)/python -m tests.benchmarks.pictures
	$(BIN)/python -m tests.benchmarks.volumes

results: $(STAMP)  ## the tables in docs/results, measured anew
	$(BIN)/python -m tests.benchmarks.axioms
	$(BIN)/python -m tests.benchmarks.localisation
	$(BIN)/python -m tests.benchmarks.asking
	$(BIN)/python -m tests.benchmarks.noise
	$(BIN)/python -m tests.benchmarks.shift
	$(BIN)/python -m tests.benchmarks.coverage
	$(BIN)/python -m tests.benchmarks.confounder
	$(BIN)/python -m tests.benchmarks.concepts
	$(BIN)/python -m tests.benchmarks.verdict
	$(BIN)/python -m tests.benchmarks.papers
	$(BIN)/python -m tests.benchmarks.recipes
	$(BIN)/python -m tests.benchmarks.drawn
	$(BIN)/python -m tests.benchmarks.perturbation --page
	$(BIN)/python -m tests.benchmarks.whole_evaluation --workers 2 --out docs/results

texts: $(STAMP)  ## every text of the window into resources/texts; with IN=de the file of a language, and what the window reads
	$(BIN)/python -m resources.make_texts $(IN)

guide: $(STAMP)  ## the pictures of docs/guide, made anew
	$(BIN)/python docs/guide/pictures.py

clean:
	rm -rf .venv build *.egg-info
