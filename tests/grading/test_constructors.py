"""A slip of a constructor costs the first method that needs an object; the others are judged with it put right."""

import re

import pytest

from grader import Grader
from grader.submissions import load_source
from tests import library

CLASSES = [
    (
        *("uva-modules", "modules", "LinearModule"),
        *(r"input_layer=False", "rate, is_first=True"),
        "takes other parameters than the task asks for",
    ),
    (
        *("layers-with-learning-rate", "xor", "Dense"),
        *(r"self\.bias\b", "self.biases"),
        "has no attribute `bias`, which the task asks for",
    ),
]


@pytest.mark.parametrize(("assignment", "file", "owner", "right", "wrong", "words"), CLASSES)
@pytest.mark.parametrize("spoilt", [False, True])
def test_methods_behind_a_constructor_are_judged(session, assignment, file, owner, right, wrong, words, spoilt):
    text = re.sub(right, wrong, library.example(assignment, f"right/{file}.py").read_text())
    text = text.replace("if input_layer", "if is_first")
    if spoilt:  # by a mistake of its own, behind the constructor's
        text = re.sub(r"np\.sum\(dout|learning_rate \* output_gradient", r"2 * \g<0>", text)
    with Grader(assignment, sandbox=session.sandbox) as grader:
        functions = [f"{owner}.forward", f"{owner}.backward"]
        report = grader.grade(load_source(text, "homework.py"), functions=functions)
    forward, backward = map(report.function, functions)
    assert words in forward.diagnoses[0].title
    assert "With that put right every check" in forward.diagnoses[0].explanation
    assert forward.score <= 2  # of what asks for no attribute: that a new layer's output has its shape
    assert (backward.score == backward.max_score) == (not spoilt)
    assert backward.follows_from == (() if spoilt else (owner,))
    if spoilt:
        assert any("2" in one.title for one in backward.diagnoses), backward.diagnoses
