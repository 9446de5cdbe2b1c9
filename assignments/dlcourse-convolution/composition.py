"""What the layers are made of; how channels come to be last is in `solution.py`."""

from operations import convolution_layer, flatten, max_pooling, table

USES = table(
    convolution_layer.use(
        codes={"conv_forward": "ConvolutionalLayer.forward", "conv_backward": "ConvolutionalLayer.backward"},
        words={"sizes": ", which is 1; p is given to the constructor"},
        without=[  # the filters are square, and move by one pixel
            "conv_forward.stride-ignored",
            "conv_forward.start-ignores-the-stride",
            "conv_forward.no-stride-in-the-size",
            "conv_forward.width-from-the-filters-height",
            "conv_backward.stride-ignored",
            "conv_backward.filter-gradient-ignores-the-stride",
        ],
    ),
    max_pooling.use(
        codes={"max_pool_forward": "MaxPoolingLayer.forward", "max_pool_backward": "MaxPoolingLayer.backward"},
        words={"height": "`pool_size`", "width": "`pool_size`"},
        without=[
            "max_pool_forward.reshaped-without-transposing",
            "max_pool_forward.window-is-a-square",
            "max_pool_forward.width-from-the-windows-height",
            "max_pool_backward.window-is-a-square",
            "max_pool_backward.row-by-the-height",
            "max_pool_backward.rows-as-long-as-the-height",
            "max_pool_backward.equal-pixels-each-get-it",
        ],
    ),
    flatten.use(codes={"flatten": "Flattener.forward", "unflatten": "Flattener.backward"}),
)
