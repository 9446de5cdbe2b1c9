"""What the layers are made of."""

from operations import dense, hinge_loss, layer_pairs, output_error, relu, softmax_loss

USES = (
    layer_pairs.use(
        points={"affine_forward": 14, "affine_backward": 20, "relu_forward": 8, "relu_backward": 10, "softmax_loss": 24}
    ),
    hinge_loss.use("svm_loss", points=24),
    dense.use(
        within="alone",
        codes={"forward": "affine_forward", "backward": "affine_backward"},
        words={"delta": "dout"},
        without=["backward.bias-gradient-of-last-sample-not-averaged"],
    ),
    relu.use(),
    softmax_loss.use(guarded=False),
    output_error.use(codes={"backward": "softmax_loss.gradient-"}, without=["backward.diagonal-jacobian"]),
)
