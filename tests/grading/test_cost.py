"""What a submission can cost: reports, memory and time of the grader have bounds that its text does not move."""

import gzip
import json
import time

import pytest

from grader.bounds import CELLS, bounded
from grader.checks.loaded import LoadedSubmission
from grader.checks.memory import Ledger, size_of
from grader.compatibility import TODAY
from grader.grading import Grader
from grader.report import CellRun, Location, StackFrame, StudentError
from grader.submissions import SubmissionRejected
from grader.submissions.archive import read_archive
from grader.submissions.load import load_bytes
from tests import library
from tests.render.sample_reports import wrong_gradient
from tests.submissions_loading.zips import zip_of_fields

SIGMOID = "import numpy as np\n\n\ndef sigmoid(z):\n    return 1 / (1 + np.exp(-z))\n"


@pytest.fixture(scope="module")
def session():
    with Grader(library.assignment("sigmoid-l2")) as session:
        yield session


def graded(session, tmp_path, text, name="homework.py"):
    path = tmp_path / name
    path.write_text(text)
    return session.grade(path, functions=["sigmoid"])


def test_a_line_of_a_megabyte_is_not_quoted_frame_by_frame(session, tmp_path):
    line = "boom = lambda n: boom(n + 1) if n < 40 else 1 / 0; sigmoid = lambda z: boom(0); pad = '"
    report = graded(session, tmp_path, line + "A" * 900_000 + "'\n")
    errors = [check.error for function in report.functions for check in function.checks if check.error]
    assert errors
    assert all(len(error.frames) <= 12 for error in errors)
    assert len(report.to_json()) < 200_000


def test_thousands_of_cells_that_stop_are_a_small_report(session, tmp_path):
    boom = "boom = lambda n: boom(n + 1) if n < 40 else 1 / 0; pad = '" + "A" * 5_000 + "'"
    cells = [boom, *["boom(0)"] * 600, SIGMOID]
    code = {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None}
    notebook = {"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": [code | {"source": c} for c in cells]}
    report = graded(session, tmp_path, json.dumps(notebook), "homework.ipynb")
    assert report.score == report.max_score
    assert len(report.to_json()) < 1_000_000


def test_the_whole_report_is_bounded_however_it_was_made():
    frame = StackFrame(location=Location(file="f" * 200, line=1), function="g" * 300, text="t" * 300)
    error = StudentError(type="E", message="m" * 4_000, frames=(frame,) * 12)
    cell = CellRun(location=Location(file="hw.py"), status="error", error=error, message="m" * 4_000)
    report = wrong_gradient().model_copy(update={"cells": (cell,) * 20_000, "remarks": ("r" * 10_000,) * 1_000})
    found = bounded(report)
    assert len(found.cells) == CELLS
    assert found.cells[0] == cell
    assert len(found.to_json(indent=None)) < 8_000_000
    assert bounded(wrong_gradient()) == wrong_gradient()


@pytest.mark.parametrize(
    "text",
    [
        "if 0: x = 1\nx" + ".a" * 350 + ".q = 1\n",
        "if 0: x = 1\nx" + "[0]" * 900 + " = 1\n",
        "if 0:\n    @" + "a." * 400 + "b\n    def g(): pass\n",
        "".join(f"x{i + 1} = x{i}\n" if i else "x1 = None\n" for i in range(3_000)),
        "def g(z):\n" + "".join(f"    x{i} = x{i + 1}\n" for i in range(1_000)) + "    return x0\n",
    ],
    ids=["attributes", "items", "decorator", "names", "names in a function"],
)
def test_text_nested_deeper_than_python_recurses_is_graded_all_the_same(session, tmp_path, text):
    report = graded(session, tmp_path, SIGMOID + text)
    assert (report.status, report.score) == ("graded", report.max_score)


def test_a_function_of_thousands_of_lines_is_not_copied_for_every_slip(session, tmp_path):
    lines = "".join(f"    x{i + 1} = x{i}\n" for i in range(2_000))
    started = time.process_time()
    report = graded(session, tmp_path, f"def sigmoid(z):\n    x0 = z\n{lines}    return x2000\n")
    assert report.score < report.max_score
    assert time.process_time() - started < 10


def test_what_functions_return_is_kept_up_to_a_bound(session, tmp_path):
    report = graded(session, tmp_path, "BIG = ['x' * 999 for _ in range(3_900)] * 4\ndef sigmoid(z): return BIG\n")
    assert "the result cannot be read" in report.functions[0].checks[0].message  # one of them alone is too large

    ledger = Ledger(limit=1_000_000)
    assert ledger.admits(["x" * 400_000])
    assert not ledger.admits([["x" * 400_000, "ä" * 100_000]])
    assert ledger.admits(["x" * 400_000])
    assert size_of({"a": [1, "ä" * 10]}) >= 40
    with ledger.keeping_nothing():
        assert not ledger.admits(["x" * 400_000])
    with (room := Ledger(limit=1_000)).keeping_nothing():
        assert room.admits("x" * 800)
    assert room.admits("x" * 800)


def test_results_that_do_not_fit_together_cost_their_function_and_not_the_grader(session, tmp_path, monkeypatch):
    monkeypatch.setattr("grader.grading_run.Ledger", lambda: Ledger(limit=300))
    report = graded(session, tmp_path, SIGMOID)
    assert report.status == "graded"
    assert "takes more than 0 MB together" in "".join(check.message for check in report.functions[0].checks)


def test_all_stacks_together_have_the_time_of_one(session, tmp_path, monkeypatch):
    """Old names and a division send it to three stacks; the second begins with what the first has left."""
    text = "import numpy as np\ndef sigmoid(z):\n    half = 1 / 2\n    return np.float(half) * z\n"
    load, tried = LoadedSubmission.load, []

    def slow(loaded: LoadedSubmission) -> None:
        load(loaded)
        loaded.used.seconds += 119.5
        tried.append(loaded.stack)

    monkeypatch.setattr(LoadedSubmission, "load", slow)
    assert graded(session, tmp_path, text).status == "graded"
    assert tried == [TODAY]


def pax(body: bytes, flag: bytes = b"x") -> bytes:
    header = bytearray(512)
    header[:1], header[124:136], header[136:148] = b"x", b"%011o\0" % len(body), b"00000000000\0"
    header[148:156], header[156:157], header[257:265] = b" " * 8, flag, b"ustar\x0000"
    header[148:156] = b"%06o\0 " % sum(header)
    return bytes(header) + body + b"\0" * (-len(body) % 512)


@pytest.mark.parametrize(
    "members",
    [pax(b"4 =\n" * 16_384) * 300, pax(b"", b"g") * 30_000, pax(b"9" * 19 + b" =\n" * 900) * 2],
    ids=["many records", "many headers", "a length of nineteen digits"],
)
def test_extended_headers_cost_what_they_weigh(members):
    started = time.process_time()
    with pytest.raises(SubmissionRejected, match="damaged archive"):
        read_archive(gzip.compress(members, 1), "homework.tar.gz")
    assert time.process_time() - started < 5


def test_a_zips_directory_may_not_hold_more_than_names():
    started = time.process_time()
    with pytest.raises(SubmissionRejected, match="oversized fields"):
        read_archive(zip_of_fields(40, b"\x99\x99\0\0" * 16_380), "homework.zip")
    assert time.process_time() - started < 2


def test_a_long_text_is_split_into_lines_once():
    text = "x = 1\n" * 100_000
    report = [Location(file="hw.py", line=line) for line in range(1, 2_000)]
    submission = load_bytes(text.encode(), "hw.py", ["f"])
    started = time.process_time()
    assert {submission.line_at(place) for place in report} == {"x = 1"}
    assert time.process_time() - started < 1
