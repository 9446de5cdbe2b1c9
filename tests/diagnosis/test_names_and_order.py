"""Slips about which array a name stands for, when a function ends, and in which order it returns what it found.

They are told as such, also where something else is wrong as well, and where the numbers are those of another mistake.
"""

import functools
import textwrap

import pytest

from grader import Grader
from grader.assignments import load_assignment
from grader.report import Diagnosis
from grader.submissions import load_source
from tests import library

PULSES = """
    import numpy as np
    class MomentumLearningRule:
        def __init__(self, learning_rate=1e-3, mom_coeff=0.9):
            self.rate, self.share = learning_rate, mom_coeff
        def initialise(self, params):
            self.params, self.moms = params, [np.zeros_like(p) for p in params]
        def update_params(self, grads_wrt_params):
            for p, m, g in zip(self.params, self.moms, grads_wrt_params):
                m = self.share * m - self.rate * g
                p += m
"""
SLOPES = """
    import numpy as np
    from gc_utils import sigmoid, relu, dictionary_to_vector, vector_to_dictionary, gradients_to_vector
    def forward_propagation_n(X, Y, parameters):
        A = X
        for l in (1, 2, 3):
            Z = parameters[f"W{l}"] @ A + parameters[f"b{l}"]
            A = sigmoid(Z) if l == 3 else relu(Z)
        return -np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A)) / X.shape[1], None
    def gradient_check_n(parameters, gradients, X, Y, epsilon=1e-7):
        theta, _ = dictionary_to_vector(parameters)
        g = gradients_to_vector(gradients)
        slopes = np.zeros_like(theta)
        for i in range(len(theta)):
            plus = theta
            plus[i] += epsilon
            above = forward_propagation_n(X, Y, vector_to_dictionary(plus))[0]
            minus = theta
            minus[i] -= epsilon
            below = forward_propagation_n(X, Y, vector_to_dictionary(minus))[0]
            slopes[i] = (above - below) / (2 * epsilon)
        return np.linalg.norm(slopes - g) / (np.linalg.norm(slopes) + np.linalg.norm(g))
"""
ONE_POINT = SLOPES[: SLOPES.index("        slopes = np.zeros_like(theta)")] + (
    "        def cost(point):\n"
    "            return forward_propagation_n(X, Y, vector_to_dictionary(point))[0]\n"
    "        slopes = np.zeros_like(theta)\n"
    "        for i in range(len(theta)):\n"
    "            plus = theta.copy()\n"
    "            plus[i] += epsilon\n"
    "            minus = plus\n"
    "            minus[i] -= epsilon\n"
    "            slopes[i] = (cost(plus) - cost(minus)) / (2 * epsilon)\n"
    "        return np.linalg.norm(slopes - g) / (np.linalg.norm(slopes) + np.linalg.norm(g))\n"
)
NORMS = """
    import numpy as np
    class BatchNorm1d:
        def __init__(self, num_features, alpha=0.9):
            self.alpha, self.eps = alpha, 1e-8
            self.BW, self.Bb = np.ones((1, num_features)), np.zeros((1, num_features))
            self.running_M, self.running_V = np.zeros((1, num_features)), np.ones((1, num_features))
        def forward(self, Z, eval=False):
            if eval:
                return self.BW * (Z - self.M) / np.sqrt(self.running_V + self.eps) + self.Bb
            self.Z, self.M = Z, Z.mean(axis=0, keepdims=True)
            self.V = Z.var(axis=0, keepdims=True)
            self.NZ = (Z - self.M) / np.sqrt(self.V + self.eps)
            self.running_M = self.alpha * self.running_M + (1 - self.alpha) * self.M
            self.running_V = self.alpha * self.running_V + self.V
            return self.BW * self.NZ + self.Bb
"""
MOMENTS = """
    import numpy as np
    def update_parameters_with_adam(parameters, grads, v, s, t, rate=0.01, beta1=0.9, beta2=0.999, eps=1e-8):
        for l in range(1, len(parameters) // 2 + 1):
            for p in ("W", "b"):
                k = f"d{p}{l}"
                v[k] = beta1 * v[k] + (1 - beta1) * grads[k]
                s[k] = beta2 * s[k] + (1 - beta2) * grads[k]
                step = v[k] / (1 - beta1**t) / np.sqrt(s[k] / (1 - beta2**t) + eps)
                parameters[f"{p}{l}"] = parameters[f"{p}{l}"] - rate * step
            return parameters, s, v
"""
DELTAS = """
    import numpy as np
    class Network:
        def __init__(self, sizes):
            self.num_layers, self.sizes = len(sizes), sizes
            self.biases = [np.random.randn(y, 1) for y in sizes[1:]]
            self.weights = [np.random.randn(y, x) for x, y in zip(sizes[:-1], sizes[1:])]
        def backprop(self, x, y):
            seen = [x]
            for b, w in zip(self.biases, self.weights):
                seen.append(1 / (1 + np.exp(-(w @ seen[-1] + b))))
            delta = seen[-1] - y
            nb, nw = [delta], [delta @ seen[-2].T]
            for l in range(2, self.num_layers):
                delta = self.weights[-l + 1].T @ delta * seen[-l] * (1 - seen[-l])
                nb, nw = [delta, *nb], [delta @ seen[-l - 1].T, *nw]
            return nw, nb
"""
PAIRS = """
    import numpy as np
    def initialize_adam(parameters):
        v = s = {}
        for key, value in parameters.items():
            v["d" + key], s["d" + key] = np.zeros_like(value), np.zeros_like(value)
        return v, s
"""
ROUND = """
    import numpy as np
    def backward_prop(Z1, A1, Z2, A2, W1, W2, X, Y):
        m = Y.size
        dZ2 = A2 - np.eye(A2.shape[0])[Y].T
        dZ1 = W2.T @ dZ2 * (Z1 > 0)
        dW2, db2 = dZ2 @ A1.T / m, np.sum(dZ2) / m
        dW1, db1 = dZ1 @ X.T / m, np.sum(dZ1) / m
        return db1, db2, dW1, dW2
"""

DIAGONAL = """
    import numpy as np
    class Softmax:
        def forward(self, x):
            e = np.exp(x - x.max())
            self.p = e / e.sum()
            return self.p
        def backward(self, grad, learning_rate):
            return grad * self.p * (1 - self.p)
"""
NOT_ZERO = """
    import numpy as np
    def initialize_with_zeros(dim):
        w = np.random.randn(dim, 1) * 0.1
        b = 0.0
        return w, b
"""
ONE_MASK = """
    import numpy as np
    def dropout_forward(x, settings):
        p = settings["p"]
        if "seed" in settings:
            np.random.seed(settings["seed"])
        if settings["mode"] == "test":
            return x, None
        drawn = np.random.uniform(size=x.shape[1:])
        mask = np.floor(drawn + p) / p
        return x * mask, mask
"""


@functools.cache
def told(assignment: str, text: str, function: str) -> list[Diagnosis]:
    with Grader(assignment) as session:
        report = session.grade(load_source(textwrap.dedent(text), "homework.py"), functions=[function])
    assert not [remark for remark in report.remarks if "diagnosis failed" in remark]
    return [*report.function(function).diagnoses]


MANHATTAN = """
    import numpy as np
    class KNearestNeighbor:
        def train(self, X, y):
            self.X_train, self.y_train = X, y
        def compute_distances_two_loops(self, X):
            dists = np.empty((len(X), len(self.X_train)))
            for i, row in enumerate(X):
                for j, other in enumerate(self.X_train):
                    dists[i, j] = np.abs(row - other).sum()
            return dists
"""


@pytest.mark.parametrize(
    ("assignment", "text", "function", "title", "line"),
    [
        (
            *("mlp-learning-rules", PULSES, "MomentumLearningRule.update_params"),
            *("`m` becomes the name of a new array in this line", 10),
        ),
        ("dl-gradient-checking", SLOPES, "gradient_check_n", "`plus = theta` makes no copy", 15),
        (
            *("mytorch-layers", NORMS, "BatchNorm1d.forward"),
            *("`self.V` goes into the running mean with its full weight", 15),
        ),
        (
            *("dl-optimization", MOMENTS, "update_parameters_with_adam"),
            *("`return parameters, s, v` belongs below `for l in range(1", 11),
        ),
        (
            *("nielsen-quadratic-network", DELTAS, "Network.backprop"),
            *("`nabla_b` and `nabla_w` are returned in the wrong order", 17),
        ),
        (
            *("digits-two-layer", ROUND, "backward_prop"),
            *("What is returned is in the wrong order: `dW1` in the place of `dW2` and `dW2` in the place of", 9),
        ),
        (
            *("layers-with-learning-rate", DIAGONAL, "Softmax.backward"),
            *("Only the diagonal of softmax's Jacobian is used", 9),
        ),
        ("dl-logistic-regression", NOT_ZERO, "initialize_with_zeros", "`w` is not 0, as it should be", 4),
        ("cs231n-a2-dropout", ONE_MASK, "dropout_forward", "One mask is drawn for all samples", 9),
        (
            *("dl-optimization", PAIRS, "initialize_adam"),
            *("Two of the values that `initialize_adam` returns are one and the same", 4),
        ),
        (
            *("cs231n-a1-knn", MANHATTAN, "KNearestNeighbor.compute_distances_two_loops"),
            *("The absolute differences are added up, not their squares", 10),
        ),
    ],
)
def test_what_a_name_stands_for_and_what_is_returned_is_told(assignment, text, function, title, line):
    first, *_ = told(assignment, text, function)
    assert first.title.startswith(title)
    assert (first.location.line if first.location else None) == line
    assert first.confidence == "certain"


@pytest.mark.usefixtures("nothing_tried")
def test_two_points_that_are_one_are_told_beside_a_function_in_the_function():
    (diagnosis,) = told("dl-gradient-checking", ONE_POINT, "gradient_check_n")
    assert diagnosis.title.startswith("Every slope is 0, or nearly 0")


def test_a_batch_that_ends_at_a_fixed_place_is_told():
    path = load_assignment("nielsen-network2").folder / "examples" / "right" / "plain.py"
    text = path.read_text("utf-8").replace("[k:k + mini_batch_size]", "[k:mini_batch_size]")
    (diagnosis,) = told("nielsen-network2", text, "Network.SGD")
    assert diagnosis.title == "`training_data[k:mini_batch_size]` ends at the same place wherever it begins"


def test_both_slips_of_what_is_kept_are_told():
    found = told("mytorch-layers", NORMS, "BatchNorm1d.forward")
    assert any("`self.running_M` is meant, not `self.M`" in f"{one.title} {one.explanation}" for one in found)


def test_a_slip_of_what_is_kept_is_told_with_the_check_that_passes_without_it():
    """What else is wrong has no edit here: nothing is added that `Bb` could stand for."""
    text = NORMS.replace("return self.BW * (Z - self.M) / np.sqrt(self.running_V + self.eps) + self.Bb", "return Z * 7")
    (diagnosis,) = told("mytorch-layers", text, "BatchNorm1d.forward")
    assert diagnosis.title.endswith("“Running mean and variance after two batches” passes")
    assert "the other checks still fail" in diagnosis.explanation
    assert diagnosis.confidence == "likely"


def test_dicts_that_are_two_hold_what_they_like():
    with Grader("dl-optimization") as session:
        text = textwrap.dedent(PAIRS).replace("v = s = {}", "v, s = {}, {}")
        report = session.grade(load_source(text, "homework.py"), functions=["initialize_adam"])
    assert report.function("initialize_adam").status == "passed"


CLASSES = """
    import numpy as np
    def rmsprop(w, dw, config=None):
        c = {"learning_rate": 1e-2, "decay_rate": 0.99, "epsilon": 1e-8, "cache": np.zeros_like(w)} | (config or {})
        c["cache"] = c["decay_rate"] * c["cache"] + (1 - c["decay_rate"]) * dw
        step = c["learning_rate"] * dw
        return w - step / np.sqrt(c["cache"] + c["epsilon"]), c
"""
UNITS = """
    import numpy as np
    from reg_utils import sigmoid, relu
    def forward_propagation_with_dropout(X, parameters, keep_prob=0.5):
        np.random.seed(1)
        W1, b1, W2, b2, W3, b3 = [parameters[k] for k in ("W1", "b1", "W2", "b2", "W3", "b3")]
        Z1 = W1 @ X + b1
        A1 = relu(Z1)
        D1 = np.random.rand(*A1.shape) > keep_prob
        A1 = A1 * D1 / keep_prob
        Z2 = W2 @ A1 + b2
        A2 = relu(Z2)
        D2 = np.random.rand(*A2.shape) < keep_prob
        A2 = A2 * D2
        Z3 = W3 @ A2 + b3
        A3 = sigmoid(Z3)
        return A3, (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3)
"""
CUTS = """
    import numpy as np
    def random_mini_batches(X, Y, mini_batch_size=64, seed=0):
        np.random.seed(seed)
        m, s = X.shape[1], mini_batch_size
        order = np.random.permutation(m)
        A, B = X[:, order], Y[:, order]
        batches = [(A[:, i * s : i * s + s], B[:, i * s : i * s + s]) for i in range(m // s)]
        if m % s:
            batches.append((A[:, LAST], B[:, LAST]))
        return batches
"""


def test_each_of_two_mistakes_of_one_result_has_its_line():
    told_of = told("cs231n-a2-optim", CLASSES, "rmsprop")
    assert {one.code: one.location.line for one in told_of} == {
        "rmsprop.gradient-not-squared": 5,
        "rmsprop.epsilon-inside-the-root": 7,
    }


def test_two_slips_of_what_is_drawn_are_told_where_checks_alone_judge():
    first, second = told("dl-dropout", UNITS, "forward_propagation_with_dropout")
    assert (first.location.line, second.location.line) == (9, 14)
    assert second.title == "`A2 * D2` is not divided by `keep_prob`"


@pytest.mark.parametrize(
    ("last", "code"),
    [
        (": m % s", "rest-from-the-beginning"),
        ("-(m % s) - s :", "rest-behind-another-batch"),
    ],
)
def test_where_the_last_mini_batch_is_cut_from_is_told(last, code):
    (diagnosis,) = told("dl-optimization", CUTS.replace("LAST", last), "random_mini_batches")
    assert diagnosis.code == f"random_mini_batches.{code}"


@pytest.mark.parametrize("wrong", ["(1 - beta2) ** t", "np.power(1 - beta2, t)"])
def test_a_power_beside_its_brackets_is_told(wrong):
    text = f"""
        import numpy as np
        def update_parameters_with_adam(parameters, grads, v, s, t, rate=0.01, beta1=0.9, beta2=0.999, eps=1e-8):
            for key in parameters:
                k = "d" + key
                v[k] = beta1 * v[k] + (1 - beta1) * grads[k]
                s[k] = beta2 * s[k] + (1 - beta2) * grads[k] ** 2
                root = np.sqrt(s[k] / ({wrong}))
                parameters[key] = parameters[key] - rate * v[k] / (1 - beta1**t) / (root + eps)
            return parameters, v, s
    """
    (diagnosis,) = told("dl-optimization", text, "update_parameters_with_adam")
    assert diagnosis.title.startswith(f"The brackets in `{wrong}` are in the wrong place")
    assert diagnosis.location.line == 8


@pytest.mark.parametrize(
    ("assignment", "file", "right", "wrong", "function", "title"),
    [
        (
            *("cs231n-a2-spatial-normalization", "over_axes.py", "x5.mean(axis=(2, 3, 4)", "x5.mean(axis=(3, 4)"),
            *("spatial_groupnorm_forward", "The axes in `x5.mean(axis=(3, 4), keepdims=True)` are not the right ones"),
        ),
        (
            *("i2dl-losses", "loss.py", "np.log(exp.sum(axis=1, keepdims=True))"),
            *("np.log(exp).sum(axis=1, keepdims=True)", "CrossEntropyFromLogits.forward"),
            "`np.log(exp).sum(axis=1, keepdims=True)` has its two functions the wrong way round",
        ),
        (
            *("dlcourse-convolution", "layers.py", "width - self.filter_size + 2 * self.padding"),
            *("width - self.filter_size + self.padding", "ConvolutionalLayer.forward"),
            "`width - self.filter_size + self.padding` counts the padding once",
        ),
        (
            *("dl-dropout", "plain.py", "dZ2 = np.multiply(dA2, np.int64(A2 > 0))"),
            *("dZ2 = dA2 * (A2 > 0) / keep_prob", "backward_propagation_with_dropout"),
            "The division by `keep_prob` is too much in `dA2 * (A2 > 0) / keep_prob`",
        ),
        (
            *("cs231n-a1-layers", "loops.py", "db += dout[i]", "db += dout[i]; db += dout[i]"),
            *("affine_backward", "`db += dout[i]` stands there twice"),
        ),
        (
            *("cs231n-a2-normalization", "transposed.py", 'np.sqrt(bn_param["running_var"] + eps)'),
            *('(bn_param["running_var"] + eps)', "batchnorm_forward", "Test mode divides by the running variance"),
        ),
        (
            *("mlp-errors", "through_each_other.py", "axis=1, keepdims=True))", "axis=1, keepdims=True)); e = outputs"),
            *("CrossEntropySoftmaxError.__call__", "`e = outputs` takes the place of what was put there before"),
        ),
        (
            *("dl-recurrent-network", "notebook.py", "ot * np.tanh(c_next)", "np.tanh(ot * c_next)"),
            *("lstm_cell_forward", "`np.tanh` is applied to too much in"),
        ),
    ],
)
def test_slips_of_others_are_told(assignment, file, right, wrong, function, title):
    text = library.example(assignment, f"right/{file}").read_text()
    assert right in text
    (diagnosis,) = told(assignment, text.replace(right, wrong), function)
    assert diagnosis.title.startswith(title)
    assert diagnosis.location.line == 1 + text[: text.index(right)].count("\n")


def test_what_is_right_in_the_first_step_alone_is_no_part():
    text = library.example("mlp-learning-rules", "right/learning_rules.py").read_text()
    right = "mom_1 += (1.0 - self.beta_1) * grad"
    assert right in text
    wrong = text.replace(right, right.removesuffix(" * grad"))
    titles = [one.title for one in told("mlp-learning-rules", wrong, "AdamLearningRule.update_params")]
    assert not [title for title in titles if "alpha_t * mom_1" in title or "along the gradient" in title]


def test_a_class_that_makes_objects_of_a_wrong_one_is_not_told_its_mistake():
    text = library.example("scratch-layers", "right/short_and_by_hand.py").read_text()
    assert "self.dW, self.db =" in text
    text = text.replace("self.dW, self.db =", "self.db, self.dW =")
    with Grader("scratch-layers") as session:
        report = session.grade(load_source(text, "layers.py"), functions=["Affine.backward", "TwoLayerNet.gradient"])
    layer, network = report.function("Affine.backward"), report.function("TwoLayerNet.gradient")
    assert layer.diagnoses[0].title == "`self.db` and `self.dW` have changed places in this line"
    assert not network.diagnoses
    assert network.score == network.max_score


def test_of_several_lines_the_one_is_told_with_which_the_way_back_is_right_as_well():
    text = library.example("cs231n-a2-normalization", "wrong/variance_instead_of_deviation.py").read_text()
    asked = ["batchnorm_forward", "batchnorm_backward"]
    with Grader("cs231n-a2-normalization") as session:
        report = session.grade(load_source(text, "layers.py"), functions=asked)
    forward, backward = map(report.function, asked)
    assert "sqrtvar = var + eps" in text.splitlines()[forward.diagnoses[0].location.line - 1]
    assert not backward.diagnoses
    assert backward.score == backward.max_score


def test_what_is_left_wrong_beside_a_change_that_rights_a_part_is_named():
    text = library.example("dl-recurrent-network", "right/notebook.py").read_text()
    for right, wrong in (("it * cct", "it * ft"), ("ot * np.tanh(c_next)", "ot * c_next")):
        assert right in text
        text = text.replace(right, wrong)
    titles = [one.title for one in told("dl-recurrent-network", text, "lstm_cell_forward")]
    assert titles == ["The tanh of the cell is missing in the state", "`cct` is meant, not `ft`, in `it * ft`"]


@pytest.mark.usefixtures("nothing_tried")
@pytest.mark.parametrize(
    ("condition", "end"), [("if i % 100 == 0", ""), ("if not print_cost", ", where `print_cost` is left out")]
)
def test_a_return_that_the_first_pass_comes_to_ends_the_loop(condition, end):
    text = """
        import numpy as np
        def optimize(w, b, X, Y, num_iterations, learning_rate, print_cost=False):
            costs = []
            for i in range(num_iterations):
                grads, cost = propagate(w, b, X, Y)
                w = w - learning_rate * grads["dw"]
                b = b - learning_rate * 2 * grads["db"]
                if i % 100 == 0:
                    costs.append(cost)
                    return {"w": w, "b": b}, grads, costs
        def propagate(w, b, X, Y):
            A = 1 / (1 + np.exp(-(w.T @ X + b)))
            m = X.shape[1]
            cost = -np.sum(Y * np.log(A) + (1 - Y) * np.log(1 - A)) / m
            return {"dw": X @ (A - Y).T / m, "db": np.sum(A - Y) / m}, cost
    """
    first, *_ = told("dl-logistic-regression", text.replace("if i % 100 == 0", condition), "optimize")
    assert first.title.startswith('`return {"w": w, "b": b}, grads, costs` stands in the loop')
    assert first.title.endswith(f"in the first pass{end}")
