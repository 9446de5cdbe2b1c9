"""What the network is made of; the class that holds it is in `solution.py`."""

from operations import (
    convolution_layer,
    dense,
    l2_penalty,
    max_pooling,
    output_error,
    relu,
    softmax_loss,
    table,
)

USES = table(
    convolution_layer.use(only=["conv_forward.bias-missing", "conv_backward.bias-gradient-averaged"]),
    max_pooling.use(only=["max_pool_forward.mean-instead", "max_pool_backward.upstream-ignored"]),
    dense.use(codes={"forward": "loss"}),
    relu.use(only=["backward.*"]),
    softmax_loss.use(guarded=False),
    output_error.use(codes={"backward": "softmax_loss.gradient-"}, without=["backward.diagonal-jacobian"]),
    l2_penalty.use(codes={"l2_penalty": "loss.penalty-"}, words={"lam": "reg"}, without=["l2_penalty.two-layers-only"]),
)
