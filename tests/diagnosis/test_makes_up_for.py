"""Changes with which all checks pass, and that only make up for a slip elsewhere: the slip is told, or nothing."""

import textwrap

import pytest

from grader import Grader
from grader.report import Diagnosis
from grader.submissions import load_source

TWO_LAYERS = """
    class TwoLayerNet:
        def __init__(self, input_dim=3072, hidden_dim=100, num_classes=10, weight_scale=1e-3, reg=0.0):
            self.reg, draw = reg, np.random.randn
            self.params = {"W1": weight_scale * draw(input_dim, hidden_dim), "b1": np.zeros(hidden_dim)}
            self.params |= {"W2": weight_scale * draw(hidden_dim, num_classes), "b2": np.zeros(num_classes)}

        def loss(self, X, y=None):
            first, second = self.params["W1"], self.params["W2"]
            x = X.reshape(len(X), -1)
            h = np.maximum(x @ self.params["W2"] + self.params["b1"], 0)
            scores = h @ second + self.params["b2"]
            if y is None:
                return scores
            e = np.exp(scores - scores.max(axis=1, keepdims=True))
            p = e / e.sum(axis=1, keepdims=True)
            rows = np.arange(len(X))
            loss = -np.log(p[rows, y]).mean() + self.reg / 2 * ((first**2).sum() + (second**2).sum())
            p[rows, y] -= 1
            p /= len(X)
            dh = p @ second.T * (h > 0)
            grads = {"W2": h.T @ p + self.reg * second, "b2": p.sum(axis=0)}
            return loss, grads | {"W1": x.T @ dh + self.reg * first, "b1": dh.sum(axis=0)}
"""
NORMALISED = """
    class BatchNormalization:
        def __init__(self, gamma, beta, momentum=0.9, running_mean=None, running_var=None):
            self.gamma, self.beta, self.momentum = gamma, beta, momentum
            self.running_mean, self.running_var = running_mean, running_var

        def forward(self, x, train_flg=True):
            if self.running_mean is None:
                self.running_mean = np.zeros(x.shape[1])
                self.running_var = np.zeros(x.shape[0])
            if not train_flg:
                return self.gamma * (x - self.running_mean) / np.sqrt(self.running_var + 1e-6) + self.beta
            mean, var = x.mean(axis=0), x.var(axis=0)
            self.running_mean = self.momentum * self.running_mean + (1 - self.momentum) * mean
            self.running_var = self.momentum * self.running_var + (1 - self.momentum) * var
            return self.gamma * (x - mean) / np.sqrt(var + 1e-6) + self.beta
"""
IN_A_BRANCH = """
    class Linear:
        def __init__(self, in_features, out_features, debug=False):
            self.W, self.b = np.zeros((out_features, in_features)), np.zeros((out_features, 1))
            self.debug = debug

        def forward(self, A):
            self.A = A
            return A @ self.W.T + self.b.T

        def backward(self, dLdZ):
            self.dLdW = dLdZ.T @ self.A
            self.dLdb = dLdZ.sum(axis=0).reshape(-1, 1)
            dLdA = dLdZ @ self.W
            if self.debug:
                self.dLdA = dLdA
                return dLdA
"""
ROUNDED = """
    def init_params():
        draw = lambda rows, columns: np.random.randn(rows, columns) * np.sqrt(1 // columns)
        return draw(10, 784), np.zeros((10, 1)), draw(10, 10), np.zeros((10, 1))
"""
DECAYED = """
    def update_lr(learning_rate0, epoch_num, decay_rate):
        lower = 1 + decay_rate * epoch_num
        return learning_rate0 / epoch_num
"""
A_PART = """
    class Network:
        def __init__(self, sizes):
            self.weights = [np.random.randn(m, n) / np.sqrt(n) for n, m in zip(sizes, sizes[1:])]
            self.biases = [np.random.randn(m, 1) for m in sizes[1:]]

        def feedforward(self, a):
            for w, b in zip(self.weights, self.biases):
                a = 1 / (1 + np.exp(-w @ a - b))
            return a

        def total_cost(self, data, lmbda):
            X, Y = (np.concatenate(part, axis=1) for part in zip(*data))
            A = self.feedforward(X)
            fit = -np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A))
            return lmbda / 2 * sum((w**2).sum() for w in self.weights) / len(data)
"""
COUNTED = """
    import math

    def random_mini_batches(X, Y, mini_batch_size=64, seed=0):
        np.random.seed(seed)
        m = X.shape[1]
        order = list(np.random.permutation(m))
        X, Y = X[:, order], Y[:, order].reshape((1, m))
        batches, whole = [], math.ceil(m / mini_batch_size)
        for k in range(whole):
            own = slice(k * mini_batch_size, (k + 1) * mini_batch_size)
            batches.append((X[:, own], Y[:, own]))
        if m % mini_batch_size:
            batches.append((X[:, m - m % mini_batch_size :], Y[:, m - m % mini_batch_size :]))
        return batches
"""
TOO_EARLY = """
    def softmax_loss(x, y):
        e = np.exp(x - x.max(axis=1, keepdims=True))
        p, rows = e / e.sum(axis=1, keepdims=True), np.arange(len(y))
        loss = -np.log(p[rows, y]).mean()
        d[rows, y] -= 1
        d = p
        return loss, d / len(y)
"""


def first_told(assignment: str, text: str, function: str, *others: str) -> tuple[Diagnosis, ...]:
    submission = load_source(f"import numpy as np\n{textwrap.dedent(text)}")
    report = Grader(assignment).grade(submission, functions=[function, *others])
    return next(one for one in report.functions if one.name == function).diagnoses


@pytest.mark.parametrize(
    ("assignment", "text", "function", "title", "line"),
    [
        ("cs231n-a1-two-layer-net", TWO_LAYERS, "TwoLayerNet.loss", '`"W2"` is not the entry that', "h = "),
        ("scratch-layers", NORMALISED, "BatchNormalization.forward", "`x.shape[0]` is the size of", "x.shape[0]"),
        ("mytorch-layers", IN_A_BRANCH, "Linear.backward", "`return dLdA` belongs below", "return dLdA"),
        ("dl-learning-rate-decay", DECAYED, "update_lr", "`lower` is meant, not `epoch_num`", "return"),
        ("nielsen-network2", A_PART, "Network.total_cost", "`fit` is computed and read nowhere", "fit = "),
        ("dl-optimization", COUNTED, "random_mini_batches", "`math.ceil` is called where", "math.ceil"),
        ("cs231n-a1-layers", TOO_EARLY, "softmax_loss", "`d[rows, y] -= 1` and the line below it are", "d[rows, y]"),
        ("digits-two-layer", ROUNDED, "init_params", "`1 // columns` comes out right", "1 // columns"),
    ],
)
def test_the_slip_is_told_and_not_what_makes_up_for_it(assignment, text, function, title, line):
    """Weights turned, a variance as a column, a branch always taken, an argument bound anew, nothing appended."""
    told = first_told(assignment, text, function, *(["Network.feedforward"] if text == A_PART else []))
    assert told[0].title.startswith(title)
    assert line in f"import numpy as np\n{textwrap.dedent(text)}".splitlines()[told[0].location.line - 1]


def test_a_check_that_passes_as_what_raises_is_not_come_to_any_more_shows_no_change_that_is_needed():
    text = """
        class SGD:
            def __init__(self, model, lr=0.1, momentum=0):
                self.l, self.L, self.lr = model.layers, len(model.layers), lr
                self.v_W = [np.zeros(one.W.shape) for one in self.l[::2]]
                self.v_b = [np.zeros(one.b.shape) for one in self.l[::2]]

            def step(self):
                for layer in self.l[::2]:
                    if self.mu == 0:
                        layer.W = layer.W - self.lr * layer.dLdW
                        layer.b = layer.b - self.lr * layer.dLdb
    """
    assert not any("With a change" in one.title for one in first_told("mytorch-networks", text, "SGD.step"))
