"""What the network is made of; the class that holds it is in `solution.py`."""

from operations import dense, gradient_descent, sigmoid, squared_error, table, value_slope
from operations.squared_error import IN_A_STEP

USES = table(
    sigmoid.use(
        guarded=False,
        codes={"sigmoid": "feedforward.sigmoid-"},
        without=["sigmoid.overflow", "sigmoid_derivative.*", "backward.*"],
    ),
    value_slope.use(codes={"backward": "backprop"}),
    dense.use(
        codes={"backward": "backprop"},
        mean="none",
        without=["forward.*", "backward.bias-*", "backward.weight-gradient-averaged-again"],
    ),
    squared_error.use(codes={"backward": "backprop"}, words=IN_A_STEP, only=["backward.squared-error-sign"]),
    gradient_descent.use(codes={"update": "backprop"}, only=["update.old-value-dropped", "update.never-made"]),
)
