"""A statement put into a feedback notebook: the web process of a service does it, so it must cost next to nothing."""

import gzip
import io
import tracemalloc
from collections.abc import Mapping

import nbformat
import pytest
from nbformat import NotebookNode, v4

from grader.batch.feedback.pages import notebook_with
from grader.batch.feedback.spliced import spliced
from grader.batch.feedback.statement import Statement
from grader.render.notebook import ANSWERS, FEEDBACK_TAG, with_answers

ASKED = {"question": "why", "max_score": 5, "location": None, "answer": "S"}
ANSWERS_CELL = v4.new_markdown_cell("", id="z", metadata={"tags": [FEEDBACK_TAG], ANSWERS: [ASKED]})
_CELLS = {"cells": [ANSWERS_CELL]}
with_answers(_CELLS, {})
(ANSWERS_CELL,) = _CELLS["cells"]
LARGE = "é" * 2_000_000


def statement(answers: Mapping[str, float] | None = None) -> Statement:
    return Statement("Zoë", "A layer", attempt=2, score=7, maximum=10, answers=answers or {})


def stored(*cells: NotebookNode) -> str:
    return f"{nbformat.writes(v4.new_notebook(cells=list(cells)))}\n"


def code(source: str, **metadata: object) -> NotebookNode:
    return v4.new_code_cell(source, id="a", metadata=metadata)


def test_the_statement_stands_first_once_and_the_notebook_stays_valid() -> None:
    cell = code("é = 1\nx")
    text = notebook_with(notebook_with(stored(cell), statement()), statement())
    first, second = nbformat.reads(text, as_version=4).cells
    assert "7 of 10 points" in first.source
    assert second == cell


@pytest.mark.parametrize("given", [{}, {"why": 4}, {"another": 1}])
@pytest.mark.parametrize(
    "cells",
    [
        (code("é = 1\n\u2028x"), ANSWERS_CELL),
        (code("x", **{ANSWERS: [ASKED]}), ANSWERS_CELL, v4.new_markdown_cell("closing", id="y")),  # a student's own
        (code('  {\n  },\n    "grader_answers": [\n', deep={"a": [{}, {"b": []}]}), ANSWERS_CELL),
        (code(LARGE), v4.new_markdown_cell("x", id="b", attachments={"a.png": {"image/png": LARGE}}), ANSWERS_CELL),
    ],
    ids=["answers", "forged", "brackets", "large"],
)
def test_what_is_spliced_part_by_part_is_what_is_made_of_the_whole(
    cells: tuple[NotebookNode, ...], given: dict[str, float]
) -> None:
    told = statement(given)
    text = stored(*cells)
    parts = list(spliced(io.BytesIO(text.encode()), told, told.answers))
    whole = nbformat.reads(notebook_with(text, told), as_version=4)
    assert nbformat.reads(b"".join(parts).decode(), as_version=4) == whole
    assert max(map(len, parts)) < 3_000_000
    alone = b"".join(spliced(io.BytesIO(text.encode()), None, given)).decode()
    assert nbformat.reads(alone, as_version=4).cells == whole.cells[1:]
    assert given or alone == text


def first_cell(text: str) -> str:
    return text[text.index("  {\n") : text.index("\n  }") + len("\n  }")]


@pytest.mark.parametrize("given", [{}, {"why": 4}])
def test_a_large_notebook_takes_no_memory(given: dict[str, float]) -> None:
    """Twenty students asked for one of 20 MB: 2.2 GB, and a minute in which nobody else was answered."""
    head, cell, rest = stored(code("x" * 400), ANSWERS_CELL).partition(first_cell(stored(code("x" * 400))) + ",\n")
    packed = gzip.compress((head + cell * 20_000 + rest).encode(), 1)
    tracemalloc.start()
    with gzip.open(io.BytesIO(packed)) as text:
        size = sum(map(len, spliced(text, statement(given), given)))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert size > 10_000_000
    assert peak < 3_000_000
