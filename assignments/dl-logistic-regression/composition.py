"""What the unit is made of; how it is trained is in `solution.py`."""

from operations import binary_cross_entropy, decision, dense, descent, gradient_descent, output_error, sigmoid, table

USES = table(
    sigmoid.use(points=10, guarded=False, without=["sigmoid.overflow"]),
    dense.use(
        keepdims=True,
        dot=True,
        names={"propagate": "to_inputs"},
        codes={"forward": "propagate", "backward": "propagate"},
        # With one unit some of them give the same numbers, or none at all.
        without=[
            "forward.bias-summed",
            "backward.weights-not-transposed",
            "backward.averaged-on-the-way-back",
            "backward.weight-gradient-over-the-units",
            "backward.weight-gradient-transposed",
            "backward.bias-gradient-per-sample",
            "backward.bias-gradient-one-number",
            "mean.*",
        ],
    ),
    binary_cross_entropy.use(outputs="one", without=["cost.log-of-zero"]),
    output_error.use(output="sigmoid", outputs="one", codes={"backward": "propagate", "output_delta": "propagate"}),
    gradient_descent.use(codes={"update": "optimize"}),
    descent.use(codes={"descent": "optimize"}),
    decision.use(),
    layout="columns",
    mean="gradients",
    words={
        "n": "m",
        "layer": "The unit computes $w^T x + b$ for each column of X.",
        "product": "w^T x",
        "w_shape": "(n, 1)",
        "delta": "(a - y)",
    },
)
