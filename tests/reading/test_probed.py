"""What is found by moving parameters: the names of what lies between, and networks that are no chain of layers."""

import numpy as np
import pytest

import grader
from grader.reading.probed.probed_names import Between, is_normalised, name_between, name_of_normalisation
from grader.reading.runs.budget import Budget

RNG = np.random.default_rng(0)
N, UNITS = 12, 5
Z = RNG.normal(2.0, 3.0, (N, UNITS))
DEVIATION = np.sqrt(Z.var(0) + 1e-5)
NORMAL = (Z - Z.mean(0)) / DEVIATION
SCALE = RNG.uniform(0.5, 2.0, UNITS)
G = RNG.normal(size=(N, UNITS))


def backward(g, *, mean=1, variance=1):
    return (N * g - mean * g.sum(0) - variance * NORMAL * (g * NORMAL).sum(0)) / (N * DEVIATION)


WRONG_WAYS = {
    "normalisation-of-constants": G * SCALE / DEVIATION,
    "normalisation-mean": backward(G * SCALE, mean=0),
    "normalisation-variance": backward(G * SCALE, variance=0),
    "normalisation-scale": backward(G),
    "normalisation-deviation": backward(G * SCALE) * DEVIATION,
    "normalisation-samples": backward(G * SCALE, mean=N, variance=N),
    "normalisation-signs": backward(G * SCALE, mean=-1),
    "normalisation-passed-by": G,
}


@pytest.mark.parametrize("code", WRONG_WAYS)
@pytest.mark.parametrize("is_column", [False, True])
def test_a_wrong_way_back_through_a_normalisation_has_a_name(code, is_column):
    arrays = [array.T if is_column else array for array in (Z, NORMAL, G, -0.1 * WRONG_WAYS[code])]
    assert name_of_normalisation(arrays[0], arrays[1], SCALE, arrays[2], arrays[3]) == code


def test_the_right_way_back_and_an_unknown_one_have_none():
    assert name_of_normalisation(Z, NORMAL, SCALE, G, backward(G * SCALE)) is None
    assert name_of_normalisation(Z, NORMAL, SCALE, G, RNG.normal(size=Z.shape)) is None


def test_what_is_centred_alone_is_not_normalised():
    assert is_normalised(Z, NORMAL)
    assert not is_normalised(Z, Z - Z.mean(0))


@pytest.mark.parametrize(
    ("code", "made"),
    [
        ("slope-forgotten", G),
        ("slope-of-gradient", G * (G > 0)),
        ("slope-reversed", G * (Z <= 0)),
        ("activation-for-slope", G * np.maximum(Z, 0)),
    ],
)
def test_a_wrong_way_back_through_an_activation_has_a_name(code, made):
    assert name_between(Between(Z, np.maximum(Z, 0), G, 0.5 * made)) == (code, "ReLU")


def test_the_right_slope_has_none():
    assert name_between(Between(Z, np.maximum(Z, 0), G, G * (Z > 0))) is None


HEADS = """
import numpy as np
rng = np.random.default_rng(3)
X = rng.normal(size=(40, 4))
size, kind = X[:, :1] ** 2, (X[:, 1:2] > 0) * 1.0
W, A, B = rng.normal(size=(4, 6)) * 0.5, rng.normal(size=(6, 1)) * 0.3, rng.normal(size=(6, 1)) * 0.3
for k in range(20):
    h = np.tanh(X @ W)
    o, p = h @ A, 1 / (1 + np.exp(-(h @ B)))
    cost = 0.5 * np.mean((o - size) ** 2) - np.mean(kind * np.log(p) + (1 - kind) * np.log(1 - p))
    do, dp = (o - size) / 40, (p - kind) / 40
    dh = {}
    dz = dh * (1 - h * h)
    A -= 0.1 * h.T @ do
    B -= 0.1 * h.T @ dp
    W -= 0.1 * X.T @ dz
"""


@pytest.fixture
def heads(tmp_path):
    def explained(dh):
        path = tmp_path / "heads.py"
        path.write_text(HEADS.format(dh))
        return grader.explain(path)

    return explained


def test_two_heads_are_judged_by_their_cost(heads):
    explanation = heads("do @ A.T + dp @ B.T")
    assert explanation.status == "right"
    assert [quantity.name for quantity in explanation.chain] == ["W", "A", "B"]


def test_a_head_that_is_not_sent_back_is_found(heads):
    explanation = heads("do @ A.T")
    assert explanation.status == "fault"
    assert explanation.faults[0].quantity == "W"
    assert explanation.faults[0].location.line in (13, 14)


WEIGHTED_BY_ATTENTION = """
import numpy as np
rng = np.random.default_rng(0)
X = rng.normal(size=(40, 5, 4))
y = (X[:, 0, 0] > 0).astype(int)
q, W, b = rng.normal(size=4) * 0.1, rng.normal(size=(4, 2)) * 0.1, np.zeros(2)
for step in range(30):
    s = X @ q
    a = np.exp(s - s.max(1, keepdims=True))
    a /= a.sum(1, keepdims=True)
    c = np.einsum("nt,ntd->nd", a, X)
    z = c @ W + b
    p = np.exp(z - z.max(1, keepdims=True))
    p /= p.sum(1, keepdims=True)
    print(-np.log(p[np.arange(40), y]).mean())
    dz = (p - np.eye(2)[y]) / 40
    da = np.einsum("nd,ntd->nt", dz @ W.T, X)
    ds = a * (da - (a * da).sum(1, keepdims=True))
    q, W, b = q - np.einsum("nt,ntd->d", ds, X), W - c.T @ dz, b - dz.sum(0)
"""


def test_a_parameter_outside_of_the_picture_that_was_moved_and_is_right_is_ticked(tmp_path):
    (tmp_path / "attention.py").write_text(WEIGHTED_BY_ATTENTION)
    explanation = grader.explain(tmp_path / "attention.py")
    assert explanation.status == "right"
    assert [(one.name, one.status) for one in explanation.chain][-1] == ("q", "right")
    assert any("other parameters that are learned" in note for note in explanation.notes)


#: A gradient that is right where it stands, and what the step makes of it.
CHANGED_ON_THE_WAY = {
    "W -= 0.1 * G": True,
    "m = 0.9 * m + 0.1 * G; v = 0.99 * v + 0.01 * G * G; W -= 0.01 * m / (np.sqrt(v) + 1e-8) + 0.01 * W": True,
    "W -= 0.1 * np.clip(G, -0.01, 0.01)": True,
    "W -= 0.1 * G.sum(0)": False,
    "G = G + 0.3 * (X.T @ h); W -= 0.1 * G": False,
    "W -= 0.1 * G[::-1]": False,
    "W -= 0.1 * G ** 2": False,
}


@pytest.mark.parametrize("step", CHANGED_ON_THE_WAY)
def test_a_gradient_is_right_only_if_it_is_what_the_step_takes(tmp_path, step):
    text = HEADS.format("do @ A.T + dp @ B.T").replace("W -= 0.1 * X.T @ dz", f"G = X.T @ dz\n    {step}")
    text = text.replace("0.1 * h.T @ do", "0.1 * (h.T @ do)").replace("0.1 * h.T @ dp", "0.1 * (h.T @ dp)")
    (tmp_path / "changed.py").write_text(text.replace("for k in", "m = v = np.zeros((4, 6))\nfor k in"))
    explanation = grader.explain(tmp_path / "changed.py")
    told = {quantity.name for quantity in explanation.chain}
    assert not explanation.faults
    assert (explanation.status, "W" in told) == (("right", True) if CHANGED_ON_THE_WAY[step] else ("partly", False))


def test_where_the_time_is_used_up_what_was_read_is_told(tmp_path, monkeypatch):
    (tmp_path / "attention.py").write_text(WEIGHTED_BY_ATTENTION)
    monkeypatch.setattr(Budget, "left", 0.0)
    monkeypatch.setattr(Budget, "share", lambda self, seconds: seconds)
    explanation = grader.explain(tmp_path / "attention.py")
    assert explanation.status == "partly"
    assert explanation.network is not None
    assert "no further one was made" in explanation.notes[-1]
