"""Which class of a submission is one that is asked for, under another name."""

import pytest

from grader.submissions import load_source
from grader.submissions.classes import alike, classes_of, methods_asked

LAYERS = methods_asked(
    [
        ("Linear", ("n_in", "n_out")),
        ("Linear.forward", ("x",)),
        ("Linear.backward", ("dout",)),
        ("Tanh", ()),
        ("Tanh.forward", ("x",)),
        ("Tanh.backward", ("dout",)),
        ("Sgd", ("lr",)),
        ("Sgd.step", ("model",)),
        ("Sgd.zero_grad", ("model",)),
    ]
)
PASSES = "    def forward(self, x):\n        return x\n    def backward(self, dout):\n        return dout\n"
STEPS = "    def step(self, {}):\n        pass\n    def zero_grad(self, model):\n        pass\n"
MADE = "    def __init__(self, N_in, n_out):\n        pass\n"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"class Dense:\n{MADE}{PASSES}", {"Linear": "Dense"}),
        (f"class LeakyRelu:\n{PASSES}", {}),
        (f"class Dense:\n{MADE}{PASSES}class Affine:\n{MADE}{PASSES}", {}),
        (f"class Layer:\n{MADE}{PASSES}class Dense(Layer):\n    pass\n", {}),
        ("class Momentum:\n" + STEPS.format("model"), {"Sgd": "Momentum"}),
        ("class Momentum:\n" + STEPS.format("grads"), {"Sgd": "Momentum"}),
        ("class Momentum:\n    def step(self, model):\n        pass\n", {}),
    ],
)
def test_a_class_is_known_by_what_no_other_has(text, found):
    assert alike(LAYERS, classes_of(load_source(text))) == found
