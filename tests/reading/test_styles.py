"""What people write that no lesson shows: found in scripts of the world, written here in own words."""

from pathlib import Path

import numpy as np
import pytest

from grader.reading import explain as explain_module
from grader.reading import trained_by_lines
from grader.reading.explain import explain
from grader.reading.runs.driver import drivers, what_is_defined
from grader.reading.runs.run import record
from grader.reading.told.explanation import Explanation
from grader.sandbox.inside.sample_data.samples import Samples

BROADENED = """
import numpy as np
rng = np.random.RandomState(3)
X, T = rng.randn(40, 5), np.eye(3)[rng.randint(0, 3, 40)]
V, W = rng.randn(5, 6) * 0.4, rng.randn(6, 3) * 0.4
shift_v, shift_w = 0, 0.0
for epoch in range(30):
    hidden = 1 / (1 + np.exp(-(X @ V + shift_v)))
    out = 1 / (1 + np.exp(-(hidden @ W + shift_w)))
    error = (out - T) * out * (1 - out)
    back = error @ W.T * hidden * (1 - hidden)
    W = W - 0.05 * hidden.T @ error
    V = V - 0.05 * X.T @ back
    shift_w = shift_w - 0.05 * error.sum(axis=0)
    shift_v = shift_v - 0.05 * back.sum(axis=0)
"""
DIVIDED = """
import numpy as np
rng = np.random.RandomState(0)
X, T = rng.randn(7, 25), np.eye(4)[rng.randint(0, 4, 25)].T
A, a, B, b = rng.randn(6, 7), rng.randn(6, 1), rng.randn(4, 6), rng.randn(4, 1)
for epoch in range(20):
    H = 1 / (1 + np.exp(-(A @ X + a)))
    P = 1 / (1 + np.exp(-(B @ H + b)))
    D = (P - T) * P * (1 - P) / 25
    E = B.T @ D * H * (1 - H) / 25
    B = B - 0.3 * D @ H.T
    b = b - 0.3 * D.sum(axis=1, keepdims=True) / 25
    A = A - 0.3 * E @ X.T
    a = a - 0.3 * E.sum(axis=1, keepdims=True) / 25
"""
RESTING = """
import numpy as np
rng = np.random.RandomState(1)
A, a, B, b = rng.randn(3, 2), np.zeros((3, 1)), rng.randn(1, 3), np.zeros((1, 1))
def ahead(x):
    h = 1 / (1 + np.exp(-(A @ x + a)))
    return h, 1 / (1 + np.exp(-(B @ h + b)))
for x, y in zip(np.array([[0., 0.], [0., 1.], [1., 0.], [1., 1.]]), [0., 1., 1., 0.]):
    x, y = x.reshape(-1, 1), np.array([[y]])
    _, guess = ahead(x)
    for again in range(40):
        h, p = ahead(x)
        d = (p - y) * p * (1 - p)
        e = B.T @ d * h * (1 - h)
        B -= 0.5 * d @ h.T
        b -= 0.5 * d
        A -= 0.5 * e @ x.T
        a -= 0.5 * e
"""
FILLED = """
import numpy as np
rng = np.random.RandomState(1)
raw = rng.randint(0, 256, (900, 1000))
X = np.zeros(raw.shape)
for k in range(len(raw)):
    X[k] = raw[k] - raw[k].mean()
    X[k] = X[k] / 255
T = np.eye(3)[rng.randint(0, 3, 900)]
W, b = np.zeros((1000, 3)), np.zeros(3)
for step in range(20):
    k = rng.randint(0, 900, 20)
    e = np.exp(X[k] @ W + b)
    d = (e / e.sum(axis=1, keepdims=True) - T[k]) / 20
    W -= 0.1 * X[k].T @ d
    b -= 0.1 * d.sum(axis=0)
"""

SHIFTED = """
import numpy as np
rng = np.random.RandomState(5)
X = np.linspace(-1, 1, 30).reshape(-1, 1)
T = 0.4 * np.sin(2 * X)
A, a, B, b = rng.randn(1, 5), rng.randn(5), rng.randn(5, 1), rng.randn(1)
def f(z):
    return {f}
def f_slope(v):
    return {slope}
for epoch in range(30):
    zh = X @ A + a
    h = f(zh)
    zo = h @ B + b
    o = f(zo)
    d = (o - T) * f_slope(o)
    e = d @ B.T * f_slope({at})
    B, b = B - 0.1 * h.T @ d, b - 0.1 * d.sum(0)
    A, a = A - 0.1 * X.T @ e, a - 0.1 * e.sum(0)
"""

DEEP = """
import numpy as np
rng = np.random.RandomState(2)
X, T = rng.rand(60, 6), rng.rand(60, 3)
A, B, C = rng.randn(6, 9) * 0.4, rng.randn(9, 7) * 0.4, rng.randn(7, 3) * 0.4
for epoch in range(30):
    g = {g}
    h = {h}
    o = 1 / (1 + np.exp(-h @ C))
    cost = ((o - T) ** 2).sum(1).mean()
    e = o - T
    d = e * o * (1 - o)
    u = {u}
    v = {v}
    C = C - 0.02 * h.T @ d
    B = B - 0.02 * g.T @ u
    A = A - 0.02 * X.T @ v
"""
LOGISTIC = {"g": "1 / (1 + np.exp(-X @ A))", "h": "1 / (1 + np.exp(-g @ B))"}
NORMED = {
    "g": "X @ A; g = (g - g.mean(0)) / (g.std(0) + 1e-5); g = np.where(g > 0, g, 0.01 * g)",
    "h": "g @ B; h = (h - h.mean(0)) / (h.std(0) + 1e-5); h = np.where(h > 0, h, 0.01 * h) * (rng.rand(60, 7) > 0.2)",
}

TURNED = """
import numpy as np
rng = np.random.RandomState(4)
X, T = rng.randn(40, 2), np.eye(3)[rng.randint(0, 3, 40)].T
A, a, B, b = rng.randn(2, 6), rng.randn(1, 6), rng.randn(6, 3), rng.randn(1, 3)
for epoch in range(30):
    z = X @ A + a
    h = 1 / (1 + np.exp(-z))
    e = np.exp((h @ B + b).T)
    o = e / sum(e)
    d = (o - T) / 40
    u = (B @ d) * {slope}
    B, b = B - 0.5 * (d @ h).T, b - 0.5 * d.sum(axis=1).T
    A, a = A - 0.5 * (u @ X).T, a - 0.5 * u.sum(axis=1).T
"""


@pytest.fixture
def read(tmp_path: Path):
    def explained(source: str) -> Explanation:
        path = tmp_path / "network.py"
        path.write_text(source, "utf-8")
        return explain(path)

    return explained


def test_a_bias_that_begins_as_one_zero_does_not_change_its_shape(read):
    found = read(BROADENED)
    assert (found.status, found.faults) == ("right", ())


def test_a_fault_of_a_bias_does_not_hide_one_of_the_layer_below(read):
    found = read(DIVIDED)
    assert [(fault.quantity, fault.code) for fault in found.faults] == [
        ("db2", "divided-twice"), ("δ1", "divided-twice"), ("db1", "divided-twice"),
    ]  # fmt: skip
    assert [fault.location.line for fault in found.faults if fault.location] == [12, 10, 14]


@pytest.mark.parametrize(
    ("f", "slope", "at", "found"),
    [
        ("2 / (1 + np.exp(-z)) - 1", "0.5 * (1 + v) * (1 - v)", "h", []),
        ("2 / (1 + np.exp(-z)) - 1", "0.5 * (1 + v) * (1 - v)", "zh", [("δ1", "slope-formula-on-z")]),
        ("1 / (1 + np.exp(-z)) - 0.5", "(0.5 + v) * (0.5 - v)", "h", []),
        ("1 / (1 + np.exp(-z)) - 0.5", "(1 + v) * (1 - v)", "h", [("δ2", "slope-of-tanh"), ("δ1", "slope-of-tanh")]),
        ("0.5 * (1 + np.tanh(z / 2))", "v * (1 - v)", "h", [("y", "targets-beyond-reach")]),  # below 0
    ],
)
def test_a_sigmoid_that_is_moved_is_read_as_what_meets_the_target(read, f, slope, at, found):
    told = read(SHIFTED.format(f=f, slope=slope, at=at))
    name = {"2": "2·sigmoid − 1", "1": "sigmoid − 0.5", "0": "sigmoid"}[f[0]]
    assert told.network is not None
    assert [layer.activation for layer in told.network.layers] == [name, name]
    assert [(fault.quantity, fault.code) for fault in told.faults] == found


@pytest.mark.parametrize(
    ("slope", "at", "found"),
    [
        ("1.716 * 2 / 3 * (1 - np.tanh(2 / 3 * v) ** 2)", "zo", []),
        ("1.716 * 2 / 3 * (1 - np.tanh(2 / 3 * v) ** 2)", "o", [("δ2", "slope-at-activation")]),
    ],
)
def test_a_tanh_that_is_stretched_is_not_read_as_the_tanh_inside(read, slope, at, found):
    text = SHIFTED.format(f="1.716 * np.tanh(2 / 3 * z)", slope=slope, at="zh").replace("f_slope(o)", f"f_slope({at})")
    told = read(text.replace("0.1 *", "0.01 *"))
    assert told.network is not None
    assert [layer.activation for layer in told.network.layers] == ["1.716·tanh(0.6667·z)"] * 2
    assert [(fault.quantity, fault.code) for fault in told.faults] == found
    assert not any("z)(z" in fault.explanation for fault in told.faults)


def test_biases_whose_deltas_add_up_to_nothing_are_let_be(read):
    text = SHIFTED.format(f="np.tanh(z)", slope="1 - v * v", at="h").replace("(-1, 1, 30)", "(-6, 6, 100)")
    text = text.replace("rng.randn(5), ", "np.zeros(5), ").replace("rng.randn(1)\n", "np.zeros(1)\n")
    text = text.replace("o = f(zo)", "o = zo").replace("* f_slope(o)", "/ 100")
    told = read(text)
    assert (told.status, told.faults) == ("right", ())
    assert [fault.quantity for fault in read(text.replace("e.sum(0)", "e[0]")).faults] == ["db1"]


def test_the_slope_of_a_softplus_below_a_relu_is_named(read):
    given = {"g": "np.maximum(X @ A, 0)", "h": LOGISTIC["h"], "u": "d @ C.T * h * (1 - h)"}
    told = read(DEEP.format(**given, v="u @ B.T / (1 + np.exp(-X @ A))"))
    assert [(fault.quantity, fault.code) for fault in told.faults] == [("δ1", "slope-of-softplus")]


def test_a_slope_that_is_taken_of_the_gradient_is_named(read):
    given = {"g": "np.maximum(X @ A, 0)", "h": LOGISTIC["h"], "u": "d @ C.T * h * (1 - h)"}
    told = read(DEEP.format(**given, v="1. * (u @ B.T > 0)"))
    assert [(fault.quantity, fault.code) for fault in told.faults] == [("δ1", "slope-of-the-gradient")]


def test_a_bare_error_that_is_sent_through_two_layers_is_told_of_both(read):
    told = read(DEEP.format(**LOGISTIC, u="(b := e @ C.T) * h * (1 - h)", v="(b @ B.T) * g * (1 - g)"))
    assert [(fault.quantity, fault.code) for fault in told.faults] == [
        ("δ2", "raw-error-sent-back"), ("δ1", "slope-above-missing"),
    ]  # fmt: skip


def test_below_functions_that_are_not_known_no_slope_is_not_called_right(read):
    told = read(DEEP.format(**NORMED, u="d @ C.T", v="u @ B.T"))
    assert told.status != "right"
    assert not {"δ1", "δ2", "dW1", "dW2"} & {one.name for one in told.chain if one.status == "right"}


def test_the_missing_slope_of_a_relu_at_the_end_belongs_to_no_cross_entropy(read):
    text = DEEP.format(**LOGISTIC, u="d @ C.T * h * (1 - h)", v="u @ B.T * g * (1 - g)")
    told = read(text.replace("1 / (1 + np.exp(-h @ C))", "np.maximum(h @ C, 0)").replace("e * o * (1 - o)", "e"))
    assert told.faults[0].code == "no-output-slope"
    assert "without an activation" in told.faults[0].explanation


def test_a_table_whose_columns_are_those_of_iris_is_given_three_kinds(read):
    table = """import numpy as np
import pandas as pd
table = pd.read_csv("data/train.csv")
X = table[["sepal_len", "sepal_wid", "petal_len", "petal_wid"]].to_numpy()
T = np.eye(3)[table["class"].to_numpy()]
W, b = np.zeros((4, 3)), np.zeros(3)
for epoch in range(30):
    e = np.exp(X @ W + b)
    d = (e / e.sum(axis=1, keepdims=True) - T) / len(X)
    W -= 0.1 * X.T @ d
    b -= 0.1 * d.sum(axis=0)
"""
    told = read(table)
    assert (told.status, told.network and told.network.batch) == ("right", 150)
    assert [given for _, given in told.data] == ["measurements drawn like those of Iris"]


def test_the_cost_that_a_person_names_is_the_one_in_the_picture(read, tmp_path):
    text = DEEP.format(**LOGISTIC, u="d @ C.T * h * (1 - h)", v="u @ B.T * g * (1 - g)")
    text = text.replace("d = e * o * (1 - o)", "d = e").replace("cost = ((o - T) ** 2).sum(1).mean()", "pass")
    assert read(text).question
    told = explain(tmp_path / "network.py", cost="squared error")
    assert told.network is not None
    assert told.network.cost == "squared error"
    assert [(fault.quantity, fault.code) for fault in told.faults] == [("δ3", "no-output-slope")]


@pytest.mark.parametrize(("slope", "found"), [("(h * (1 - h)).T", []), ("(h * h).T", ["δ1"]), ("h.T", ["δ1"])])
def test_an_output_that_is_turned_before_its_activation_is_read(read, slope, found):
    told = read(TURNED.format(slope=slope))
    assert told.network is not None
    assert [layer.activation for layer in told.network.layers] == ["sigmoid", "softmax"]
    assert [fault.quantity for fault in told.faults] == found
    assert told.status == ("fault" if found else "right")


def test_of_outputs_that_are_all_1_only_that_is_told(read):
    text = DEEP.format(**LOGISTIC, u="d @ C.T * h * (1 - h)", v="u @ B.T * g * (1 - g)")
    text = text.replace("e * o * (1 - o)", "e / (1 + np.exp(-o)) / (1 + np.exp(o))")  # the slope is taken at o
    told = read(text.replace("rng.randn(7, 3) * 0.4", "50 + rng.rand(7, 3)").replace("0.02 *", "1e-6 *"))
    assert [(fault.quantity, fault.code) for fault in told.faults] == [("z3", "saturated")]
    assert "Start with smaller weights" in told.faults[0].explanation
    assert not any("choice" in note for note in told.notes)
    assert not {"δ3", "dW3"} & {one.name for one in told.chain if one.status == "right"}


def test_weights_whose_inputs_are_all_zero_are_not_said_to_be_left_alone(read):
    found = read(RESTING)
    assert found.network is not None
    assert found.faults == ()
    assert not any("never" in note for note in found.notes)


def test_data_that_a_loop_makes_of_one_another_leave_room_for_the_training(read):
    found = read(FILLED)
    assert found.status == "right", found.reason


def test_a_file_that_uses_what_it_defines_is_not_said_to_train_nothing():
    source = "class Unit:\n    def learn(self): ...\n"
    assert "trains" in what_is_defined([source])
    assert what_is_defined([source + "if __name__ == '__main__':\n    Unit().learn()\n"]) == ""


def test_what_is_only_looked_at_is_given_in_the_form_of_what_is_learned_from():
    source = "def SGD(training_data, epochs, size, eta, test_data): ..."
    assert "test_data=list(zip(" in drivers([source])[0].told
    source = "def train(x_train, y_train, x_test, y_test, epochs): ..."
    assert "x_test=_rows[:20], y_test=_one_hot[:20]" in drivers([source])[0].told


def test_a_module_that_was_not_given_is_named(read):
    found = read("from my_layers import Dense\nimport matplotlib\nclass Net:\n    def learn(self): ...\n")
    assert found.status == "unread"
    assert "`my_layers`, which is not here" in found.reason
    assert "matplotlib" not in found.reason


def test_an_activation_that_the_forward_pass_leaves_out_is_told(read):
    whole = SHIFTED.format(f="1 / (1 + np.exp(-z))", slope="v * (1 - v)", at="h")
    found = read(whole.replace("o = f(zo)", "zo = zh @ B + b; o = f(zo)"))
    told = [fault for fault in found.faults if fault.quantity != "y"]  # some below 0, which a sigmoid does not give
    assert [(fault.quantity, fault.code) for fault in told] == [("dW2", "activation-left-out")]
    assert "zo = zh @ B + b" in told[0].text


def test_a_constructor_that_fails_is_not_called_for_every_form_of_data(read, monkeypatch):
    tried = []
    for module in (explain_module, trained_by_lines):
        monkeypatch.setattr(module, "record", lambda *given, **named: tried.append(1) or record(*given, **named))
    found = read("class Net:\n    def __init__(self, sizes): self.n = sizes[:, -1]\n    def train(self, X, y): ...\n")
    assert found.status == "unread"
    assert len(tried) == 3  # as it is, and with one hidden layer and two


def test_small_digits_are_not_said_to_be_all_of_the_images():
    images, labels = np.zeros((1500, 28, 28), np.uint8), np.zeros(1500, np.uint8)
    samples = Samples(images, labels, images[:400], labels[:400], "1,500 training and 400 test images of drawn digits")
    assert samples.given_small == "1,797 images of drawn digits, made smaller to 8 x 8 pixels"
    assert samples.digits()[0].shape == (1797, 8, 8)


NAMELESS = """
import numpy as np
import pandas as pd
table = pd.read_csv("train_part.csv"NAMES).values
X, y = table[:, :-1], table[:, -1:]
w, b = np.random.randn(X.shape[1], 1) * 0.1, np.zeros((1, 1))
for k in range(20):
    p = 1 / (1 + np.exp(-(X @ w + b.T)))
    w -= 0.001 * X.T @ (p - y) / len(X)
    b -= 0.001 * (p - y).mean(keepdims=True)
"""


def test_a_table_without_names_of_columns_or_of_another_text_is_none_of_digits(read):
    assert read(NAMELESS.replace("NAMES", "")).network.layers[0].inputs == 8
    of_digits = NAMELESS + "# which digit it is"
    without = read(of_digits.replace("NAMES", ", header=None"))
    assert without.network.layers[0].inputs == 8
    assert without.network.layers[0].names["b"] == "b"
    assert read(of_digits.replace("NAMES", "")).network.layers[0].inputs == 784


UNNAMED_TRAINER = """
import numpy as np
def besiedler(X, y, menge=4):
    X, y = X.to_numpy(), y.to_numpy().reshape(-1, 1)
    V, W = np.random.randn(X.shape[1], menge) * 0.1, np.random.randn(menge, 1) * 0.1
    for k in range(6):
        a = np.tanh(X @ V)
        d = (a @ W - y) / len(X)
        e = d @ W.T * (1 - a)
        W -= 0.05 * a.T @ d
        V -= 0.05 * X.T @ e
"""


def test_a_function_that_trains_is_called_whatever_its_name_and_given_tables_if_it_takes_such(read):
    found = read(UNNAMED_TRAINER)
    assert [(fault.quantity, fault.code) for fault in found.faults] == [("δ1", "half-of-the-slope")]
    assert dict(found.data)["lines that train it"] == "besiedler(X=_rows, y=_kinds)"


BEHIND = """
import numpy as np
rng = np.random.default_rng(1)
x = np.linspace(-3, 3, 40).reshape(-1, 1)
y = np.sin(x)
W, b, U, c = rng.normal(size=(1, 9)), np.zeros(9), rng.normal(size=(9, 1)), np.zeros(1)
for step in range(60):
    h = np.tanh(x @ W + b)
    s = 1 / (1 + np.exp(-(h @ U)))
    o = s + c
    d = (o - y) / 40
    du = d * s * (1 - s)
    dh = du @ U.T * (1 - h**2)
    U, c, W, b = U - 0.5 * h.T @ du, c - 0.5 * d.sum(0), W - 0.5 * x.T @ dh, b - 0.5 * dh.sum(0)
    print((d * d).sum() * 20)
"""


def test_a_bias_behind_the_last_function_brings_the_targets_within_reach(read):
    assert read(BEHIND).faults == ()


FETCHED = """
import urllib.request
import numpy as np
lines = urllib.request.urlopen("https://example.org/iris.csv").read().decode().split()
rows = [line.split(",") for line in lines if line[0].isdigit()]
X = np.array([row[:4] for row in rows], float)
T = np.array([[float(row[4] == rows[0][4])] for row in rows])
W = np.random.randn(4, 1) * 0.1
for step in range(20):
    p = 1 / (1 + np.exp(-X @ W))
    W -= 0.01 * X.T @ (p - T) / len(X)
"""


def test_what_a_file_fetches_is_drawn(read):
    found = read(FETCHED)
    assert (found.status, found.network and found.network.batch) == ("right", 150)


OF_A_MISSING_MODULE = """
import numpy as np
from our_flowers import Flowers
class Net:
    def __init__(self, dims=(3, 5, 4)):
        self.weights = [np.random.randn(n, m) * 0.5 for n, m in zip(dims, dims[1:])]
    def train(self, X, Y, epochs, lr=0.1):
        for epoch in range(epochs):
            h = np.tanh(X @ self.weights[0])
            d = (h @ self.weights[1] - Y) / len(X)
            e = d @ self.weights[1].T * (1 - h)
            self.weights[1] -= lr * h.T @ d
            self.weights[0] -= lr * X.T @ e
X, Y = Flowers().arrays()
Net((4, 6, 3)).train(X, Y, 900)
"""


def test_a_class_whose_data_are_missing_is_trained_with_others_of_its_width(read):
    found = read(OF_A_MISSING_MODULE)
    assert [(fault.quantity, fault.code) for fault in found.faults] == [("δ1", "half-of-the-slope")]
    assert found.network.layers[0].inputs == 3


UNITS_BELOW = """
import math, random
random.seed(3)
data = [([random.gauss(0, 1) for _ in range(3)], [k % 2, 1 - k % 2]) for k in range(30)]
def units(n, m):
    return [{"w": [random.gauss(0, 1) for _ in range(n)], "b": random.random()} for _ in range(m)]
hidden, out = units(3, 4), units(4, 2)
def fire(units, xs):
    return [1 / (1 + math.exp(-(sum(w * x for w, x in zip(unit["w"], xs)) + unit["b"]))) for unit in units]
for epoch in range(20):
    for xs, target in data:
        h = fire(hidden, xs)
        y = fire(out, h)
        deltas = [(y[j] - target[j]) * y[j] * (1 - y[j]) for j in range(2)]
        for unit, d in zip(out, deltas):
            for k in range(4):
                unit["w"][k] -= 0.3 * d * h[k]
            unit["b"] -= 0.3 * d
"""


def test_units_whose_weights_nothing_changes_are_a_layer_and_not_the_data(read):
    found = read(UNITS_BELOW)
    assert [layer.inputs for layer in found.network.layers] == [3, 4]
    assert found.status == "partly"
    assert "W1 was not changed in the steps that were seen" in found.notes


LATER = """
import numpy as np
rng = np.random.default_rng(1)
X = rng.normal(size=(40, 3))
y = (X[:, :1] + X[:, 1:2] > 0) * 1.0
A, B = rng.normal(size=(3, 5)), rng.normal(size=(5, 1))
for epoch in range(200):
    h = np.tanh(X @ A)
    o = 1 / (1 + np.exp(-h @ B))
    d = (o - y) / len(X)
    e = d @ B.T * (1 - h**2)
    dA, dB = X.T @ e, h.T @ d
    B -= 0.5 * dB
    if epoch >= 50:
        A -= 0.5 * dA
"""


def test_weights_that_are_changed_in_later_rounds_only_are_no_fault(read):
    found = read(LATER)
    assert not found.faults
    assert "W1 was not changed in the steps that were seen" in found.notes
    assert [fault.code for fault in read(LATER.replace("A -= 0.5", "A - 0.5")).faults] == ["never-updated"]
