"""What is wrong behind what ends every call, in the same function or in another one, and several slips at once."""

import textwrap

import pytest

from tests.tables import table

from .sources import COLUMNS, KEYS, NORMALISED


@table
def test_a_slip_in_training_is_told_beside_one_after_it(told):
    text = NORMALISED.replace("= running_mean, running_var\n    x", "= running_mean, running_var ** 2 - eps\n    x")
    text = text.replace("* var\n", "* var\n        var = np.std(var + eps) ** 2 - eps\n")
    found = told("cs231n-a2-normalization", text, "batchnorm_forward")
    assert sorted(one.location.line for one in found) == [12, 14]
    assert all("every check of `batchnorm_forward` passes" in one.explanation for one in found)


def test_what_is_wrong_behind_errors_in_two_functions_is_told_with_these(told):
    """The cache has the settings: their keys are known of the call before. What is overwritten shows only then."""
    text = KEYS.replace('pool_param["pool_', 'pool_param["').replace("] += largest", "] = largest")
    functions = "max_pool_backward_naive", "max_pool_forward_naive"
    one, other, *_ = told("cs231n-layers", text, *functions)
    assert 'No entry `"height"` is given' in one.title
    assert "overwrites what was there" in other.title


STEPPED = """
import numpy as np

def conv_forward_naive(x, w, b, conv_param):
    s, p = conv_param["stride"], conv_param["pad"]
    N, C, H, W = x.shape
    F, C, HH, WW = w.shape
    rows, columns = (H + 2 * p - HH) // s + 1, (W + 2 * p - WW) // s + 1
    padded = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    out = np.zeros((N, F, rows, columns))
    for n in range(N):
        for i in range(0, H, s):
            for j in range(0, W, s):
                out[n, :, i // s, j // s] = w.reshape(F, -1).dot(padded[n, :, i:i + HH, j:j + WW].ravel()) + b
    return out, (x, padded, w, conv_param)

def conv_backward_naive(dout, cache):
    x, padded, w, conv_param = cache
    s, p = conv_param["stride"], conv_param["pad"]
    N, C, H, W = x.shape
    F, C, HH, WW = w.shape
    N, F, rows, columns = dout.shape
    dx, dw = np.zeros_like(padded), np.zeros_like(w)
    for n in range(N):
        for i in range(0, H, s):
            for j in range(0, W, s):
                g = dout[n, :, i // s, j // s]
                dx[n, :, i:i + HH, j:j + WW] += g.dot(w.reshape(F, -1)).reshape(C, HH, WW)
                dw += np.outer(g, padded[n, :, i:i + HH, j:j + WW]).reshape(w.shape)
    return dx[:, :, p:p + H, p:p + W], dw, dout.sum(axis=(0, 2, 3))
"""


@pytest.mark.parametrize("name", ["conv_backward_naive", pytest.param("conv_forward_naive", marks=table)])
def test_loops_over_the_image_are_told_in_two_functions_of_which_one_stops_the_other(told, name):
    (diagnosis, *_) = told("cs231n-layers", STEPPED, name, "conv_forward_naive", "conv_backward_naive")
    assert diagnosis.title.startswith("The loops over `range(0, H, s), range(0, W, s)` make more or fewer passes")
    assert "`range(0, rows * s, s), range(0, columns * s, s)`" in diagnosis.explanation


@table
def test_of_two_slips_in_what_is_drawn_both_are_told(told):
    """One check sees both, and passes with none of the two changes alone."""
    text = """
        import numpy as np
        def initialize_parameters_he(dims):
            made = {}
            for l in range(1, len(dims)):
                width = 2 / np.sqrt(dims[l - 1])
                made["W" + str(l)] = np.random.rand(dims[l], dims[l - 1]) * width
                made["b" + str(l)] = np.zeros((dims[l], 1))
            return made
    """
    one, other = told("dl-initialization", textwrap.dedent(text), "initialize_parameters_he")
    assert one.title == "`np.random.rand` is called where `np.random.randn` is meant"
    assert "`np.sqrt(2 / dims[l - 1])`" in f"{other.title} {other.explanation}"


def test_what_the_script_counts_is_taken_from_what_the_function_is_given(told):
    """With what is wrong behind it."""
    text = COLUMNS.replace("    m = Y.size\n", "").replace("np.sum(dZ1, axis=1, keepdims=True)", "np.sum(dZ1)")
    (diagnosis, *_) = told("digits-two-layer", text, "backward_prop")
    assert diagnosis.title.startswith(
        "Nothing gives `m` a value in this function: the number of `Z1.shape[1]` is meant"
    )
    assert "`np.sum(dZ1)` runs over everything, and should run along axis 1" in diagnosis.explanation
    assert text.split("\n")[diagnosis.location.line - 1] == "    dW2 = dZ2.dot(A1.T) / m"


@pytest.mark.parametrize(
    ("assignment", "text", "function", "titles"),
    [
        (
            "dl-planar",
            "def compute_cost(A2, Y):\n    return np.sum(Y * np.log(A2) + (1 - Y) * np.log(1 - A2)) / m\n",
            "compute_cost",
            ["Nothing gives `m` a value in this function: the number of `A2.shape[1]` is meant"],
        ),
        (
            "cs231n-a2-optim",
            "def rmsprop(w, dw, config=None):\n    config = {} if config is None else config\n"
            "    starts = (('learning_rate', 1e-2), ('decay_rate', 0.99), ('epsilon', 1e-8), ('cache', 0 * w))\n"
            "    for key, start in starts:\n"
            "        config.setdefault(key, start)\n    d = config['decay_rate']\n"
            "    config['cache'] = (1 - d) * config['cache'] + d * dw**2\n"
            "    return w - config['learning_rate'] * dw / (np.sqrt(config['cache']) + eps), config\n",
            "rmsprop",
            ["Nothing has the name `eps` where it is used"],  # and not that it is too much
        ),
        (
            "cs231n-a1-knn",
            "class KNearestNeighbor:\n    def train(self, X, y):\n        self.X_train, self.y_train = X, y\n"
            "    def predict_labels(self, dists, k=1):\n        nearest = np.argsort(-dists, axis=1)[:, :k]\n"
            "        return np.array([np.bincount(self.Y_train[one]).argmax() for one in nearest])\n",
            "KNearestNeighbor.predict_labels",
            ["There is no `self.Y_train`: `self.y_train` is meant", "The minus sign of `-dists`"],
        ),
        (
            "scratch-layers",
            "class Affine:\n    def __init__(self, W, b):\n        self.W, self.b, self.x = W, b, None\n"
            "    def forward(self, x):\n        self.x = x\n        return x @ self.W + self.b\n"
            "    def backward(self, dout):\n        self.db = dout.sum(axis=0)\n"
            "        self.dW = np.dot(dout, self.X.T)\n        return dout @ self.W.T\n",
            "Affine.backward",
            [
                "There is no `self.X`: `self.x` is meant",
                "The factors of `np.dot(dout, self.X.T)` are in the wrong",
            ],
        ),
        (
            "scratch-layers",
            "class Affine:\n    def __init__(self, W, b):\n        self.W = W\n        self.biases = b\n"
            "    def forward(self, x):\n        return x @ self.W + self.bias\n"
            "    def step(self, rate):\n        self.bias -= rate\n",
            "Affine.forward",
            ["There is no `self.bias`: `self.biases` is meant"],  # and not that `step` sets it
        ),
        (
            "scratch-optimizers",
            "class SGD:\n    def __init__(self, lr=0.01):\n        self.lr = lr\n"
            "    def update(self, params, grads):\n        lr_t = lr\n"
            "        for key in params:\n            params[key] -= lr_t * params\n",
            "SGD.update",
            ["`lr` is an attribute of the object: it is `self.lr`", "`lr_t * params` counts with a whole dict"],
        ),
        (
            "dl-deep-network",
            "def initialize_parameters_deep(layer_dims):\n    parameters = {}\n    ayers = len(layer_dims)\n"
            "    for layer in range(1, layers):\n        shape = layer_dims[layer], layer_dims[layer - 1]\n"
            "        parameters['W' + str(layer)] = np.random.randn(*shape) / np.sqrt(shape[1])\n"
            "        parameters['b' + str(layer)] = np.zeros((shape[0], 1))\n    return parameters\n"
            "def compute_cost(AL, Y):\n    layers = Y.shape[1]\n    return -np.sum(np.log(AL)) / layers\n",
            "initialize_parameters_deep",
            ["This line gives `ayers` a value, and `layers` is meant, which has none"],
        ),
    ],
)
def test_a_name_without_value_is_told_before_what_is_wrong_behind_it(told, assignment, text, function, titles):
    found = told(assignment, f"import numpy as np\n{text}", function)
    assert len(found) == len(titles)
    assert all(one.title.startswith(title) for one, title in zip(found, titles, strict=True))


def test_a_module_that_is_not_imported_is_put_right_for_what_is_behind_it(told):
    found = told(
        "cs231n-a1-knn",
        "class KNearestNeighbor:\n    def train(self, X, y):\n        self.X_train, self.y_train = X, y\n"
        "    def compute_distances_two_loops(self, X):\n        if X is None:\n            X = self.X_train\n"
        "        shape = len(X), len(self.X_train)\n        dists = np.zeros(shape)\n"
        "        for i in xrange(shape[0]):\n            for j in xrange(shape[1]):\n"
        "                dists[i, j] = np.sum((X[i] - self.X_train[j]) ** 2)\n        return dists\n",
        "KNearestNeighbor.compute_distances_two_loops",
    )
    assert found[0].title == "numpy is not imported under the name `np`"
    assert "With `import numpy as np` at the beginning, and `range` for `xrange`" in found[0].explanation
    assert found[1].title.startswith("The root is missing")


def test_what_is_wrong_behind_an_error_is_told_with_it(told):
    """Four faults, of which the first ends every call."""
    text = (
        COLUMNS.replace("labels = ", "labels.T = ").replace("axis=1, keepdims=True", "2").replace("dZ1.dot", "dZ2.dot")
    )
    titles = [one.title for one in told("digits-two-layer", text, "backward_prop")]
    assert titles[0].startswith("`labels.T` is no name of its own")
    assert any("`dZ1` is meant, not `dZ2`" in title for title in titles)
    assert any("should run along axis 1, and so in line" in title for title in titles)


def test_a_function_fed_by_one_that_is_wrong_elsewhere_is_named_as_well(told):
    text = NORMALISED.replace("mean, var = running_mean, running_var", "pass").replace("-1.5", "-0.5")
    (first, *_) = told("cs231n-a2-normalization", text, "batchnorm_forward")
    assert first.code == "batchnorm_forward.batch-in-test-mode"
    (second, *_) = told("cs231n-a2-normalization", text, "batchnorm_backward", "batchnorm_forward")
    assert "Another number belongs into" in second.title


KEEPS_NOTHING = """
import numpy as np
class Sigmoid:
    def __init__(self):
        self.out = None
    def forward(self, x):
        out = 1 / (1 + np.exp(-x))
        return out
    def backward(self, dout):
        return dout * self.out * (1 + self.out)
"""


ROWS_FOR_ENTRIES = """
import numpy as np
def cross_entropy_loss(probs, target_index):
    return -np.sum(np.log(probs[target_index]))
"""


FOUR_ERRORS = """
import numpy as np
class AdaGrad:
    def __init__(self, lr=0.01):
        self.lr, self.h = lr, None
    def update(self, params, grads):
        if self.h is None:
            self.h = []
            for key in params:
                self.h[key] = np.zeros.like(params[key])
        for key in params:
            self.h[key] += grads[key] * grads[key]
            params[key] -= lr * grads[key] / (np.sqrt(self.h) + 1e-7)
"""


NOTHING_COMES_BACK = """
import numpy as np
class Affine:
    def __init__(self, W, b):
        self.W, self.b = W, b
    def forward(self, x):
        self.x = x
        return x @ self.W + self.b
    def backward(self, dout):
        dx = np.dot(dout, self.W.T)
        self.dW = np.dot(self.X.T, dout)
        self.db = np.sum(dout, axis=1)
"""


MORE_VALUES = """
import numpy as np
def linear_backward(dZ, cache):
    A, W, b = cache
    m = A.shape[1]
    DW = dZ @ A.T / m
    Db = np.sum(dZ, axis=1, keepdims=True)
    dA_prev = W.T @ dZ
    return dA_prev, dZ, DW, Db
def linear_forward(A, W, b):
    return W @ A + b, (A, W, b)
"""


COPIED_LINE = """
import numpy as np
def update_parameters_with_momentum(parameters, grads, v, beta, learning_rate):
    for l in range(1, parameters // 2 + 1):
        step = {}
        v["dW" + str(l)] = beta * v["dW" + str(l)] + (1 - beta) * grads["dW" + str(l)]
        v["db" + str(l)] = beta * v["db" + str(l)] + (1 - beta) * grads["db" + str(l)]
        step["dW" + str(l)] = learning_rate * v["dW" + str(l)]
        step["dW" + str(l)] = learning_rate * v["dW" + str(l)]
        parameters["W" + str(l)] = parameters["W" + str(l)] - step["dW" + str(l)]
        parameters["b" + str(l)] = parameters["b" + str(l)] - step["db" + str(l)]
    return parameters, v
"""


@pytest.mark.parametrize(
    ("assignment", "text", "functions", "lines"),
    [
        ("dl-optimization", COPIED_LINE, ("update_parameters_with_momentum",), [4, 9]),
        ("scratch-optimizers", FOUR_ERRORS, ("AdaGrad.update",), [10, 8, 13, 13]),
        ("scratch-layers", NOTHING_COMES_BACK, ("Affine.backward", "Affine.forward"), [12, 11, 12]),
        ("dl-deep-network", MORE_VALUES, ("linear_backward", "linear_forward"), [7, 9]),
        ("scratch-layers", KEEPS_NOTHING, ("Sigmoid.backward", "Sigmoid.forward"), [8, 10]),
        ("dlcourse-layers", ROWS_FOR_ENTRIES, ("cross_entropy_loss",), [4, 4]),
    ],
)
def test_what_is_wrong_behind_an_exception_is_told_with_that_put_right(told, assignment, text, functions, lines):
    wrong = told(assignment, text, *functions)
    assert [one.location.line for one in wrong] == lines
    assert any("more shows, which is told as well" in one.explanation for one in wrong)
