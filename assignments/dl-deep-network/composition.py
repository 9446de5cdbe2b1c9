"""What the functions are made of; how layers are put together is in `solution.py`."""

from operations import (
    binary_cross_entropy,
    dense,
    gradient_descent,
    initial_weights,
    named_gradients,
    relu,
    sigmoid,
    table,
)

USES = table(
    dense.use(
        keepdims=True,
        dot=True,
        names={"forward": "linear_forward"},
        codes={"mean": "linear_backward", "mean.never-taken": "linear_backward.never-averaged"},
    ),
    # One activation in the place of the other is a mistake of `linear_activation_forward` and `…_backward`.
    sigmoid.use(
        guarded=False,
        by_value=False,
        without=["sigmoid.overflow", "sigmoid.relu-instead", "sigmoid_derivative.of-rectified-units"],
    ),
    relu.use(without=["relu.sigmoid-instead", "backward.sigmoid-derivative-of-z"]),
    binary_cross_entropy.use(outputs="one", without=["cost.log-of-zero"]),
    gradient_descent.use(),
    initial_weights.use(scheme="small", keepdims=True, only=[]),  # shapes, mean and spread say what is wrong
    named_gradients.use(without=["backward.negated"]),  # the same as a wrong sign at the output
    layout="columns",
    mean="gradients",
    words={"n": "m"},
)
