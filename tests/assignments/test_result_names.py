"""A function's results have names: those of the contract's docstring, else those in the solution's `return`."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.assignments import library_folders
from grader.assignments.result_names import ResultNames, names_in_code, names_in_documentation
from tests import library

GOOGLE = """Loss and gradient.

Returns:
    (loss, dW): one number, and the gradient of shape (D, C).
"""
IN_BACKTICKS = """Scores, or loss.

Returns:
    without y the scores, shape (N, C); with y `(loss, grads)`: one number and a dict.

    Shapes (D, C) are those of W.
"""
NUMPY = """Loss and gradient.

Returns
-------
loss : float
    the mean over all samples: a number.
dW : ndarray
    of shape (D, C).

Notes
-----
b : is no result.
"""
DASHES = """A layer.

Returns:
    Z -- the input of the activation function
    cache -- a tuple, stored for the backward pass
"""


@pytest.mark.parametrize(
    ("documentation", "names"),
    [(GOOGLE, ("loss", "dW")), (IN_BACKTICKS, ("loss", "grads")), (NUMPY, ("loss", "dW")), (DASHES, ("Z", "cache"))],
)
def test_names_are_read_from_the_common_styles_of_docstrings(documentation, names):
    assert names_in_documentation(documentation).several == {2: names}


@pytest.mark.parametrize("text", ["one number: the mean.", "float: the mean.", "shape (n, k), as X.", "the new array."])
def test_what_is_no_name_is_not_read_as_one(text):
    assert names_in_documentation(f"A function.\n\nReturns:\n    {text}\n") == ResultNames()


def test_a_single_result_has_a_name_if_the_docstring_gives_it_one():
    names = names_in_documentation("Backward pass.\n\nReturns:\n    grads: a dict with the keys of params.\n")
    assert names.part(("W1",), "backward", None) == '`grads["W1"]`'
    assert names.part((), "backward", None) == "`grads`"


def test_the_solution_s_return_names_what_the_docstring_does_not():
    source = "def f(x):\n    def g():\n        return a, b\n    if x:\n        return x\n    return loss, dW\n"
    names = names_in_documentation("No section.").or_else(names_in_code(source, ["f"])["f"])
    assert names.part((1,), "f", 2) == "`dW`"
    assert names.part((), "f", None) == "the result of `f`"


@pytest.mark.parametrize("made", ["grads = {}", "depth, grads = 3, {}"])
def test_a_dict_that_a_last_step_hands_on_keeps_its_name(made):
    source = f"def f(x):\n    {made}\n    return handed_on(grads)\ndef g(x):\n    return handed_on(x)"
    names = names_in_code(source, ["f", "g", "h"])
    assert names["f"].part(("W1",), "f", None) == '`grads["W1"]`'
    assert names["g"] == ResultNames()


def test_an_argument_that_a_check_gets_behind_the_results_has_its_own_name():
    names = ResultNames(several={2: ("out", "cache")}).followed_by(("bn_param",))
    assert names.part((2, "running_mean"), "f", 3) == '`bn_param["running_mean"]`'
    assert names.part((1,), "f", 2) == "`cache`"


def test_what_nobody_names_is_told_by_its_rank():
    assert ResultNames().part((1,), "f", 2) == "the second of its 2 results"
    assert ResultNames().part((1, "W1"), "f", 2) == "`W1` in the second of its 2 results"


STEPS = st.one_of(st.integers(0, 12), st.text(max_size=6))


@given(st.lists(STEPS, max_size=4).map(tuple), st.none() | st.integers(1, 12))
def test_no_name_is_an_index_alone(path, count):
    for names in (ResultNames(), ResultNames(several={2: ("loss", "dW")}), ResultNames(holder="grads")):
        name = names.part(path, "f", count)
        assert name.count("`") % 2 == 0
        assert not name.startswith("`[") or "result" in name


def test_every_function_of_the_library_that_returns_several_values_has_names_for_them():
    for name in library_folders():
        for entry in library.assignment(name).contract:
            assert entry.outputs is None or entry.outputs in entry.results.several, entry.name
