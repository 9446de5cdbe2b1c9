"""What the network is made of; the class that holds it is in `solution.py`."""

from operations import batch_mean, dense, gradient_descent, sigmoid, table, value_slope

USES = table(
    sigmoid.use(
        guarded=False,
        codes={"sigmoid": "forward_pass_train.sigmoid-"},
        without=["sigmoid.overflow", "sigmoid_derivative.*", "backward.*"],
    ),
    value_slope.use(codes={"backward": "backpropagation"}),
    dense.use(
        codes={"backward": "backpropagation"},
        mean="none",
        only=["backward.weight-gradient-transposed", "backward.input-missing-in-weight-gradient"],
    ),
    batch_mean.use(codes={"update": "update_weights", "update.summed": "update_weights.not-averaged"}),
    gradient_descent.use(codes={"update": "update_weights"}, without=["update.never-made", "update.ascent"]),
)
