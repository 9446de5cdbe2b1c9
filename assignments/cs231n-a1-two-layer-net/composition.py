"""What the network is made of; the class that holds it is in `solution.py`."""

from operations import dense, fully_connected, l2_penalty, output_error, relu, scaled_weights, softmax_loss, table

USES = table(
    scaled_weights.use(),
    fully_connected.use(without=["loss.normalisation-*", "loss.dropout-*"]),
    dense.use(codes={"forward": "loss"}),
    relu.use(only=["backward.*"]),
    softmax_loss.use(guarded=False),
    output_error.use(codes={"backward": "softmax_loss.gradient-"}, without=["backward.diagonal-jacobian"]),
    l2_penalty.use(codes={"l2_penalty": "loss.penalty-"}, words={"lam": "reg"}, without=["l2_penalty.two-layers-only"]),
)
