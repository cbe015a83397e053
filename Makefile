# Everything is done by bootstrap.py, which needs only Python 3.11 or newer; this file gives it short names.
# Arguments go through ARGS:  make test ARGS="-k weeks"     make try LOG=my-log.xlsx

PYTHON3 ?= python3

.PHONY: help setup demo try test test-all test-random coverage check audit golden wheel pictures bench endure

help:
	@$(PYTHON3) bootstrap.py help

setup demo test test-all test-random coverage check audit golden wheel pictures bench endure:
	@$(PYTHON3) bootstrap.py $@ $(ARGS)

try:
	@$(PYTHON3) bootstrap.py try "$(LOG)" $(ARGS)
