"""What the layers are made of; how their arguments come is in `solution.py`."""

from operations import convolution_layer, dense, layer_pairs, max_pooling, output_error, relu, softmax_loss, table

USES = table(
    layer_pairs.use(
        points={"affine_forward": 7, "affine_backward": 11, "relu_forward": 5, "relu_backward": 6, "softmax_loss": 15}
    ),
    dense.use(
        within="alone",
        codes={"forward": "affine_forward", "backward": "affine_backward"},
        words={"delta": "dout"},
        without=["backward.bias-gradient-of-last-sample-not-averaged"],
    ),
    relu.use(),
    softmax_loss.use(guarded=False),
    output_error.use(codes={"backward": "softmax_loss.gradient-"}, without=["backward.diagonal-jacobian"]),
    convolution_layer.use(
        names={"conv_backward": "conv_backward_naive"},
        codes={"conv_backward": "conv_backward"},
        words={"sizes": " that `conv_param` holds"},
    ),
    max_pooling.use(
        words={"height": "`pool_height`", "width": "`pool_width`"},
        codes={"max_pool_forward": "max_pool_forward_naive", "max_pool_backward": "max_pool_backward_naive"},
        without=[  # equal pixels earn a remark
            "max_pool_backward.equal-pixels-each-get-it",
            "max_pool_forward.reshaped-without-transposing",
            "max_pool_backward.stride-ignored",
        ],
    ),
)
