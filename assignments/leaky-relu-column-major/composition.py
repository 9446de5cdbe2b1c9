"""What the functions are made of; the training, which a script may stand for, is in `solution.py`."""

from operations import (
    binary_cross_entropy,
    dense,
    gradient_descent,
    initial_weights,
    layer_activations,
    leaky_relu,
    output_error,
    sigmoid,
    step,
    table,
)

USES = table(
    leaky_relu.use("lrelu", "lreluDer"),
    sigmoid.use(without=["sigmoid.overflow"]),
    dense.use(keepdims=True),
    layer_activations.use(hidden=step("leaky_relu"), output=step("sigmoid")),
    output_error.use(output="sigmoid"),
    binary_cross_entropy.use(),
    gradient_descent.use(),
    initial_weights.use(
        keepdims=True,
        constant=1.0,
        codes={"train": "training"},
        without=["train.positive-weights", "train.unscaled-weights", "train.biases-not-zero"],  # right numbers, too
    ),
    layout="columns",
    mean="gradients",
    guarded=False,
    words={"n": "m"},
)
