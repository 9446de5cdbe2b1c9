"""What the network is made of; how its two layers are put together is in `solution.py`."""

from operations import (
    dense,
    gradient_descent,
    layer_activations,
    one_hot,
    output_error,
    prediction,
    relu,
    softmax,
    table,
)

USES = table(
    relu.use("ReLU", points=8, names={"relu_backward": "ReLU_backward"}, without=["relu.sigmoid-instead"]),
    softmax.use(axis=0, guarded=False, points=12),  # what overflows is a remark
    layer_activations.use(),
    dense.use(keepdims=True, dot=True, without=["forward.elementwise-product", "mean.*"]),
    one_hot.use(points=6, classes="largest"),
    output_error.use(),
    gradient_descent.use(),
    prediction.use(names={"most_probable": "get_predictions"}, points=4, codes={"predict": "get_predictions"}),
    layout="columns",
    mean="gradients",
    words={"n": "m"},
)
