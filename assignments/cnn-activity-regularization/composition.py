"""What the layers are made of; the network and its penalties are in `solution.py`."""

from operations import (
    convolution_layer,
    dense,
    elu,
    max_pooling,
    output_error,
    prediction,
    softmax_loss,
    table,
)

USES = table(
    dense.use(
        within="alone",
        codes={"forward": "dense_forward", "backward": "dense_backward"},
        words={"delta": "dout"},
        without=["backward.bias-gradient-of-last-sample-not-averaged"],
    ),
    elu.use(),
    softmax_loss.use(),
    output_error.use(codes={"backward": "softmax_loss.gradient-"}, without=["backward.diagonal-jacobian"]),
    convolution_layer.use(),
    max_pooling.use(),
    prediction.use(),
)
