"""The readers of notebooks and archives: any bytes are a submission, or are refused in one line that can be shown."""

import json
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.submissions import Submission, SubmissionRejected, load_bytes
from grader.submissions.limits import MAX_CELLS, MAX_FILES

from .damage import corpus, damaged

FILES = [*corpus("notebooks"), *corpus("archives")]


def load(name: str, data: bytes) -> Submission | None:
    """The submission, looked at in every way that the grader looks at one; None when it is refused."""
    try:
        submission = load_bytes(data, name, ("relu",))
    except SubmissionRejected as rejected:
        assert_can_be_shown(rejected.reason)
        return None
    assert 0 < len(submission.units) <= MAX_CELLS
    assert len(submission.modules) <= MAX_FILES
    for unit in (*submission.units, *submission.modules.values()):
        unit.source.encode()
        assert unit.source.count("\n") == unit.original.count("\n")
        assert unit.filename.isprintable()
        path = PurePosixPath(unit.file)
        assert not path.is_absolute()
        assert ".." not in path.parts
    submission.definitions()
    assert all(remark.isprintable() for remark in submission.remarks)
    return submission


def assert_can_be_shown(reason: str) -> None:
    assert reason
    assert reason.isprintable()
    assert len(reason) < 1_000


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_file_of_the_corpus(path: Path) -> None:
    submission = load(path.name, path.read_bytes())
    assert submission is None or submission.kind != "notebook" or submission.notebook is not None


@given(damaged("notebooks"))
def test_a_damaged_notebook(case: tuple[str, bytes]) -> None:
    submission = load(*case)
    if submission is not None and submission.kind == "notebook":
        assert submission.notebook is not None
        code = [cell.source for cell in submission.notebook.cells if cell.cell_type == "code"]
        assert len(code) >= len(submission.units)


@given(damaged("archives"))
def test_a_damaged_archive(case: tuple[str, bytes]) -> None:
    load(*case)


@given(st.lists(st.text("%!?()[]'\"\\#=: \n\tabx1", max_size=60), min_size=1, max_size=5))
def test_a_notebook_of_odd_lines(sources: list[str]) -> None:
    cells = [{"cell_type": "code", "source": source} for source in sources]
    load("homework.ipynb", json.dumps({"nbformat": 4, "cells": cells}).encode())
