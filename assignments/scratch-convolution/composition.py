"""Which class is what, as the book calls it; what Dropout keeps is in `solution.py`."""

from operations import convolution_layer, layer_steps, max_pooling, plain_dropout, table
from operations.layers import Style, filter_layer, pooling_layer

BOOK = Style(parameter="{}", gradient="d{}")

USES = (
    *table(
        layer_steps.use(codes={"backward": "layers"}),
        convolution_layer.use(
            codes={"conv_forward": "Convolution.forward", "conv_backward": "Convolution.backward"},
            words={"sizes": " that are given to the constructor"},
        ),
        max_pooling.use(
            codes={"max_pool_forward": "Pooling.forward", "max_pool_backward": "Pooling.backward"},
            words={"height": "`pool_h`", "width": "`pool_w`"},
            without=["max_pool_forward.reshaped-without-transposing", "max_pool_backward.equal-pixels-each-get-it"],
        ),
        plain_dropout.use(codes={"dropout_forward": "Dropout.forward", "dropout_backward": "Dropout.backward"}),
    ),
    filter_layer("Convolution", BOOK, points=(22, 30)),
    pooling_layer("Pooling", BOOK, points=(12, 16), window=("pool_h", "pool_w")),
)
