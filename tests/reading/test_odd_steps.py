"""Right networks whose steps are not those of the plain rule, and what must not be called right."""

import pytest

import grader

KERNEL = """
import numpy as np
rng = np.random.default_rng(8)
X = rng.random((24, 5, 5)); y = (X[:, :2].mean((1, 2)) > X[:, 3:].mean((1, 2))).astype(float)[:, None]
k = rng.normal(0, .4, (2, 2, 3)); w = rng.normal(0, .3, (48, 1)); b = np.zeros(1); m = np.zeros(k.shape)
for step in range(12):
    z = np.zeros((24, 4, 4, 3))
    for i in range(2):
        for j in range(2):
            z += X[:, i:i + 4, j:j + 4, None] @ k[i, j][None, :]
    a = np.tanh(z).reshape(24, -1)
    o = 1 / (1 + np.exp(-(a @ w + b)))
    loss = -np.mean(y * np.log(o) + (1 - y) * np.log(1 - o))
    d = (o - y) / 24
    dz = ((d @ w.T) * (1 - a * a)).reshape(z.shape)
    g = np.zeros_like(k)
    for i in range(2):
        for j in range(2):
            g[i, j] = np.tensordot(X[:, i:i + 4, j:j + 4], dz, axes=3)
    w -= .5 * a.T @ d
    b -= .5 * d.sum(0)
    STEP
"""

DENSE = """
import numpy as np
rng = np.random.default_rng(4)
data = rng.random((128, 16)).astype("f")
W, b, V, c = (rng.normal(0, .5, s).astype("f") for s in ((16, 4), 4, (4, 16), 16))
v = [0, 0, 0, 0]
sigmoid = lambda u: 1 / (1 + np.exp(-u))
for t in range(40):
    X = data[t % 8 * 16:][:16]
    h = sigmoid(X @ W + b)
    o = sigmoid(h @ V + c)
    cost = ((o - X) ** 2).sum() / 32
    d = (o - X) * (o * (1 - o)) / 16
    e = (d @ V.T) * (h * (1 - h))
    for i, (p, g) in enumerate(((W, X.T @ e), (b, e.sum(0)), (V, h.T @ d), (c, d.sum(0)))):
        STEP
"""


@pytest.fixture
def explain(tmp_path):
    def explain(text: str, step: str):
        script = tmp_path / "script.py"
        script.write_text(text.replace("STEP", step))
        return grader.explain(script)

    return explain


@pytest.mark.parametrize("step", ["m = .9 * m + g; k -= .2 * m", "k -= .5 * (g + .05 * k)"], ids=["memory", "penalty"])
def test_a_kernel_with_a_step_of_its_own_is_neither_wrong_nor_called_right(explain, step):
    found = explain(KERNEL, step)
    assert not found.faults
    assert found.status == "partly"
    assert "k" in [quantity.name for quantity in found.unjudged]


def test_a_kernel_that_is_used_part_by_part_is_judged(explain):
    found = explain(KERNEL, "k -= .5 * g.transpose(1, 0, 2)")
    assert [fault.quantity for fault in found.faults] == ["k"]
    assert "dz =" not in found.faults[0].text  # that one is right


def test_in_single_precision_a_sigmoid_is_known_from_its_complement(explain):
    found = explain(DENSE, "p -= .5 * g")
    assert found.status == "right"
    assert found.network.layers[-1].activation == "sigmoid"


def test_a_step_that_was_not_understood_is_not_called_right(explain):
    found = explain(DENSE, "v[i] = .9 * v[i] + .1 * abs(g); p -= .01 * g / (np.sqrt(v[i]) + 1e-6)")
    assert found.status == "partly"
    assert found.network.optimizer == "unknown"
    assert {"W1", "W2"} <= {quantity.name for quantity in found.unjudged}


def test_a_cost_that_is_computed_of_z_gives_the_output_no_relu(explain):
    text = DENSE.replace("o = sigmoid(h @ V + c)", "z = h @ V + c").replace("(o * (1 - o))", "1")
    text = text.replace(
        "((o - X) ** 2).sum() / 32", "(np.maximum(z, 0) - z * X + np.log1p(np.exp(-abs(z)))).sum() / 16"
    )
    found = explain(text.replace("    d = (o", "    o = sigmoid(z)\n    d = (o"), "p -= .5 * g")
    assert found.network.layers[-1].activation == "sigmoid"
    assert found.status == "right"


VECTOR = """
import numpy as np
rng = np.random.default_rng(9)
theta, g = rng.normal(0, .5, 21), np.zeros(21)
W, b, V, c = theta[:12].reshape(3, 4), theta[12:16], theta[16:20].reshape(4, 1), theta[20:21]
gW, gb, gV, gc = g[:12].reshape(3, 4), g[12:16], g[16:20].reshape(4, 1), g[20:21]
X = rng.normal(size=(30, 3)); y = (X[:, :1] > 0) * 1.
v = np.zeros(21)
for t in range(20):
    h = np.tanh(X @ W + b); o = 1 / (1 + np.exp(-(h @ V + c)))
    loss = -np.mean(y * np.log(o) + (1 - y) * np.log(1 - o))
    d = (o - y) / 30
    np.dot(h.T, d, out=gV)
    gc[:] = d.sum(0)
    e = d @ V.T * (1 - h * h)
    np.dot(X.T, e, out=gW)
    STEP
    v = .9 * v + g
    theta -= .1 * v
"""

TABLE = """
import numpy as np
rng = np.random.default_rng(3)
E, W = rng.normal(0, .3, (9, 4)), rng.normal(0, .3, (4, 3))
for t in range(40):
    words, c = rng.integers(9, size=2), t % 3
    x = E[words].sum(0)
    s = x @ W
    p = np.exp(s) / np.exp(s).sum()
    loss = -np.log(p[c])
    d = p - np.eye(3)[c]
    e = W @ d
    W -= .1 * np.outer(x, d)
    STEP
"""


DEEP = """
import numpy as np
rng = np.random.default_rng(5)
X = rng.normal(size=(40, 3)); y = np.sin(X[:, :1])
A, B, C = rng.normal(0, .6, (3, 6)), rng.normal(0, .6, (6, 5)), rng.normal(0, .6, (5, 1))
for t in range(30):
    h = np.tanh(X @ A); k = np.tanh(h @ B); o = k @ C
    loss = np.mean((o - y) ** 2)
    d = 2 * (o - y) / 40
    e = d @ C.T * (1 - k * k)
    f = STEP
    C -= .1 * k.T @ d; B -= .1 * h.T @ e; A -= .1 * X.T @ f
"""


@pytest.mark.parametrize(
    ("text", "step", "told"),
    [
        (
            DEEP.replace("(1 - k * k)", "np.cos(k)"),
            "e @ B.T * h",
            [("slope-of-another-function", 10), ("times-activation", 11)],
        ),
        (VECTOR, "gb[:] = e.sum(0)", []),
        (VECTOR, "gb[:] = e.mean(0)", [("divided-twice", 17)]),
        (TABLE, "np.add.at(E, words, -.1 * e)", []),
        (TABLE, "E[words[0]] += .1 * e; E[words[1]] += .1 * e", [("sign-turned", 14)]),
        (
            DENSE.replace("h = sig", "h = (lambda u: np.tanh(u + q))(X @ W + b) #")
            .replace("v =", "q = np.zeros(4); v =")
            .replace("(h * (1 - h))", "(1 - h * h)"),
            "p -= .5 * g",
            [("zeros-never-changed", 10)],
        ),
    ],
)
def test_what_is_learned_is_followed(explain, text, step, told):
    found = explain(text, step)
    assert found.status == ("fault" if told else "right")
    assert [(fault.code, fault.location.line) for fault in found.faults] == told
