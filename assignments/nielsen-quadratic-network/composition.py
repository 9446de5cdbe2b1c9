"""What the network is made of; the class that holds it is in `solution.py`."""

from operations import batch_mean, dense, gradient_descent, layer_activations, sigmoid, step, table

USES = table(
    sigmoid.use(
        guarded=False,
        codes={"sigmoid": "feedforward.sigmoid-", "sigmoid_derivative": "backprop.sigmoid-derivative-"},
        without=["sigmoid.overflow"],
    ),
    dense.use(keepdims=True, dot=True, codes={"forward": "feedforward", "backward": "backprop"}),
    layer_activations.use(output=step("sigmoid"), hidden=step("sigmoid"), codes={"forward": "feedforward"}, only=[]),
    batch_mean.use(codes={"update": "update_mini_batch"}),
    gradient_descent.use(codes={"update": "update_mini_batch"}, without=["update.never-made"]),
    layout="columns",
    mean="none",
)
