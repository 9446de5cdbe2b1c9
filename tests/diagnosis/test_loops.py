"""Loops over arrays in functions that are meant to have none: which are told, and which are none."""

import textwrap

import pytest

from grader.assignments.contract_file import read_contract
from grader.diagnosis.cases.where import Source
from grader.diagnosis.written.loops import remarks_on_loops
from grader.submissions import load_source

CONTRACT = '''
@vectorized(over=["W", "X", "y"])
def loss(W, X, y, reg):
    """The loss, by whole arrays."""


class Net:
    """A network."""

    @vectorized(over=["X"])
    def forward(self, X):
        """The scores."""
'''


@pytest.fixture(scope="module")
def contract(tmp_path_factory):
    path = tmp_path_factory.mktemp("contract") / "contract.py"
    path.write_text(CONTRACT, "utf-8")
    return {function.name: function for function in read_contract(path)}


@pytest.fixture
def told(contract):
    def read(source, function="loss"):
        return remarks_on_loops(contract[function], Source(load_source(source, "homework.py")))

    return read


def written(body, parameters="W, X, y, reg"):
    return f"import numpy as np\n\ndef loss({parameters}):\n{textwrap.indent(textwrap.dedent(body).strip(), '    ')}\n"


@pytest.mark.parametrize(
    ("body", "line", "header", "over"),
    [
        ("for i in range(X.shape[0]):\n    pass", 4, "for i in range(X.shape[0])", "X"),
        ("N, D = X.shape\nfor i in range(N): pass", 5, "for i in range(N): pass", "X"),
        ("n = len(y)\nfor i in xrange(n):\n    pass", 5, "for i in xrange(n)", "y"),
        ("num_classes = W.shape[1]\nfor c in range(num_classes):\n    pass", 5, "for c in range(num_classes)", "W"),
        ("for i, (x, t) in enumerate(zip(X, y)):\n    pass", 4, "for i, (x, t) in enumerate(zip(X, y))", "X"),
        ("scores = X.dot(W)\nfor row in scores:\n    pass", 5, "for row in scores", "X"),
        ("p = np.exp(X @ W)\np /= p.sum(axis=1)\nfor q in p.T:\n    pass", 6, "for q in p.T", "X"),
        ("for c in np.unique(y):\n    pass", 4, "for c in np.unique(y)", "y"),
        ("for i in np.arange(X.shape[0]):\n    pass", 4, "for i in np.arange(X.shape[0])", "X"),
        ("for i in range(int(y.max()) + 1):\n    pass", 4, "for i in range(int(y.max()) + 1)", "y"),
        ("i = 0\nwhile i < X.shape[0]:\n    i += 1", 5, "while i < X.shape[0]", "X"),
        ("return sum(s[t] for s, t in zip(X @ W, y))", 4, "return sum(s[t] for s, t in zip(X @ W, y))", "X"),
        ("if reg:\n    n = len(X)\n    losses = [x for x in range(n)]", 6, "losses = [x for x in range(n)]", "X"),
    ],
)
def test_loops_over_arrays_are_told(told, body, line, header, over):
    (remark,) = told(written(body))
    assert remark.startswith(f"homework.py, line {line}: `{header}` is a loop over `{over}`; `loss` is meant to")
    assert remark.endswith("It costs no points")


@pytest.mark.parametrize(
    "body",
    [
        "scores = X.dot(W)\nreturn scores.max()",
        "for name in ('W', 'b'):\n    pass",
        "for layer in range(3):\n    X = X @ W",
        "grads = {'W': X.T @ X}\nfor key in grads:\n    grads[key] += reg",
        "grads = {'W': X.T @ X}\nfor key, value in grads.items():\n    pass",
        "value, grads = elsewhere(W, X, y)\nfor key in grads:\n    pass",
        "for start in range(0, len(X), 1000):\n    X[start:start + 1000] @ W",
        "n = len(X)\nn = 3\nfor i in range(n):\n    pass",
        "while reg > 1:\n    reg /= 2",
        "text = 'for i in range(len(X)):'",
    ],
)
def test_what_is_no_loop_over_an_array(told, body):
    assert told(written(body)) == ()


def test_of_nested_loops_the_outer_is_told(told):
    (remark,) = told(written("for x in X:\n    for k in range(W.shape[1]):\n        pass"))
    assert "`for x in X`" in remark


def test_parameters_may_have_other_names(told):
    (remark,) = told(written("for row in inputs:\n    pass", "weights, inputs, labels, strength"))
    assert "`for row in inputs` is a loop over `X`" in remark


def test_functions_that_are_called_are_read_with_what_they_are_given(told):
    helpers = "def naive(A, b, k):\n    for i in range(len(b)):\n        pass\n    for j in range(k):\n        pass\n\n"
    (remark,) = told(helpers + written("return naive(W, k=3, b=y)"))
    assert remark.startswith("homework.py, line 2: `for i in range(len(b))` is a loop over `y`; `loss` is meant")
    assert told(helpers + written("return naive(1, [1, 2], 3)")) == ()
    assert len(told(helpers + written("return naive(W, y, X.shape[1])"))) == 2


def test_functions_that_call_each_other(told):
    source = "def odd(x):\n    return even(x.T)\n\ndef even(x):\n    for row in x:\n        pass\n    return odd(x)\n\n"
    assert len(told(source + written("return odd(X)"))) == 1


def test_methods(told):
    net = """
    class Net:
        def forward(self, inputs):
            return self.scores(inputs, 2)

        def scores(self, a, k):
            for layer in range(k):
                a = [row for row in a]
    """
    (remark,) = told(textwrap.dedent(net), "Net.forward")
    assert remark.startswith("homework.py, line 8: `a = [row for row in a]` is a loop over `X`; `Net.forward`")


def test_hostile_source_is_read_or_left(told):
    assert told(written("return " + "X + " * 2500 + "1")) == ()
    loops = "\n".join(f"for i{k} in X:\n    pass" for k in range(1000))
    assert len(told(written(loops))) < 100
    calls = "\n".join(f"def f{k}(a):\n    f{k + 1}(a); f{k + 1}(a.T)\n" for k in range(400))
    assert told(calls + written("return f0(X)")) == ()
