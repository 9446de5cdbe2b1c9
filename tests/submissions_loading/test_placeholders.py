"""What is still the exercise is told from what was written, by the text alone."""

import ast

import pytest

from grader.submissions.placeholders import is_left_open
from grader.submissions.unwritten import unwritten


def left_open(text: str, kept: tuple[int, ...] = ()) -> bool:
    (function,) = ast.parse(text).body
    assert isinstance(function, ast.FunctionDef)
    return is_left_open(function, kept)


OPEN = {
    "a dict that is made of None alone": """
def rnn_cell_backward(da_next, cache):
    (a_next, a_prev, xt, parameters) = cache
    dtanh = None
    dxt = None
    dWax = None
    gradients = {"dxt": dxt, "dWax": dWax}
    return gradients
""",
    "sums of which every part is None": """
def rnn_backward(da, caches):
    dWax = np.zeros((3, 2))
    for t in reversed(range(4)):
        gradients = rnn_cell_backward(None, None)
        dWax += None
    return {"dWax": dWax}
""",
    "a result that is None": """
def linear_forward(A, W, b):
    Z = None
    assert(Z.shape == (W.shape[0], A.shape[1]))
    cache = (A, W, b)
    return Z, cache
""",
    "a result that was never bound": """
def linear_forward(A, W, b):
    # Z = ...
    cache = (A, W, b)
    return Z, cache
""",
    "several targets of one None": """
def forward(X, parameters):
    caches = []
    A = X
    L = len(parameters) // 2
    for l in range(1, L):
        A_prev = A
        A, cache = None
        None
    AL, cache = None
    return AL, caches
""",
    "a squeezed None": """
def compute_cost(AL, Y):
    m = Y.shape[1]
    cost = None
    cost = np.squeeze(cost)
    return cost
""",
    "a name that is only squeezed": """
def compute_cost(AL, Y):
    m = Y.shape[1]
    cost = np.squeeze(cost)
    return cost
""",
    "a cost made of the None beside it": """
def propagate(w, b, X, Y):
    A = None
    dw = None
    cost = np.squeeze(np.array(np.mean(A)))
    return dw, cost
""",
    "a sum with a None": """
def cost(A, Y, lambd):
    data = compute_cost(A, Y)
    penalty = None
    total = data + penalty
    return total
""",
    "a None written into a sum": """
def backward(X, Y, cache):
    dW = np.dot(X, Y.T) + None
    return {"dW": dW}
""",
    "a dict of None": """
def update(parameters, grads, rate):
    L = len(parameters) // 2
    for l in range(L):
        parameters["W" + str(l + 1)] = None
        parameters["b" + str(l + 1)] = None
    return parameters
""",
    "a new dict of None": """
def backward(AL, Y, caches):
    grads = {}
    L = len(caches)
    Y = Y.reshape(AL.shape)
    dAL = None
    grads["dA" + str(L - 1)], grads["dW" + str(L)], grads["db" + str(L)] = None
    return grads
""",
    "a copied dict of None": """
def update(parameters, grads, rate):
    parameters = parameters.copy()
    for l in range(3):
        parameters["W" + str(l + 1)] = None
    return parameters
""",
    "an empty dict": """
def backward(AL, Y, caches):
    grads = {}
    L = len(caches)
    Y = Y.reshape(AL.shape)
    return grads
""",
    "a copy of a dict": """
def update(params, grads, learning_rate):
    parameters = copy.deepcopy(params)
    L = len(parameters) // 2
    return parameters
""",
    "a branch for each activation": """
def backward(dA, cache, activation):
    linear_cache, activation_cache = cache
    if activation == "relu":
        dZ = None
        dA_prev, dW, db = None
    elif activation == "sigmoid":
        dZ = None
        dA_prev, dW, db = None
    return dA_prev, dW, db
""",
}

WRITTEN = {
    "a dict of which one entry is None, and one is not": """
def backward(dout, cache):
    db = None
    dW = cache.T @ dout
    return {"dW": dW, "db": db}
""",
    "a dict whose entries come later": """
def backward(dout, cache):
    dW = None
    grads = {"dW": dW}
    grads["dW"] = cache.T @ dout
    return grads
""",
    "a result": "def f(A, W, b):\n    Z = W @ A + b\n    return Z, (A, W, b)",
    "a misspelt name": "def f(A, W, b):\n    z = W @ A + b\n    return Z, (A, W, b)",
    "a None to begin with": "def f(xs):\n    best = None\n    for x in xs:\n        best = x\n    return best",
    "a default of None": "def f(x, axis=None):\n    return np.sum(x, axis=axis)",
    "None as an argument": "def f(x):\n    axis = None\n    total = np.sum(x, axis)\n    return total",
    "None for want of an input": "def f(x):\n    if x is None:\n        return None\n    return 2 * x",
    "a None among results": "def f(x):\n    g = {}\n    g['a'] = None\n    g['b'] = 2 * x\n    return g",
    "a dict filled at once": "def f(x):\n    g = {'a': x}\n    g['b'] = None\n    return g",
    "a dict filled by a method": "def f(x):\n    g = {}\n    g['b'] = None\n    g.update(a=x)\n    return g",
    "another function's argument": "def f(xs):\n    a = None\n    return reduce(lambda a, x: a + x, xs)",
    "a name set from inside": (
        "def f(x):\n    y = None\n    def g():\n        nonlocal y\n        y = 3\n    g()\n    return y + x"
    ),
    "a loop's name": "def f(xs):\n    x = None\n    for x in xs:\n        pass\n    return x + 1",
    "nothing to return": "def f(x):\n    y = None",
    "an imported name": "def f(x):\n    import numpy as np\n    return np",
    "a type that allows None": "def f(x):\n    y: int | None = None\n    y = x\n    return y",
    "a dict changed in place": (
        "def f(p, g):\n    p = copy.deepcopy(p)\n    for k in p:\n        p[k] -= g['d' + k]\n    return p"
    ),
    "a dict of differences": (
        "def f(p, g):\n    q = copy.deepcopy(p)\n    for k in p:\n        q[k] = p[k] - g[k]\n    return q"
    ),
    "a dict that others fill": "def f(x):\n    g = {}\n    fill(g, x)\n    return g",
    "a copied array": "def f(x):\n    y = x.copy()\n    return y",
    "a loss whose gradient is still None": (
        "def f(W, X):\n    s = X @ W\n    loss = 0.0\n    loss += np.mean(s)\n    dW = None\n    return loss, dW"
    ),
    "one of three gradients that is None": (
        "def f(d, cache):\n    A, W, b = cache\n    dW = d @ A.T\n    db = None\n    return W.T @ d, dW, db"
    ),
    "the argument itself": "def f(x):\n    return x",
}


@pytest.mark.parametrize("name", OPEN)
def test_the_exercise_is_open(name):
    assert left_open(OPEN[name])


@pytest.mark.parametrize("name", WRITTEN)
def test_what_was_written_is_not(name):
    assert not left_open(WRITTEN[name])


def test_a_cache_may_be_none():
    text = "def relu_forward(x):\n    cache = None\n    return x, cache"
    assert not left_open(text, kept=(1,))
    assert left_open(text)
    assert not left_open("def prepare(x):\n    state = None\n    return state", kept=(-1,))


def test_a_global_variable_is_something():
    text = "def predict(X):\n    return predictions"
    assert left_open(text)
    (function,) = ast.parse(text).body
    assert not is_left_open(function, defined={"predictions"})


NET = """
class Net:
    def __init__(self): self.w = 1
    def loss(self, X, y=None): return X * self.w
    def train(self, X, y):
        {}
"""


@pytest.mark.parametrize(
    ("body", "is_open"),
    [
        ("X_batch = None; y_batch = None; loss = self.loss(X_batch, y=y_batch); return loss", True),
        ("for _ in range(3):\n            batch = None\n            self.w -= self.loss(batch)", True),
        ("n = len(X)", True),
        ("self.w += None", True),
        ("n = len(X); n, d = X.shape; print(n)", True),
        ("batch = None; batch = X[:2]; self.w -= self.loss(batch)", False),
        ("none = None; self.w -= self.loss(X, none)", False),
        ("self.w = 2", False),
        ("X[0] = 2", False),
        ("self.loss(X)", False),
        ("return X", False),
    ],
)
def test_methods_that_change_an_object(body, is_open):
    assert unwritten(NET.format(body), {"Net.loss": ()})["Net.train"] is is_open
