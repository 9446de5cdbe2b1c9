"""Contract and solution must take the same."""

import pytest

from grader.assignments import read_assignment
from grader.validation.signatures import compare_signatures


@pytest.mark.parametrize(
    ("in_contract", "in_solution", "told"),
    [
        ("X, w", "w, X", "in another order: the contract has (X, w), the solution (w, X)"),
        ("X, y", "X, z", "other parameters: the contract has (X, y), the solution (X, z)"),
        ("X", "X, reg", "other parameters: the contract has (X), the solution (X, reg)"),
        ("X, *, reg", "X, reg", "`reg` is given by its name alone in the contract, not in the other"),
        ("X, reg", "X, *, reg", "`reg` is given by its name alone in the solution, not in the other"),
        ("X, reg=0.1", "X, reg", "`reg` has a default in the contract alone"),
        ("X, reg", "X, reg=0.1", "`reg` has a default in the solution alone"),
        ("X, reg=0.1", "X, reg=0.2", "`reg` is 0.1 by default in the contract, 0.2 in the solution"),
        ("*parts", "parts", "other parameters: the contract has (*parts), the solution (parts)"),
    ],
)
def test_what_differs_is_told_with_both_places(author, in_contract, in_solution, told):
    line = author.append("contract.py", f'def penalty({in_contract}):\n    """A penalty."""\n')
    own = author.append("solution.py", f"def penalty({in_solution}):\n    return 0\n")
    outcome = next(o for o in compare_signatures(read_assignment(author.folder)) if o.name == "penalty")
    assert outcome.problems == (told,)
    assert outcome.where == f"contract.py, line {line}, solution.py, line {own}"


@pytest.mark.parametrize(
    ("in_contract", "in_solution"),
    [
        ("X, /, y", "X, y"),
        ("X, *, a=1, b", "X, *, a=1, b"),
        ("scale=(1.0, 2)", "scale=(1.0, 2)"),
        ("*a, **b", "*a, **b"),
    ],
)
def test_what_is_the_same(author, in_contract, in_solution):
    author.append("contract.py", f'def penalty({in_contract}):\n    """A penalty."""\n')
    author.append("solution.py", f"def penalty({in_solution}):\n    return 0\n")
    assert not any(outcome.problems for outcome in compare_signatures(read_assignment(author.folder)))


def test_methods_are_compared_without_their_instance(author):
    author.append(
        "contract.py",
        'class Net:\n    """A net."""\n\n    def __init__(self, sizes, seed):\n        """Made."""\n\n'
        '    def forward(self, X, mode):\n        """Runs."""\n\n    def size(net):\n        """Its size."""\n',
    )
    author.append(
        "solution.py",
        "class Net:\n    def __init__(self, seed, sizes): pass\n    def forward(self, mode, X): pass\n"
        "    def size(self): pass\n",
    )
    told = {o.name: o.problems for o in compare_signatures(read_assignment(author.folder)) if o.problems}
    assert set(told) == {"Net", "Net.forward"}
    assert "in another order" in told["Net"][0]


def test_the_validation_is_unsound(author):
    author.replace("contract.py", "def mse(predicted: Array, y: Array)", "def mse(y: Array, predicted: Array)")
    validation = author.validation()
    assert not validation.is_sound
    assert "in another order: the contract has (y, predicted), the solution (predicted, y)" in validation.table()
