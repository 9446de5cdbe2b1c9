"""What the network is made of; how its three layers are put together is in `solution.py`."""

from operations import dense, dropout, output_error, relu, sigmoid, table

USES = table(
    dense.use(  # what raises an error at once is told by that
        keepdims=True,
        dot=True,
        without=["forward.weights-transposed", "forward.factors-exchanged", "forward.elementwise-product", "mean.*"],
    ),
    relu.use(without=["relu.sigmoid-instead", "relu.max-over-axis"]),
    sigmoid.use(guarded=False, only=[]),
    dropout.use(codes={"dropout": "forward", "dropout_backward": "backward.dropout-"}),
    output_error.use(output="sigmoid", outputs="one"),
    layout="columns",
    mean="gradients",
    words={"n": "m"},
)
