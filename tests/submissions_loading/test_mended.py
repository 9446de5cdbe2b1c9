"""Slips of syntax that are put right, so that what stands behind them can be judged."""

import pytest

from grader.submissions import load_source

HEAD = "def f(x, y):\n"


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("if x = y:\n        pass", "if x == y:\n        pass"),
        ("if max(x, key=len) = y:\n        pass", "if max(x, key=len) == y:\n        pass"),
        ("for i in x\n        pass", "for i in x:\n        pass"),
        ("for i in x;  # all\n        pass", "for i in x:  # all\n        pass"),
        ("if x: pass\n    else if y: pass", "if x: pass\n    elif y: pass"),
        ("x.shape None", "x.shape = None"),
        ("z np.dot(x, y)", "z = np.dot(x, y)"),
        ("x++", "x += 1"),
        ("z = x && y", "z = x and y"),
        ("z = x => y", "z = x >= y"),
        ("z = 2x + y", "z = 2 * x + y"),
        ("z = x – y", "z = x - y"),
        ("z = x['W1]", "z = x['W1']"),
        ("z = np.dot(x, y))", "z = np.dot(x, y)"),
        ("z = np.dot(x, y", "z = np.dot(x, y)"),
        ("for i in range(len(x):\n        pass", "for i in range(len(x)):\n        pass"),
        ("z = np.dot(x y)", "z = np.dot(x, y)"),
        ("retrun x", "return x"),
        ("z = x\n     z = y", "z = x\n    z = y"),
        ("z = x\n   z = y", "z = x\n    z = y"),
    ],
)
def test_what_is_meant(line, meant):
    (unit,) = load_source(f"{HEAD}    {line}\n    return x\n").units
    assert unit.mended is not None
    assert unit.mended.source == f"{HEAD}    {meant}\n    return x\n"


def test_the_body_of_a_function_beside_its_head():
    (unit,) = load_source("class A:\n    def f(self):\n    x = 1\n    return x\n    def g(self):\n        pass\n").units
    assert unit.mended is not None
    assert unit.mended.source.split("\n")[2:5] == ["        x = 1", "        return x", "    def g(self):"]


@pytest.mark.parametrize(
    "line", ["z = (x)) * (y)", "this is no Python", "z = x +", "if x\n    y", "x + 1 = y", "z = 'a", "f(x, y z w)"]
)
def test_what_may_mean_anything_is_left(line):
    (unit,) = load_source(f"{HEAD}    {line}\n    return x\n").units
    assert (len(unit.faults), unit.mended) == (1, None)
