"""What looks like a slip, and is none, or is not the one that is to be told."""

import textwrap

import pytest

from tests.tables import table

from .sources import STEPS


@pytest.mark.parametrize(("output", "bound"), [("sigmoid(z)", "0.6"), pytest.param("z + b", "0.5", marks=table)])
def test_classes_tell_no_number_to_compare_with_nor_a_function_to_be_applied_twice(told, output, bound):
    text = f"""
        import numpy as np
        def sigmoid(z):
            return 1 / (1 + np.exp(-z))
        def predict(w, b, X):
            z = np.dot(w.T, X)
            A = {output}
            return (A > {bound}).astype(float)
    """
    for one in told("dl-logistic-regression", textwrap.dedent(text), "predict"):
        assert "sigmoid(" not in one.title
        assert "0.0" not in one.explanation


def test_what_makes_a_term_vanish_is_no_meaning(told):
    """Biases that are drawn: times the strength of the penalty, which is 0 there, they would be 0."""
    text = textwrap.dedent("""
        import numpy as np
        class TwoLayerNet:
            def __init__(self, input_dim=3072, hidden_dim=100, num_classes=10, weight_scale=1e-3, reg=0.0):
                self.reg = reg
                self.params = {
                    "W1": weight_scale * np.random.randn(input_dim, hidden_dim),
                    "b1": weight_scale * np.random.randn(hidden_dim),
                    "W2": weight_scale * np.random.randn(hidden_dim, num_classes),
                    "b2": np.zeros(num_classes),
                }
    """)
    told_of = told("cs231n-a1-two-layer-net", text, "TwoLayerNet")
    assert not any("is meant" in one.title for one in told_of)


def test_the_shapes_of_an_exception_are_those_of_the_pass_that_raised(told):
    """A function of others raised: the message is about arrays inside, and what it is given may well fit."""
    text = STEPS.replace('parameters["b%d" % l], "relu")', 'parameters["b%d" % l].T, "relu")')
    told_of = told("dl-deep-network", text, "L_model_forward", "linear_forward", "linear_activation_forward")
    assert not any("linear_activation_forward" in one.title and "do not fit" in one.title for one in told_of)


def test_shapes_that_fit_are_not_told_as_those_that_do_not(told):
    """A slice that is added to in place fails at the edge of the image; in the rounds before it had the full size."""
    text = textwrap.dedent("""
        import numpy as np
        def conv_forward_naive(x, w, b, conv_param):
            s, p = conv_param["stride"], conv_param["pad"]
            seen = np.lib.stride_tricks.sliding_window_view(np.pad(x, ((0,), (0,), (p,), (p,))), w.shape[2:], (2, 3))
            out = np.tensordot(seen[:, :, ::s, ::s], w, ((1, 4, 5), (1, 2, 3))) + b
            return out.transpose(0, 3, 1, 2), (x, w, b, conv_param)
        def conv_backward_naive(dout, cache):
            x, w, b, conv_param = cache
            dx, side = np.zeros_like(x), w.shape[2]
            for n in range(dout.shape[0]):
                for f in range(dout.shape[1]):
                    for i in range(dout.shape[2]):
                        for j in range(dout.shape[3]):
                            dx[n, :, i:i + side, j:j + w.shape[3]] += dout[n, f, i, j] * w[f]
            return dx, dout, dout
    """)
    told_of = told("cs231n-layers", text, "conv_backward_naive", "conv_forward_naive")
    assert [one.title.endswith("do not fit") for one in told_of] == [True]
    assert "Here" not in told_of[0].explanation


def test_weights_that_a_layer_begins_with_are_no_further_mistake(told):
    """The solution's layer has none until a check sets them."""
    text = textwrap.dedent("""
        import numpy as np
        class Dense:
            def __init__(self, input_size, output_size):
                self.weights, self.bias = np.random.randn(output_size, input_size), np.zeros((output_size, 1))
            def forward(self, input):
                self.input = input
                return np.dot(self.weights, input) + self.bias
            def backward(self, output_gradient, learning_rate):
                self.bias -= learning_rate * output_gradient
                self.weights -= learning_rate * np.dot(output_gradient, self.input.T)
                return np.dot(self.weights.T, output_gradient)
    """)
    (diagnosis,) = told("layers-with-learning-rate", text, "Dense.backward")
    assert "weights after the step" in diagnosis.title
    assert diagnosis.confidence == "certain"
    assert "another mistake" not in diagnosis.explanation


def test_weights_kept_the_other_way_round_are_not_told_as_transposed(told):
    """The check turns them before it compares."""
    text = textwrap.dedent("""
        import numpy as np
        class LinearModule:
            def __init__(self, in_features, out_features, input_layer=False):
                self.params = {"weight": np.random.randn(in_features, out_features), "bias": np.zeros(out_features)}
                self.grads = {"weight": None, "bias": None}
            def forward(self, x):
                self.x = x
                return x @ self.params["weight"] + self.params["bias"]
            def backward(self, dout):
                self.grads["weight"] = self.x.T @ dout
                self.grads["bias"] = dout.mean(axis=0)
                return dout @ self.params["weight"].T
    """)
    (diagnosis,) = told("uva-modules", text, "LinearModule.backward")
    assert diagnosis.title == "The bias gradients are averaged once more"
    assert "another mistake" not in diagnosis.explanation


@pytest.mark.usefixtures("nothing_tried")
def test_where_two_gradients_are_taken_from_another_function_nothing_is_computed(told):
    text = """
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

class Network:
    def __init__(self, sizes):
        self.sizes = sizes
        self.biases = [np.random.randn(y, 1) for y in sizes[1:]]
        self.weights = [np.random.randn(y, x) for x, y in zip(sizes, sizes[1:])]

    def backprop(self, x, y):
        seen = [x]
        for b, w in zip(self.biases, self.weights):
            seen.append(sigmoid(w @ seen[-1] + b))
        delta, nb, nw = seen[-1] - y, [], []
        for l in range(1, len(self.sizes)):
            nb.insert(0, delta)
            nw.insert(0, delta @ seen[-l - 1].T)
            delta = self.weights[-l].T @ delta * seen[-l - 1] * (1 - seen[-l - 1])
        return nb, nw

    def update_mini_batch(self, mini_batch, eta, lmbda, n):
        sums = [0 * w for w in self.weights]
        for x, y in mini_batch:
            db, dw = self.backprop(x, y)
            sums = [s + d for s, d in zip(sums, dw)]
            self.biases = [b - eta / len(mini_batch) * d for b, d in zip(self.biases, db)]
        self.weights = [(1 - eta * lmbda) * w - eta / len(mini_batch) * s for w, s in zip(self.weights, sums)]
"""
    diagnoses = told("nielsen-network2", text, "Network.update_mini_batch", "Network.backprop")
    assert diagnoses
    assert all(one.location is None or one.location.line != 27 for one in diagnoses)


def test_what_a_check_tried_in_vain_is_no_mistake(told):
    """The labels may be rows of 0 and 1: that these do not go with class numbers is not what is wrong."""
    text = (
        "import numpy as np\nclass CrossEntropyModule:\n    def forward(self, x, y):\n"
        "        return np.mean(-y * np.log(x))\n"
    )
    (diagnosis,) = told("uva-modules", text, "CrossEntropyModule.forward")
    assert diagnosis.title == "The factor `x.shape[1]` is missing in `np.mean(-y * np.log(x))`"
