"""What the functions are made of; how parameters become one vector is in `solution.py`."""

from operations import binary_cross_entropy, dense, gradient_check, output_error, relu, sigmoid, table

USES = table(
    gradient_check.use(codes={"check": "gradient_check_n"}),
    dense.use(
        keepdims=True,
        codes={"forward": "forward_propagation_n", "backward": "backward_propagation_n"},
        only=[
            "forward.bias-missing",
            "backward.weight-gradient-summed",
            "backward.weight-gradient-averaged-again",
            "backward.bias-gradient-summed",
            "backward.bias-gradient-averaged-again",
            "backward.bias-gradient-one-number",
            "backward.weights-not-transposed",
        ],
    ),
    relu.use(only=["backward.*"], codes={"backward": "backward_propagation_n"}),
    sigmoid.use(guarded=False, only=[]),
    binary_cross_entropy.use(
        outputs="one", codes={"cost": "forward_propagation_n"}, only=["cost.term-of-negative-labels-missing"]
    ),
    output_error.use(
        output="sigmoid",
        codes={"backward": "backward_propagation_n", "output_delta": "backward_propagation_n"},
        only=["output_delta.sign-of-sigmoid-output"],
    ),
    layout="columns",
    mean="gradients",
    words={"n": "m"},
)
