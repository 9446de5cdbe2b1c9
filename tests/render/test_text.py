import io

import pytest
from rich.cells import cell_len
from sample_reports import (
    diverging,
    hostile,
    internal_error,
    much_output,
    nothing_implemented,
    passing,
    rejected,
    timeouts,
    unprotected,
    wrong_gradient,
)

from grader.render import compared, render, text, wording
from grader.report import CellRun, Location, StudentError


def lines_of(report, **options) -> list[str]:
    return render(report, "text", **options).splitlines()


def test_it_begins_with_the_score_and_what_to_do_first():
    lines = lines_of(wrong_gradient())

    assert lines[0] == "A multi-layer perceptron for MNIST · homework.ipynb"
    assert lines[1].startswith("54 of 100 points")
    assert lines[3] == "Look at `backward` first: the bias gradient keeps only the last sample."
    assert lines[4] == "5 functions are right, 1 is wrong, 1 is missing, 1 is not judged."


def test_a_right_function_takes_one_line_with_symbol_word_and_points():
    lines = lines_of(wrong_gradient())
    position = next(n for n, line in enumerate(lines) if "softmax" in line)

    assert lines[position].split() == ["✓", "right", "softmax", "10", "/", "10"]
    assert "cross_entropy" in lines[position + 1]


def test_a_wrong_function_tells_the_diagnosis_before_the_evidence():
    shown = render(wrong_gradient(), "text", audience="instructor")
    story = [
        "✗ wrong           backward",
        "cell 6, line 1",
        "→ The bias gradient keeps only the last sample",
        "∂J/∂bⱼ = 1/n ∑ᵢ₌₁ⁿ",
        "At cell 6, line 4",
        "Hint 1:",
        "Hint 2:",
        "✗ Gradients of two hidden layers against central differences (4 / 16)",
        "right: dW1, dW3",
        "wrong: db1",
        "wrong: dW2 — relative error 0.31; worst at [3, 1]",
        "ValueError: operands could not be broadcast",
        "at cell 6, line 9, in backward",
        "delta = delta @ W * mask(Z)",
        "Remark: Scalars come back",
        "○ missing         predict",
        "Write `predict(params, X)`",
        "Whether it has a mistake of its own",
        "Training run of train",
        "The cost agrees with the reference's for 1 step, then leaves it.",
        "cell 9, line 2: FileNotFoundError",
        "RuntimeWarning: overflow",
        "stand-ins",
        "sandbox: landlock, seccomp",
    ]
    positions = [shown.find(part) for part in story]

    assert -1 not in positions, story[positions.index(-1)]
    assert positions == sorted(positions)


def test_one_cause_that_stops_five_checks_is_told_once():
    shown = render(timeouts(), "text")

    assert shown.count("Still running after 10 s") == 1
    assert "The same stopped 4 other checks" in shown


@pytest.mark.parametrize(
    ("report", "sentence"),
    [
        (passing, "Everything is right."),
        (nothing_implemented, "Nothing is implemented yet: begin with `relu`."),
        (timeouts, "Look at `softmax` first: it does not finish in time."),
        (rejected, "This submission could not be graded: `homework.ipynb` is not a notebook"),
        (internal_error, "The grader failed, not your work"),
        (diverging, "look at the training run: the cost explodes"),
    ],
)
def test_the_headline_says_what_matters_most(report, sentence):
    assert sentence in " ".join(lines_of(report()))


def test_what_python_cannot_compile_is_not_called_unwritten():
    error = StudentError(type="RecursionError", message="maximum recursion depth exceeded during compilation")
    run = CellRun(location=Location(file="homework.py"), status="error", error=error)

    shown = " ".join(lines_of(nothing_implemented().model_copy(update={"cells": (run,)})))

    assert "Python itself gives up on homework.py, before anything of it runs: maximum recursion" in shown
    assert "Nothing is implemented yet" not in shown
    assert "ran all the same" not in shown


def test_a_fault_of_the_grader_shows_no_score():
    assert "of 100 points" not in render(internal_error(), "text")


def test_missing_protection_and_stand_in_data_are_said_before_everything():
    shown = render(unprotected(), "text")

    assert shown.index("NO SANDBOX") < shown.index("STAND-IN DATA") < shown.index("Everything is right.")
    assert "NO SANDBOX" not in render(passing(), "text")


def test_what_is_no_number_is_marked_in_the_curve():
    line = next(line for line in lines_of(diverging()) if line.startswith("yours, train"))

    assert "▁▃▄▆▇█××××××" in line
    assert line.endswith("nan")


def test_instructors_also_get_codes_evidence_and_timing():
    secret = ["code: backward.bias-gradient-of-last-sample", "evidence:", "sha256", "diagnosis 0.20"]

    assert all(part in render(wrong_gradient(), "text", audience="instructor") for part in secret)
    assert not any(part in render(wrong_gradient(), "text") for part in secret)


def test_no_line_is_wider_than_eighty_columns(sample):
    assert max(map(cell_len, lines_of(sample, audience="instructor"))) <= 80


def test_student_text_steers_no_terminal_and_is_no_markup():
    shown = render(hostile(), "text")

    assert not set(shown) & set("\x1b\x07\x08\x00\r\u202e\u2066\u200b\ud800")
    assert "[bold red]rich[/bold red]" in " ".join(shown.split())


def test_long_output_is_cut():
    shown = lines_of(much_output())

    assert len(shown) < 80
    assert any("left out" in line for line in shown)
    assert "It printed more than is kept." in shown


def test_a_terminal_without_colour_gets_none(monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("TERM", "dumb")
    stream = io.StringIO()
    text.write(wrong_gradient(), stream)

    assert "\x1b" not in stream.getvalue()


def test_a_colour_terminal_gets_the_same_words(monkeypatch):
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("COLUMNS", "80")
    stream = io.StringIO()
    text.write(wrong_gradient(), stream)
    from grader.render.cleaning import printable

    assert "\x1b[" in stream.getvalue()
    assert printable(stream.getvalue()).split() == render(wrong_gradient(), "text").split()


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp1252", "cp437"])
def test_an_encoding_that_lacks_a_character_gets_it_spelled_out(encoding, sample):
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding=encoding)
    text.write(sample, stream)
    stream.flush()

    assert sample.assignment.title in raw.getvalue().decode(encoding)


def test_ascii_says_the_same():
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="ascii")
    text.write(wrong_gradient(), stream)
    stream.flush()
    shown = raw.getvalue().decode("ascii")

    assert "x wrong           backward" in shown
    assert "dW = 1/n X^Tdelta + lambdaW" in shown


def test_a_name_that_stands_for_two_calls_is_not_called_right_and_wrong():
    report = wrong_gradient()
    function = next(f for f in report.functions if any(c.comparisons for c in f.checks))
    check = next(c for c in function.checks if any(one.verdict == "wrong" for one in c.comparisons))
    wrong = next(one for one in check.comparisons if one.verdict == "wrong")
    right = wrong.model_copy(update={"verdict": "right", "message": ""})
    other = right.model_copy(update={"label": "the other"})
    told = check.model_copy(update={"comparisons": (right, other, wrong), "message": wrong.message})
    assert compared.right_labels(told) == ["the other"]
    assert compared.verdicts(told) == {wrong.label: "wrong", "the other": "right"}
    more = wrong.model_copy(update={"label": "a third", "message": "a third is wrong"})
    clipped = told.model_copy(update={"comparisons": (wrong, more, wrong)})
    assert wording.check_message(clipped) == ""  # a message of the first few alone says nothing of its own
