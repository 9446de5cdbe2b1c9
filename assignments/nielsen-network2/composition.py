"""What the network is made of; the class that holds it is in `solution.py`."""

from operations import (
    batch_mean,
    binary_cross_entropy,
    dense,
    gradient_descent,
    l2_penalty,
    layer_activations,
    output_error,
    sigmoid,
    step,
    table,
)

USES = table(
    sigmoid.use(
        guarded=False,
        codes={"sigmoid": "feedforward.sigmoid-", "sigmoid_derivative": "backprop.sigmoid-derivative-"},
        without=["sigmoid.overflow"],
    ),
    dense.use(keepdims=True, dot=True, codes={"forward": "feedforward", "backward": "backprop"}),
    layer_activations.use(output=step("sigmoid"), hidden=step("sigmoid"), codes={"forward": "feedforward"}, only=[]),
    binary_cross_entropy.use(codes={"cost": "total_cost"}, without=["cost.log-of-zero"]),
    output_error.use(
        output="sigmoid",
        codes={
            "output_delta": "backprop",
            "output_delta.squared-error-of-sigmoid-output": "backprop.quadratic-delta",
            "output_delta.sign-of-sigmoid-output": "backprop.error-of-the-wrong-sign",
        },
    ),
    l2_penalty.use(
        codes={
            "l2_penalty": "total_cost.l2-",
            "backward": "update_mini_batch.l2-",
            "backward.penalty-shared-among-the-batch": "update_mini_batch.penalty-over-the-mini-batch",
        },
        words={"lam": "lmbda"},
    ),
    batch_mean.use(codes={"update": "update_mini_batch"}),
    gradient_descent.use(codes={"update": "update_mini_batch"}, without=["update.never-made"]),
    layout="columns",
    mean="none",
    shared=True,
)
