"""What the network is made of; how its parameters are unrolled is in `solution.py`."""

from operations import binary_cross_entropy, dense, l2_penalty, output_error, sigmoid, table

USES = table(
    sigmoid.use(
        guarded=False,
        by_value=False,
        names={"sigmoid_derivative": "sigmoidGradient"},
        points={"sigmoidGradient": 20},
        without=["sigmoid.overflow"],
    ),
    dense.use(codes={"forward": "nnCostFunction", "backward": "nnCostFunction"}),
    binary_cross_entropy.use(codes={"cost": "nnCostFunction"}, without=["cost.log-of-zero"]),
    output_error.use(output="sigmoid", codes={"backward": "nnCostFunction", "output_delta": "nnCostFunction"}),
    l2_penalty.use(
        codes={"l2_penalty": "nnCostFunction.penalty-", "backward": "nnCostFunction.penalty-gradient-"},
        words={"lam": "lambda_"},
        without=["l2_penalty.two-layers-only", "l2_penalty.first-layer-only", "l2_penalty.last-layer-only"],
    ),
    mean="gradients",
    shared=True,
    words={"n": "m"},
)
