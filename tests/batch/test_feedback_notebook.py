"""A statement put into a feedback notebook: the web process of a service does it, so it must cost next to nothing."""

import json
import time

import nbformat
from nbformat import v4

from grader.batch.feedback.pages import notebook_about, notebook_with
from grader.batch.feedback.statement import Statement

MANY_CELLS = 10_000  # more are not read
STATEMENT = Statement("Zoë", "A layer", attempt=2, score=7, maximum=10)


def test_the_statement_stands_first_once_and_the_notebook_stays_valid() -> None:
    cell = v4.new_code_cell("é = 1\nx", id="a")
    before = nbformat.writes(v4.new_notebook(cells=[cell]))
    text = notebook_with(notebook_with(before, STATEMENT), STATEMENT)
    first, second = nbformat.reads(text, as_version=4).cells
    assert "7 of 10 points" in first.source
    assert second == cell
    assert notebook_about(before, {}) == f"{before}\n"


def test_a_notebook_of_many_cells_costs_little() -> None:
    document = json.loads(nbformat.writes(v4.new_notebook(cells=[v4.new_code_cell("x")])))
    text = json.dumps({**document, "cells": document["cells"] * MANY_CELLS})
    started = time.process_time()
    notebook_about(text, {})
    assert time.process_time() - started < 0.7
