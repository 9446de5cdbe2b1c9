"""What the network is made of; the class that holds it is in `solution.py`."""

from operations import (
    dense,
    gradient_descent,
    layer_activations,
    output_error,
    penalty_terms,
    prediction,
    relu,
    scaled_weights,
    softmax_loss,
    table,
)

USES = table(
    dense.use(),
    layer_activations.use(),
    relu.use(only=["backward.*"]),  # its values are the hidden layer's
    softmax_loss.use(  # what overflows earns a remark only
        without=[
            "softmax_loss.overflow",
            "softmax_loss.shifted-by-the-global-maximum",
            "softmax_loss.logarithm-of-zero",
        ]
    ),
    output_error.use(codes={"backward": "softmax_loss.gradient-"}, without=["backward.diagonal-jacobian"]),
    penalty_terms.use(),
    prediction.use(),
    gradient_descent.use(),
    scaled_weights.use(),
    layers="two",
)
