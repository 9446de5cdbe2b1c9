"""Faults that several students share, and what becomes of them when an instructor has given them a name."""

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from grader import Grader
from grader.assignments import load_assignment
from grader.assignments.errors import AssignmentError
from grader.assignments.named import read_named
from grader.batch.evidence import evidence_of
from grader.cli.app import app
from grader.fingerprint import unnamed_fault
from grader.submissions import load_source
from tests import library

# A loss that nobody wrote a mistake for, by two students who have nothing in common but the fault.
ONE = """
import numpy as np

def softmax_loss_naive(W, X, y, reg):
    N, C = X.shape[0], W.shape[1]
    loss, dW = 0.0, np.zeros_like(W)
    for i in range(N):
        s = X[i] @ W
        p = np.exp(s - s.max()) / np.exp(s - s.max()).sum()
        loss += np.arctan(p[y[i]]) ** 3
        for j in range(C):
            dW[:, j] += (p[j] - (j == y[i])) * X[i]
    return loss / N + reg * np.sum(W ** 2), dW / N + 2 * reg * W
"""
OTHER = """
import numpy

def softmax_loss_naive(weights, samples, labels, strength):
    total, gradient = [], 2 * strength * weights
    for row, label in zip(samples, labels):
        e = numpy.exp(row.dot(weights) - max(row.dot(weights)))
        shares = e / sum(e)
        total.append(pow(numpy.arctan(shares[label]), 3))
        gradient = gradient + numpy.outer(row, shares - numpy.eye(len(shares))[label]) / len(samples)
    return sum(total) / len(total) + strength * (weights * weights).sum(), gradient
"""
FUNCTION = "softmax_loss_naive"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copy = tmp_path / "cs231n-softmax"
    shutil.copytree(library.folder("cs231n-softmax"), copy, ignore=shutil.ignore_patterns("__pycache__"))
    return copy


def test_a_fault_that_two_share_is_told_by_its_name_once_it_has_one(folder):
    with Grader(load_assignment(folder)) as session:
        graded = [(ONE, 1), (OTHER, 2)]  # a class has draws of its own
        reports = [session.grade(load_source(text, "hw.py"), functions=[FUNCTION], seed=seed) for text, seed in graded]
    (print_, _), (other, _) = (unnamed_fault(report.function(FUNCTION)) for report in reports)
    assert print_ == other
    assert evidence_of(reports[0]).unnamed[0].fingerprint == print_

    arguments = ["name", str(folder), FUNCTION, print_, "--title", "The arctangent is no logarithm"]
    result = CliRunner().invoke(app, [*arguments, "--hint", "Which function stands in the formula?"])
    assert result.exit_code == 0, result.output
    with Grader(load_assignment(folder)) as session:
        report = session.grade(load_source(OTHER, "hw.py"), functions=[FUNCTION])
    first = report.function(FUNCTION).diagnoses[0]
    assert first.title == "The arctangent is no logarithm"
    assert first.hints == ("Which function stands in the formula?",)
    assert unnamed_fault(report.function(FUNCTION)) is None
    assert CliRunner().invoke(app, arguments).exit_code != 0, "it has a name already"


def test_a_name_changes_what_the_assignment_is_known_by(folder):
    before = load_assignment(folder).digest
    (folder / "named.toml").write_text(
        f'[[mistake]]\nfunction = "{FUNCTION}"\nfingerprint = "0123456789"\ntitle = "T"\n', "utf-8"
    )
    assert load_assignment(folder).digest != before, "what was graded before is graded again"


@pytest.mark.parametrize("text", ["[[mistake", '[[mistake]]\nfunction = "f"\n', "[[mistake]]\nfunction = 3\n"])
def test_a_file_that_says_nothing_is_told_so(tmp_path, text):
    (tmp_path / "named.toml").write_text(text, "utf-8")
    with pytest.raises(AssignmentError, match=r"named\.toml"):
        read_named(tmp_path)


def test_what_is_no_fingerprint_is_refused(folder):
    result = CliRunner().invoke(app, ["name", str(folder), FUNCTION, "xyz", "--title", "T"])
    assert result.exit_code != 0
    assert not (folder / "named.toml").exists()
