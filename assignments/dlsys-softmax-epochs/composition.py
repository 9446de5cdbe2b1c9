"""What the two models are made of; their epochs are in `solution.py`."""

from operations import dense, gradient_descent, layer_steps, output_error, relu, softmax_loss, table

USES = table(
    softmax_loss.use(guarded=False),
    output_error.use(codes={"backward": "gradient"}),
    dense.use(codes={"backward": "gradient"}, without=["forward.*", "backward.bias-*"]),
    relu.use(codes={"relu": "nn_epoch.hidden-", "backward": "nn_epoch.hidden-"}),
    layer_steps.use(codes={"backward": "nn_epoch"}, words={"back": "The gradient of `W1`"}),
    gradient_descent.use(without=["update.never-made"]),
    mean="gradients",
)
