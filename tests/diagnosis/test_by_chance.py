"""Changes that make a function right and are no word of what is wrong in it: what does the harm is left without use."""

import ast
from types import SimpleNamespace

import numpy as np
import pytest

from grader.diagnosis.repair.kinds import Kind, Kinds
from grader.diagnosis.repair.names import other_choices
from grader.diagnosis.repair.quantities import missing_terms, other_slopes
from grader.diagnosis.repair.slips import other_expressions
from grader.diagnosis.repair.statements import moved_statements, other_statements
from grader.diagnosis.repair.written import Written
from grader.sandbox import Seen

IN_A_LOOP = """\
def f(rows, W):
    total = 0
    for row in rows:
        scores = row @ W
        scores /= abs(scores).max()
        p = np.exp(scores)
        total += p.sum()
        q = p
    return total
"""
CARRIED_ON = """\
def f(rows, w):
    total = 0
    for row in rows:
        w = w - row
        total += w.sum()
    return total
"""


COUNTED = """\
def f(rows, w):
    for row in rows:
        total = row * w
        for w_new in total:
            total += w_new * w
    return total
"""


def written(source: str) -> Written:
    (definition,) = ast.parse(source).body
    assert isinstance(definition, ast.FunctionDef)
    return Written("f", None, definition, source)  # type: ignore[arg-type]


def test_a_word_is_exchanged_for_one_that_is_asked_for():
    source = (
        'def f(x, kind="relu"):\n    return g(x, "sigmoid") if kind == "sigmoid" or kind == "relu" else g(x, "other")\n'
    )
    own = written(source)
    own.unit = SimpleNamespace(source=source)
    words = [node for node in ast.walk(own.definition) if isinstance(node, ast.Call)]
    found = {word.args[1].value: [*other_choices(word.args[1], word, Kinds(own, []))] for word in words}
    assert found == {"sigmoid": [('"relu"', "name")], "other": []}


def made_later(source: str) -> set[str]:
    return {edit.before for edit in other_statements(written(source)) if edit.kind == "later"}


def exchanged(source: str) -> set[str]:
    return {edit.before for edit in other_statements(written(source)) if edit.kind == "swapped"}


def test_a_line_that_nothing_reads_one_line_further_down_is_not_said_to_stand_too_early():
    assert exchanged(IN_A_LOOP) == {"scores = row @ W", "p = np.exp(scores)", "total += p.sum()"}
    assert "scores /= abs(scores).max()" not in made_later(IN_A_LOOP)
    moved = {edit.before for edit in moved_statements(written(IN_A_LOOP), Kinds(written(IN_A_LOOP), ()))}
    assert "total += p.sum()" in moved
    assert "scores /= abs(scores).max()" not in moved


def test_what_the_next_pass_of_a_loop_reads_may_stand_too_early():
    assert "w = w - row" in exchanged(CARRIED_ON)


@pytest.mark.parametrize(("expression", "not_tried"), [("m + 1", "m * 1"), ("1 + m", "1 * m"), ("m * 1", "m / 1")])
def test_an_operator_that_leaves_one_operand_alone_is_not_the_one_that_was_meant(expression, not_tried):
    told = dict(other_expressions(ast.parse(expression, mode="eval").body))
    assert not_tried not in told
    assert told["m"] == "number-too-much"


def test_what_makes_a_slope_1_by_chance_is_no_operator_that_was_meant():
    """s + (1 - s) is 1, whatever s is: in a product the slope is too much then."""
    told = dict(other_expressions(ast.parse("s * (1 - s)", mode="eval").body))
    assert "s + (1 - s)" not in told
    assert dict(other_expressions(ast.parse("rho * rho", mode="eval").body))["rho"] == "once-too-often"


@pytest.mark.parametrize(("probs", "is_tried"), [([[0.2, 0.8]], False), ([[-0.2, 0.8]], True)])
def test_the_slope_of_relu_is_not_tried_where_it_is_1_everywhere(probs, is_tried):
    source = "def f(probs, Y):\n    return (probs - Y) * abs(probs - Y)\n"
    kinds = Kinds(written(source), ())
    array = np.array(probs)
    for text in ("probs", "probs - Y", "abs(probs - Y)", "(probs - Y) * abs(probs - Y)"):
        kinds._by_text[text] = Kind("array", (1, 2), "f")
    kinds._places["probs"] = None
    kinds._values["probs"] = [Seen(0, 1, array, array)]
    product = kinds.written.definition.body[0].value
    assert bool([*other_slopes(product, kinds)]) is is_tried


def test_what_an_inner_loop_counts_with_is_carried_on_to_no_next_pass():
    edits = moved_statements(written(COUNTED), Kinds(written(COUNTED), ()))
    assert "carried-on" not in {edit.kind for edit in edits}


@pytest.mark.parametrize(("letter", "is_tried"), [("i", False), ("f", True)])
def test_no_term_is_missing_in_an_array_of_whole_numbers_that_cuts_what_is_put_into_it(letter, is_tried):
    """With any term of floats in it, it is an array of floats, and cuts nothing: no word of what is wrong."""
    source = "def f(W):\n    dW = np.zeros(W.shape, dtype=int)\n    dW[...] = W\n    return dW\n"
    kinds = Kinds(written(source), ())
    kinds._by_text["np.zeros(W.shape, dtype=int)"] = Kind("array", (1, 2), letter)
    kinds._by_text["W"] = Kind("array", (1, 2), "f")
    kinds._places["W"] = None
    kinds._shapes.update({text: {(1, 2)} for text in kinds._by_text})
    set_up = kinds.written.definition.body[0].value
    assert bool([*missing_terms(set_up, kinds)]) is is_tried
