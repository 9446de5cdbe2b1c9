"""What the layers are made of; how channels come to be last is in `solution.py`."""

from operations import convolution_layer, max_pooling, table

USES = table(
    convolution_layer.use(
        without=[  # of whole maps, which are made pixel by pixel here; and what the course's own formula does
            "conv_forward.first-bias-for-all",
            "conv_forward.only-the-first-window",
            "conv_forward.first-image-only",
            "conv_backward.empty-without-padding",
            "conv_backward.dx-overwritten",
        ],
    ),
    max_pooling.use(
        codes={"max_pool_forward": "pool_forward", "max_pool_backward": "pool_backward"},
        without=["max_pool_backward.equal-pixels-each-get-it", "max_pool_forward.reshaped-without-transposing"],
    ),
)
