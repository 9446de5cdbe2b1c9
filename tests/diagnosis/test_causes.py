"""What an exception comes of, as the text of the function tells beside the message."""

import ast

import numpy as np
import pytest

from grader.diagnosis.cases.where import Source
from grader.diagnosis.repair.written import Written
from grader.diagnosis.written.exceptions import explained_by_text
from grader.diagnosis.written.failed_operation import Failure
from grader.sandbox import Seen
from grader.submissions import load_source
from grader.submissions.trees import walk

LAYER_COUNT = "def step(p):\n    L = len(p)COUNT\n    for l in range(L):\n        p['W' + str(l + 1)] += 1\n"
SHARES, CLASSES = np.full((3, 4), 0.25), np.array([3, 0, 1])
KEPT = """
class Layer:
    def __init__(self):
        self.input = None
    def forward(self, x):
        PUT
        return 2 * x
    def backward(self, d):
        return self.input.T @ d
"""
TOO_FAR = ("IndexError", "index 3 is out of bounds for axis 0 with size 3")
NO_W3 = ("KeyError", "'W3'")
OF_NONE = ("AttributeError", "'NoneType' object has no attribute 'T'")
UNLIKE = ("ValueError", "shapes (3,) and (4,) not aligned: 3 (dim 0) != 4 (dim 0)")
ABSENT = ("AttributeError", "module 'numpy' has no attribute 'zeors'")


@pytest.mark.parametrize(
    ("text", "operation", "error", "operands", "words", "is_told"),
    [
        (LAYER_COUNT.replace("COUNT", ""), "p['W' + str(l + 1)]", NO_W3, {"p": "dict 4"}, "counts the entries", True),
        (
            *(LAYER_COUNT.replace("COUNT", " // 2"), "p['W' + str(l + 1)]", NO_W3),
            *({"p": "dict 4"}, "counts the entries", False),
        ),
        (LAYER_COUNT.replace("COUNT", ""), "p['W' + str(l + 1)]", NO_W3, {"p": "dict 9"}, "counts the entries", False),
        ("def loss(p, y):\n    return p[y]\n", "p[y]", TOO_FAR, {"p": SHARES, "y": CLASSES}, "whole rows", True),
        ("def loss(p, y):\n    return p[y]\n", "p[y]", TOO_FAR, {"p": SHARES, "y": CLASSES + 1}, "whole rows", False),
        ("def loss(p, y):\n    return p[y]\n", "p[y]", TOO_FAR, {"p": SHARES.T, "y": CLASSES}, "whole rows", False),
        (
            *("def loss(p, n, y):\n    return p[n, y]\n", "p[n, y]", TOO_FAR),
            *({"p": SHARES, "n": 3, "y": CLASSES}, "is how many rows there are", True),
        ),
        (
            *("def loss(p, n, y):\n    return p[n, y]\n", "p[n, y]", TOO_FAR),
            *({"p": SHARES, "n": 4, "y": CLASSES}, "is how many rows there are", False),
        ),
        (KEPT.replace("PUT", "pass"), "self.input.T", OF_NONE, {"self.input": "NoneType"}, "of its class", True),
        (
            *(KEPT.replace("PUT", "self.input = x.reshape(-1)"), "self.input.T", OF_NONE),
            *({"self.input": "NoneType"}, "of its class puts", False),
        ),
        (
            "def grads(n):\n    return np.zeors(n)\n",
            *("np.zeors", ABSENT, {"np": "module numpy"}, "`zeros` is written nearly like it.", True),
        ),
        (
            *("def back(d, x):\n    return d.dot(x.T)\n", "d.dot(x.T)", UNLIKE),
            *({"d": CLASSES, "x.T": np.ones(4)}, "is the outer product. A vector has no rows", True),
        ),
        (
            *("def back(d, x):\n    return np.dot(d, x)\n", "np.dot(d, x)", UNLIKE),
            *({"d": CLASSES, "x": SHARES.T}, "outer product", False),
        ),
        (
            "def back(x):\n    activations, activation = [x], x\n    return activation[-3]\n",
            *("activation[-3]", TOO_FAR, {"activation": SHARES}, "`activations` is another one", True),
        ),
    ],
)  # fmt: skip
def test_the_cause_is_told_beside_the_message(text, operation, error, operands, words, is_told):
    submission = load_source(text, "homework.py")
    unit = submission.units[0]
    tree = ast.parse(unit.source)
    definition = [node for node in walk(tree) if isinstance(node, ast.FunctionDef)][-1]
    name = f"Layer.{definition.name}" if "class" in text else definition.name
    written = Written(name, unit, definition, unit.source)
    statements = [node for node in walk(definition) if isinstance(node, ast.Assign | ast.AugAssign | ast.Return)]
    found = [(one, node) for one in statements for node in walk(one) if isinstance(node, ast.expr)]
    place, piece = next(((one, node) for one, node in found if ast.unparse(node) == operation), (statements[0], None))
    seen = tuple((held, Seen(1, 1, value, value)) for held, value in operands.items())
    told = explained_by_text(Failure(name, place, piece, seen, *error), name, written, Source(submission))
    assert told is not None
    assert (words in f"{told.title} {told.explanation}") == is_told
