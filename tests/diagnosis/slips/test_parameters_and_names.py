"""Parameters and names other than those that the task or the file has."""

import pytest

from .sources import BEGINNING, LAYERS, STEPS


def test_words_that_are_asked_for_by_identity_are_told_so(told):
    choice = 'A, cache = sigmoid(Z) if activation == "sigmoid" else relu(Z)\n'
    branches = [f'if activation is "{name}":\n        A, cache = {name}(Z)\n' for name in ("sigmoid", "relu")]
    text = STEPS.replace(choice, "    ".join(branches))
    (diagnosis, *_) = told("dl-deep-network", text, "linear_activation_forward")
    assert diagnosis.title.startswith('`activation is "sigmoid"` asks whether the two are one object')


@pytest.mark.parametrize(
    ("right", "wrong", "words", "more"),
    [
        ("hidden_size, output_size, std", "output_size, hidden_size, std", "another order", "by their position"),
        ("output_size, std=1e-4", "output_size, seed, std=1e-4", "takes other parameters", "Not asked for: `seed`"),
    ],
)
def test_parameters_that_are_not_those_of_the_task_are_told(told, right, wrong, words, more):
    (diagnosis,) = told("cs231n-two-layer-net", BEGINNING.replace(right, wrong), "TwoLayerNet")
    assert words in diagnosis.title
    assert more in diagnosis.explanation
    assert diagnosis.location.line == 5


@pytest.mark.parametrize(("head", "foot"), [("@as_layer", ""), ("", "Relu = as_layer(Relu)")])
def test_a_function_of_which_a_class_is_made_is_not_said_to_be_none(told, head, foot):
    text = f"""
import numpy as np
def as_layer(of):
    class Layer:
        def forward(self, x):
            return of(x), x
        def backward(self, dout, cache):
            return dout + (cache > 0)
    return Layer
{head}
def Relu(x):
    return np.maximum(x, 0)
{foot}
"""
    assert not any("is meant" in one.title for one in told("i2dl-layers", text, "Relu.backward"))


def test_parameters_of_other_names_in_the_same_places_are_none_of_these(told):
    text = BEGINNING.replace("input_size", "D").replace("np.zeros(hidden_size)", "np.ones(hidden_size)")
    (diagnosis, *_) = told("cs231n-two-layer-net", text, "TwoLayerNet")
    assert "parameters" not in diagnosis.title


def test_a_method_is_not_seen_by_its_bare_name(told):
    text = (
        "import numpy as np\nclass Network:\n    def __init__(self, sizes):\n        self.weights = self.biases = []\n"
        "    def sigmoid(self, z):\n        return 1 / (1 + np.exp(-z))\n"
        "    def feedforward(self, a):\n        for b, w in zip(self.biases, self.weights):\n"
        "            a = sigmoid(w @ a + b)\n        return a\n"
    )
    (diagnosis,) = told("nielsen-quadratic-network", text, "Network.feedforward")
    assert diagnosis.title.startswith("`sigmoid` is an attribute of the object: it is `self.sigmoid`")


def test_what_a_function_copied_out_of_a_class_asks_of_its_object_is_told_in_its_line(told):
    text = LAYERS.replace("affine_backward(dout", "affine_backward(self, dout")
    text = text.replace("flat.T.dot(dout), db", "flat.T.dot(dout) + self.reg * w, db")
    (only,) = told("cs231n-a1-layers", text, "affine_backward", "affine_forward")
    assert only.title == "`self.reg` has no value: the function stands in no class"
    assert only.location.line == 14
