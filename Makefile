# `make demo` and `make test` do all set-up on a machine that has Python 3.11, git and make.
PYTHON ?= python3.11
BIN := .venv/bin
STAMP := .venv/.ready
PREFIX ?= /opt/thinktwice
# One more than cores: many tests wait for a server, a clock or a killed process.
WORKERS = $(shell $(BIN)/python -c 'import os; print((os.cpu_count() or 1) + 1)')
TESTS = $(BIN)/pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder -q
# Where it is set, as in many containers, each process (a run starts hundreds) compiles all sources anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo page test lint bench documents looks masks crash replicas served faults privacy soak hostile search latency growth sweeps train run install slim size clean help python

help:  ## list the targets
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "make %-7s %s\n", $$1, $$2}'

# Made again only when the dependencies changed.
$(STAMP): pyproject.toml constraints.txt | python
	@echo "Installing into .venv: a hundred packages, 1.3 GB with what developers need; a minute or a few."
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $(STAMP)

python:
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.11 is needed; if it has another name: make PYTHON=/path/to/python3"; exit 1; }

demo: $(STAMP)  ## play an afternoon in an HR group: no token, no server
	@$(BIN)/thinktwice demo

page: $(STAMP)  ## the same afternoon, and the page for admins left open with it
	@$(BIN)/thinktwice demo --web

test: lint  ## everything that must hold (COVER=1: with a floor under coverage, which costs half as much time again)
	$(TESTS) $(if $(COVER),--cov --cov-report=term:skip-covered --cov-report=)

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy --num-workers auto
	$(BIN)/lint-imports

bench: $(STAMP)  ## accuracy and speed, with the peers beside us (CORPUS=, NATURAL= for your own files)
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[peers]' || echo "The libraries beside us can't be installed; the table says so."
	$(BIN)/python -m benchmarks $(if $(CORPUS),--corpus $(CORPUS)) $(if $(NATURAL),--natural $(NATURAL))

documents: $(STAMP)  ## files and pictures: made, read and judged, tesseract and Presidio beside us (REDACTOR= a Python that has presidio-image-redactor)
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[bench]'
	$(BIN)/python -m benchmarks.documents $(if $(REDACTOR),--redactor $(REDACTOR))

looks: $(STAMP)  ## a file of each kind, pictures too, posted on both platforms; seconds to the nudge, what texts wait meanwhile
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[bench]'
	$(BIN)/pytest -m slow tests/bot/looks -q
	$(BIN)/python -m benchmarks.looks

masks: $(STAMP)  ## every message of the corpora masked, and read again: nothing may be said of it (counts alone)
	$(BIN)/python -m benchmarks.masking

crash: $(STAMP)  ## 200 kills -9 each: a stub, Telegram by polling and by webhook, Slack by socket and by HTTP, both in one process; 100 each with the log on a server
	$(BIN)/pytest -m slow tests/crash -n 4 -q

replicas: $(STAMP)  ## three bots over one log on a PostgreSQL server: killed, stopped, cut off, the server killed, 200 times
	$(BIN)/pytest -m slow tests/replicas -n 2 -q

hostile: $(STAMP)  ## thousands of hostile messages: the work stays in proportion to the length
	$(BIN)/pytest -m slow tests/detectors/test_hostile.py -q

search: $(STAMP)  ## all properties, with new examples each time
	HYPOTHESIS_SEARCH=1 $(BIN)/pytest -m hypothesis -q

served: $(STAMP)  ## all scenarios and the store's tests with the log on a PostgreSQL server (POSTGRES_PROGRAMS= the folder of another one's programs)
	$(BIN)/pytest -m 'slow or not slow' tests/bot/store tests/bot/demo tests/bot/telegram tests/bot/slack -k 'log_on_a_server or postgres or on_server or test_moved or test_holding or test_replicas' -n 2 -q

faults: $(STAMP)  ## what the bot stands on fails: disk, database, clock, wires, whatever answers in a platform's place
	$(BIN)/pytest -m fault -n auto --dist loadfile -q

privacy: $(STAMP)  ## thousands of planted values through every path: all that was written is searched for them
	$(BIN)/pytest -m slow tests/privacy -q

latency: $(STAMP)  ## from an event to the nudge on the wire: Telegram by polling and by webhook, Slack by socket and by HTTP
	$(BIN)/python -m benchmarks.latency

growth: $(STAMP)  ## what grows with the log: a million incidents, thousands of groups and members, as ratios
	$(BIN)/python -m benchmarks.growth

sweeps: $(STAMP)  ## two million made messages swept: rate a core, memory, peers beside (NATURAL= ordinary chat as JSON lines)
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[peers]' || echo "The libraries beside us can't be installed; the table leaves them out."
	$(BIN)/python -m benchmarks.sweeps $(if $(NATURAL),--natural $(NATURAL))
	$(BIN)/pytest -m slow tests/bot/sweep -q

# A step of learning frees and asks again for large pieces of memory: given back each time, they cost three quarters of it.
LEARNING = MALLOC_MMAP_THRESHOLD_=2000000000 MALLOC_TRIM_THRESHOLD_=4000000000 OMP_WAIT_POLICY=passive

train: $(STAMP)  ## teach a model of the second opinion, into benchmarks/out/opinion (NATURAL= ordinary chat as JSON lines; a good half hour)
	@test -f "$(NATURAL)" || { echo "Ordinary chat is needed, as JSON lines with a text each: make train NATURAL=chat.jsonl"; exit 1; }
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[train]'
	$(LEARNING) $(BIN)/python -m benchmarks.opinion --natural $(NATURAL) $(if $(STEP),--step $(STEP))

soak: $(STAMP)  ## a million messages: memory stays flat
	$(BIN)/python -m benchmarks.soak

# What an earlier build left in build/ would be packed again, also files that no longer exist.
install: python  ## the bot alone, without developers' tools, into PREFIX (/opt/thinktwice); also to upgrade it
	$(PYTHON) -m venv $(PREFIX)
	rm -rf build *.egg-info
	$(PREFIX)/bin/pip install --quiet --disable-pip-version-check --constraint constraints.txt '.[all]'
	rm -rf build *.egg-info
	@echo "Installed. Next: $(PREFIX)/bin/thinktwice init DIR"

slim:  ## take out of PREFIX what the bot never loads, after each install
	$(PREFIX)/bin/python deploy/slim.py

size: $(STAMP)  ## what an installation weighs, by package, and what of it the bot never loads (EXTRAS=telegram,slack)
	$(BIN)/python -m benchmarks.size $(EXTRAS)
	rm -rf build *.egg-info

run: $(STAMP)  ## the bot, with config.toml
	$(BIN)/thinktwice run --config config.toml

clean:  ## remove what make made
	rm -rf .venv .mypy_cache .ruff_cache .import_linter_cache .coverage .coverage.* build *.egg-info
