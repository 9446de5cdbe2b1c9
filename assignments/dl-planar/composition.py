"""What the network is made of; how its two layers are put together is in `solution.py`."""

from operations import (
    binary_cross_entropy,
    decision,
    dense,
    descent,
    gradient_descent,
    initial_weights,
    layer_activations,
    output_error,
    sigmoid,
    step,
    table,
    tanh,
)

USES = table(
    layer_activations.use(hidden=step("tanh"), output=step("sigmoid"), without=["forward.softmax-output"]),
    dense.use(keepdims=True, dot=True, without=["mean.*"]),
    tanh.use(codes={"tanh_derivative": "backward.tanh-"}, without=["tanh.*"]),
    sigmoid.use(guarded=False, only=[]),
    binary_cross_entropy.use(outputs="one", without=["cost.log-of-zero"]),
    output_error.use(output="sigmoid", outputs="one"),
    gradient_descent.use(),
    initial_weights.use(scheme="small", keepdims=True, codes={"train": "initialize_parameters"}),
    descent.use(
        codes={"descent": "nn_model"}, only=["descent.one-step-only", "descent.gradients-*", "descent.initial-*"]
    ),
    decision.use(),
    layout="columns",
    mean="gradients",
    words={"n": "m"},
)
