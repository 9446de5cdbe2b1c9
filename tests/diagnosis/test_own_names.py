"""Sentences that were written for everybody speak of no names that a file does not have."""

import pytest

from grader.diagnosis.own_names import OwnNames

NAMES = OwnNames(["def check(theta, eps):\n    upper = theta + eps\n    while upper[0] > 0:\n        upper -= 1\n"])


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("It is halved. Look at `gradapprox`, which is too large.", "It is halved."),
        ("It is halved. Look at `upper`, which is too large.", "It is halved. Look at `upper`, which is too large."),
        ("A sum. `np.sum(x, axis=0)` adds, and `rand` draws.", "A sum. `np.sum(x, axis=0)` adds, and `rand` draws."),
        ("Moved. After `minus = plus` both are one.", "Moved."),
        ("Where does `range` begin?", "Where does `range` begin?"),  # all that there is
    ],
)
def test_a_sentence_on_another_name_is_left_out_unless_it_is_all_that_is_said(text, told):
    assert NAMES.told(text) == told


def test_a_hint_on_another_name_is_left_out():
    assert NAMES.hints(("Where does your `range` begin?", "Print `upper`.")) == ("Print `upper`.",)
