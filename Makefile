# Two commands on a fresh machine with Python (3.11 or newer), make and git:  make demo   make test
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
DEMO := assignments/mnist-mlp/examples/homework.ipynb
# The real MNIST files are used where they are at hand; tests and benchmarks say so when they are not.
export GRADER_DATA_DIR ?= $(wildcard $(abspath ../shared/data/mnist))

# Compiled once: the tests start hundreds of Python processes.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo test tables coverage variants bare carried mutants explain lint types docs reference graders sought hostile fuzz chaos screenshots compose bench scale nbgrader lock install clean

install: $(VENV)/.installed

# The lock names every package, so pip has nothing to resolve: it would look for newer ones where an extra is asked for.
$(VENV)/.installed: requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed, this is " + sys.version)'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

demo: install  ## grade a notebook of the library and show the feedback
	@$(BIN)/grade run mnist-mlp $(DEMO) || test $$? -eq 1

test: install  ## four at a time, since many tests wait for a time limit
	$(BIN)/python -m pytest -n 4 -q

tables: install  ## the tests with the long tables whole of which `make test` takes a sample; and every example and mistake of the library
	GRADER_TABLES=1 $(BIN)/python -m pytest -n 4 -q
	$(BIN)/grade validate --all

coverage: install  ## the same, measuring which lines and branches are run
	$(BIN)/python -m pytest -n 4 -q --cov

variants: install  ## 500 right submissions in different dress: full marks and no diagnosis for each
	GRADER_VARIANTS=500 $(BIN)/python -m pytest -n 2 -q tests/diagnosis/test_false_alarms.py

bare: install  ## the library's wrong examples without its known mistakes: how many are named by general means
	$(BIN)/python benchmarks/bare.py

carried: install  ## points with and without errors carried forward: every wrong example; PLANTED=1: every known mistake
	$(BIN)/python benchmarks/carried.py $(if $(PLANTED),--planted)

mutants: install  ## right files of course assignments with one slip each: what becomes of all of them
	$(BIN)/python -m tests.courses

explain: install  ## scripts in people's own interfaces: what `grade explain` reads, finds, names and places
	$(BIN)/python -m tests.reading

lint: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: install
	$(BIN)/mypy

hostile: install  ## every attack as every user and in every combination of layers; a container too if DOCKER_HOST is set
	$(BIN)/python -m tests.hostile

fuzz: install  ## the readers of frames, notebooks and archives, and what judges values, for minutes instead of seconds
	HYPOTHESIS_PROFILE=fuzz $(BIN)/python -m pytest tests/fuzz -q

chaos: install  ## 2,000 submissions while web server, workers and PostgreSQL are killed 100 times, on both databases
	GRADER_TABLES=1 GRADER_CHAOS_SUBMISSIONS=2000 GRADER_CHAOS_KILLS=100 GRADER_CHAOS_SEED=$$$$ \
		$(BIN)/python -m pytest -q tests/service/engine/test_kills.py

screenshots: install  ## every page on light and dark ground and on a telephone, to be looked at
	GRADER_SCREENSHOTS=screenshots $(BIN)/python -m pytest -q tests/service/pages/test_in_a_browser.py

compose: install  ## the compose file for real: 100 notebooks, one of two workers killed half-way; needs a Docker engine
	$(BIN)/python -m tests.compose.trial

bench: install  ## what grading costs, and where it goes
	$(BIN)/python benchmarks/overhead.py
	$(BIN)/python benchmarks/cold_start.py
	$(BIN)/python benchmarks/sandbox.py
	$(BIN)/python benchmarks/diagnosis.py
	$(BIN)/python benchmarks/batch.py
	$(BIN)/python benchmarks/service.py
	$(BIN)/python benchmarks/scale.py --counts 1 10 100

scale: install  ## 300 mixed submissions against each alone; the memory of 5,000
	$(BIN)/python benchmarks/batch_class.py
	$(BIN)/python benchmarks/batch_memory.py

nbgrader: install  ## nbgrader.csv against what nbgrader itself exports, in an environment of its own
	test -x $(VENV)-nbgrader/bin/nbgrader || ($(PYTHON) -m venv $(VENV)-nbgrader && $(VENV)-nbgrader/bin/pip install --quiet nbgrader ipykernel numpy matplotlib)
	$(BIN)/python -m tests.batch.nbgrader_itself $(VENV)-nbgrader/bin/python

sought: install  ## lines of solutions, hidden tests and rubrics in everything that students can have
	$(BIN)/python -m tests.solutions_sought

graders: install  ## notebooks taken over from nbgrader and otter, graded by them as well, in environments of their own
	test -x $(VENV)-nbgrader/bin/nbgrader || ($(PYTHON) -m venv $(VENV)-nbgrader && $(VENV)-nbgrader/bin/pip install --quiet nbgrader ipykernel numpy matplotlib)
	test -x $(VENV)-otter/bin/otter || ($(PYTHON) -m venv $(VENV)-otter && $(VENV)-otter/bin/pip install --quiet otter-grader ipykernel numpy matplotlib)
	$(BIN)/python -m tests.notebooks.themselves $(VENV)-nbgrader/bin/python $(VENV)-otter/bin/python

reference: install  ## the parts of the pages that are made from the program, written into them anew
	$(BIN)/python docs/hooks/refresh.py

docs: install
	$(BIN)/mkdocs build --strict --quiet

lock:  ## resolve the dependencies anew
	$(BIN)/pip install --quiet uv
	$(BIN)/uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes \
		--no-header --no-annotate --no-emit-index-url --upgrade --quiet -o requirements.lock
	$(BIN)/uv pip compile pyproject.toml --extra service --extra s3 --universal --python-version 3.11 --generate-hashes \
		--no-header --no-annotate --no-emit-index-url --constraint requirements.lock --quiet -o requirements-service.lock

clean:
	rm -rf $(VENV) $(VENV)-nbgrader $(VENV)-otter site .coverage .mypy_cache .pytest_cache .ruff_cache .hypothesis
