"""What the network is made of; the class that holds it is in `solution.py`."""

from operations import dense, gradient_descent, squared_error, table, tanh, value_slope
from operations.squared_error import IN_A_STEP

USES = table(
    tanh.use(codes={"tanh": "predict.tanh-"}, without=["tanh_derivative.*", "backward.*"]),
    value_slope.use(codes={"backward": "fit"}, of="tanh"),
    dense.use(
        codes={"backward": "fit"},
        mean="none",
        without=[
            "forward.*",
            "backward.bias-*",
            "backward.weight-gradient-*",
            "backward.averaged-*",
            "backward.mean-*",
        ],
    ),
    squared_error.use(codes={"backward": "fit"}, half=True, words=IN_A_STEP, only=["backward.squared-error-sign"]),
    gradient_descent.use(codes={"update": "fit"}, only=["update.old-value-dropped", "update.never-made"]),
)
