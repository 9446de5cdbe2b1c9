"""Which statements a part of a result is computed by."""

import ast
import textwrap

import pytest

from grader.diagnosis.cases.parts import Part
from grader.diagnosis.repair.written import Written
from grader.diagnosis.written.slices import Slices, is_plain

NETWORK = """\
def loss(X, y, W1, W2, reg):
    h = X @ W1
    a = h * (h > 0)
    p = soft(a @ W2)
    d = p - y
    dW2 = a.T @ d
    d = d @ W2.T
    db1 = d.sum(0)
    d = d * (h > 0)
    dW1 = X.T @ d
    grads = {"W1": dW1, "b1": db1}
    grads.update({"W2": dW2 + reg * W2})
    return p, grads
"""
LOOP = """\
def update(params, grads, s, n):
    total = 0
    for l in range(n):
        s["dW" + str(l)] = s["dW" + str(l)] + grads["dW" + str(l)]
        s["db" + str(l)] = s["db" + str(l)] + 1
        total += l
    view = s["dW1"]
    view[0] = total
    return s, total
"""
SIZES = """\
def parts(a, b):
    n, m = b.shape
    x = (a @ b)[:n]
    y = (b @ a)[:n]
    return x, y, a
"""


class Known:
    """Parts of which some are wrong."""

    def __init__(self, wrong, right):
        self.wrong = [Part(str(path), path, "f 2") for path in wrong]
        self.right = [Part(str(path), path, "f 2") for path in right]


def slices(source):
    (definition,) = ast.parse(textwrap.dedent(source)).body
    return Slices(Written("f", None, definition, source))


@pytest.mark.parametrize(
    ("source", "wrong", "right", "lines"),
    [
        (NETWORK, [(1, "b1")], [(0,), (1, "W1"), (1, "W2")], ["db1 = d.sum(0)"]),
        (NETWORK, [(1, "W2")], [(0,), (1, "W1"), (1, "b1")], ["dW2 = a.T @ d", "grads.update({'W2': dW2 + reg * W2})"]),
        (NETWORK, [(1, "W1")], [(0,), (1, "W2"), (1, "b1")], ["d = d * (h > 0)", "dW1 = X.T @ d"]),
        (LOOP, [(0, "db2")], [(0, "dW2"), (1,)], ["s['db' + str(l)] = s['db' + str(l)] + 1"]),
        (LOOP, [(0, "dW1")], [], []),
        (SIZES, [(0,), (1,)], [(2,)], ["n, m = b.shape", "x = (a @ b)[:n]", "y = (b @ a)[:n]"]),
    ],
)
def test_what_only_wrong_parts_are_computed_by(source, wrong, right, lines):
    known = Known(wrong, right)
    found = slices(source).alone_in(known.wrong, known.right)
    assert [ast.unparse(one) for one in found] == lines


def test_the_shape_that_a_layer_keeps_is_not_all_that_it_keeps():
    layer = slices("def f(self, dout):\n    self.db = dout.sum(1)\n    return (dout @ self.W.T).reshape(self.shape)\n")
    wrong, right = Part("db", (), "db"), Part("dx", (), "f None")
    assert [ast.unparse(one) for one in layer.alone_in([wrong], [right])] == ["self.db = dout.sum(1)"]


def test_a_line_of_another_part_cannot_hold_the_mistake():
    of_the_network = slices(NETWORK)
    parts = Known([(1, "b1")], [(0,)])
    lines = {ast.unparse(place.statement): place.statement.lineno for place in of_the_network.written.places}
    assert not of_the_network.may_hold(parts, lines["dW1 = X.T @ d"])
    assert of_the_network.may_hold(parts, lines["d = p - y"])


def test_a_view_is_followed():
    parts = Known([(0, "dW1")], [])
    written = slices(LOOP)
    line = next(p.statement.lineno for p in written.written.places if ast.unparse(p.statement) == "view[0] = total")
    assert written.may_hold(parts, line)


@pytest.mark.parametrize(
    ("statement", "plain"),
    [("x, w = cache", True), ("dW = np.zeros_like(W)", True), ("dW = x.T @ d", False), ("dW += 2 * reg * W", False)],
)
def test_what_computes_nothing(statement, plain):
    assert is_plain(ast.parse(statement).body[0]) == plain
