"""`grade doctor`: what it finds here, and how it tells what is missing elsewhere."""

import numpy as np
import pytest

from grader import doctor
from grader.assignments import library_folders
from grader.doctor import Finding, Findings
from grader.sandbox import Finding as SandboxFinding
from grader.sandbox import Sandbox, SandboxUnavailable

FINE = Finding("numpy", "ok", "2.0")
POOR = Finding("bubblewrap", "warning", "not installed", "install it")
BAD = Finding("Landlock", "missing", "the kernel does not offer it", "use a newer kernel")


@pytest.fixture(scope="module")
def here() -> Findings:
    return doctor.examine()


def test_it_looks_at_everything_that_grading_stands_on(here):
    subjects = [finding.subject for finding in here.findings]
    assert {"Python", "numpy", "seccomp", "bubblewrap", "self-test", "assignments", "MNIST"} <= set(subjects)
    assert Finding("numpy", "ok", np.__version__) in here.findings


def test_its_verdict_is_what_the_sandbox_does(here):
    try:
        with Sandbox("auto") as sandbox:
            can_start = bool(sandbox.layers)
    except SandboxUnavailable:
        can_start = False
    assert here.can_grade == can_start


def test_every_trouble_has_a_remedy(here):
    assert [finding for finding in here.findings if finding.level != "ok" and not finding.remedy] == []


@pytest.mark.parametrize(
    ("findings", "can_grade", "conclusion"),
    [
        ((FINE,), True, "Yes: submissions can be graded safely here."),
        ((FINE, POOR), True, "Yes: submissions can be graded safely here. What is marked ! could be better."),
        ((FINE, POOR, BAD), False, "No: submissions cannot be graded safely here. What is marked ✗ is missing."),
    ],
)
def test_conclusion(findings, can_grade, conclusion):
    assert Findings(findings).can_grade is can_grade
    assert Findings(findings).text().splitlines()[-1] == conclusion


def test_text_has_the_remedy_below_its_finding():
    assert Findings((FINE, POOR)).text().splitlines()[:3] == [
        "✓ numpy       2.0",
        "! bubblewrap  not installed",
        "              → install it",
    ]


@pytest.mark.parametrize(
    ("works", "required", "level"),
    [(True, True, "ok"), (True, False, "ok"), (False, False, "warning"), (False, True, "missing")],
)
def test_what_the_sandbox_cannot_do_without_is_missing(works, required, level):
    assert doctor.about_the_sandbox(SandboxFinding("x", works, required, "words", "remedy")).level == level


def test_a_faulty_assignment_is_named_and_the_others_are_still_there(tmp_path):
    (tmp_path / "assignment.toml").write_text("title = 3", "utf-8")
    sound, faulty = doctor.examine_assignments({"mnist-mlp": library_folders()["mnist-mlp"], "broken": tmp_path})
    assert sound == Finding("assignments", "ok", "mnist-mlp")
    assert (faulty.subject, faulty.level) == ("assignment broken", "warning")
    assert "assignment.toml" in faulty.words


def test_without_any_assignment_it_says_what_to_do():
    (finding,) = doctor.examine_assignments({})
    assert finding.level == "warning"
    assert "anew" in finding.remedy


def test_without_mnist_it_says_what_takes_its_place(monkeypatch, tmp_path):
    monkeypatch.delenv("GRADER_DATA_DIR", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    finding = doctor.examine_mnist()
    assert finding.level == "warning"
    assert "digits drawn" in finding.words
    assert "grade data fetch" in finding.remedy


def test_files_that_only_look_like_mnist_are_told(monkeypatch, tmp_path):
    for name in ("t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"):
        (tmp_path / name).write_bytes(b"something else")
    monkeypatch.setenv("GRADER_DATA_DIR", str(tmp_path))
    finding = doctor.examine_mnist()
    assert finding.level == "warning"
    assert "not the published files" in finding.words
