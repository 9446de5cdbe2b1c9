"""Whether a function can tell by its text who answers what it calls."""

import pytest

from grader.submissions import load_source
from grader.submissions.plain_text import plain_text

HEAD = "import numpy as np\nRATE = 0.1\ndef softmax(z): return z\ndef relu(z): return z * (z > 0)\nkept = []\n"

PLAIN = [
    "def f(X): return softmax(X)",
    "def f(X):\n    rng = np.random.default_rng(3)\n    return [softmax(x) * RATE for x in X[rng.permutation(len(X))]]",
    "def f(X, Y):\n    P = softmax(X)\n    P[range(len(Y)), Y] -= 1\n    return np.sum(P, axis=0), {'P': P.T.copy()}",
    "def g(X): return softmax(X) + 1\ndef f(X):\n    for i in range(3):\n        print(f'{i}: {g(X).sum():.2f}')\n    return g(X)",
    "def f(X): return absent(X)",
    "def f(X, n):\n    print('{}: {:.2f} {n:>3}'.format(n, softmax(X).sum(), n=n))\n    return n",
    "def f(X): return np.random.rand() + softmax(X)",
    "import random\ndef f(X):\n    X = list(X)\n    random.shuffle(X)\n    return softmax(X)",
    "def noise(X): return np.random.randn(*X.shape)\ndef f(X): return softmax(X + noise(X))",
]
NOT_PLAIN = [
    "def f(X, W, lr=RATE * 0 or 1): return softmax(X @ W)",
    "def f(X): return softmax.__code__.co_argcount",
    "def f(X): return str(softmax)",
    "def f(X): return softmax(X) if softmax is relu else 0",
    "def f(X): return softmax(X).flags",
    "def f(X): return '{0.flags}'.format(softmax(X))",
    "def f(X): return '{:{0.flags}}'.format(softmax(X))",
    "def f(X): return '{[0]}'.format(softmax(X))",
    "def f(X, text): return text.format(softmax(X))",
    "def f(X, seen=[]):\n    seen.append(1)\n    return softmax(X)",
    "def f(X):\n    kept.append(1)\n    return softmax(X)",
    "def f(X):\n    global RATE\n    RATE += 1\n    return softmax(X)",
    "def f(X):\n    try: return softmax(X)\n    except Exception: return 0",
    "def noise(z): return np.random.randn()\ndef absent(z): return noise(z)\ndef f(X): return np.random.rand() + absent(X)",
    "class Net:\n    def g(self, X): np.random.seed(3)\ndef absent(z): return Net().g(z)\ndef f(X): return np.random.rand()",
    "from numpy.random import rand\ndef absent(z): return rand()\ndef f(X): return np.random.rand() + absent(X)",
    "import random\ndef absent(z): return random.gauss(0, 1)\ndef f(X): return random.random() + absent(X)",
    "def f(X): return np.random.get_state() and softmax(X)",
    "def f(X): return np.empty(3) + softmax(X)",
    "def f(X): return vars(np)['exp'](softmax(X))",
    "def f(X): return softmax(X)\nnp.exp = f",
    "import sys\ndef f(X): return softmax(X)",
    "ACT = {'out': softmax}\ndef f(X): return ACT['out'](X)",
    "def g(X): return kept\ndef f(X): return g(X)",
    "def f(X): yield softmax(X)",
    "class Net:\n    seen = []\n    def f(self, X): return softmax(X)\ndef f(X): return Net().f(X)",
    "len = kept\ndef f(X): return len(softmax(X))",
    "import functools\n@functools.lru_cache\ndef f(X): return softmax(X)",
    "def f(X):\n    import os\n    return softmax(X)",
    "def f(X): return (lambda s=softmax: s(X))()",
]


def is_plain(text: str) -> bool:
    return plain_text(load_source(HEAD + text, "homework.py")).is_plain("f", {"softmax", "absent"})


@pytest.mark.parametrize("text", PLAIN)
def test_what_computes_with_values_is_plain(text):
    assert is_plain(text)


@pytest.mark.parametrize("text", NOT_PLAIN)
def test_what_may_look_at_anything_else_is_not(text):
    assert not is_plain(text)


def test_methods_of_a_class_without_a_state_of_its_own_are_plain():
    net = "class Net(object):\n    def __init__(self, n):\n        self.W = np.zeros(n)\n{}    def f(self, X): return self.g(X) @ self.W\n"
    own = "    def g(self, X): return softmax(X)\n"
    for text, expected in ((own, True), ("", False), ("    W = None\n" + own, True), ("    kept = []\n" + own, False)):
        read = plain_text(load_source(HEAD + net.format(text), "homework.py"))
        assert read.is_plain("Net.f", {"softmax"}) is expected
