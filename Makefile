# make lab · make test · make browser-test · make notebooks · make bench · make feedback-report
# make mutants · make types · make lint
# Each does its own set-up: the first run creates .venv, later runs start at once. `make lab`
# installs what a learner needs, the others what checks need on top.

PYTHON ?= python3
# On processors with few cores a network this small is fastest with one thread a kernel.
export OMP_NUM_THREADS ?= 1

ifeq ($(OS),Windows_NT)
BIN := .venv/Scripts
else
BIN := .venv/bin
endif
RUN := $(BIN)/python
READY := .venv/ready
CHECKS := .venv/ready-for-checks
# In a container one is often root, which JupyterLab refuses unless it is told.
ROOT_TOO := $(if $(filter 0,$(shell id -u 2>/dev/null)),--allow-root)
NOTEBOOKS := $(wildcard notebooks/*.ipynb notebooks/solutions/*.ipynb)
TORCH := $(shell grep '^torch==' requirements.txt)
CPU_TORCH := https://download.pytorch.org/whl/cpu

.PHONY: lab test types browser-test notebooks bench feedback-report mutants lint clean

lab: $(READY)
	$(RUN) -m jupyterlab $(ROOT_TOO) --LabApp.default_url=/lab/tree/notebooks/00_start_here.ipynb

test: types
	$(RUN) -m ruff check .
	$(RUN) -m ruff format --check .
	$(RUN) -m pytest -q -n 2 --dist loadfile --nbval --nbval-current-env \
		--nbval-cell-timeout=120 --nbval-kernel-startup-timeout=120 --ignore=tests/browser

types: $(CHECKS)
	$(RUN) -m mypy

# Needs a Chromium; without one each test is skipped and says why.
browser-test: $(CHECKS)
	$(RUN) -m pytest -q -rfEs --tb=short -n 2 --dist worksteal tests/browser

notebooks: $(CHECKS)
	$(RUN) tests/contents.py
	$(RUN) -m ruff format -q notebooks
	$(RUN) tests/execute_notebooks.py $(NOTEBOOKS)

bench: $(CHECKS)
	$(RUN) tests/bench_training.py
	$(RUN) tests/bench_network.py
	$(RUN) tests/bench_explore.py
	$(RUN) tests/bench_notebooks.py $(NOTEBOOKS)

feedback-report: $(CHECKS)
	$(RUN) tests/feedback_report.py

mutants: $(CHECKS)
	$(RUN) tests/mutants.py

lint: $(CHECKS)
	$(RUN) -m ruff check --fix .
	$(RUN) -m ruff format .

clean:
	rm -rf .venv

# Linux's default torch brings 2.7 GB for graphics cards, absurd for 96 weights. So the CPU build
# is asked for first, alone and without retries: where its index cannot be reached, pip goes on
# with the usual one within seconds. requirements.txt then finds torch already there.
$(READY): requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed; this is $$($(PYTHON) --version 2>&1)." \
		"Use: make $(MAKECMDGOALS) PYTHON=/path/to/python3.12"; exit 1; }
	$(PYTHON) -m venv .venv
ifeq ($(shell uname -s 2>/dev/null),Linux)
	if ! command -v nvidia-smi >/dev/null 2>&1; then \
		PIP_DEFAULT_TIMEOUT=10 $(RUN) -m pip install -q --retries 0 \
			--extra-index-url $(CPU_TORCH) --no-deps "$(TORCH)" || true; \
	fi
endif
	$(RUN) -m pip install -q -r requirements.txt -e .
	@touch $(READY)

$(CHECKS): $(READY) tests/requirements.txt
	$(RUN) -m pip install -q -r tests/requirements.txt
	@touch $(CHECKS)
