"""What the network is made of; the class that holds it is in `solution.py`."""

from operations import (
    binary_cross_entropy,
    dense,
    gradient_descent,
    initial_weights,
    l2_penalty,
    layer_activations,
    mini_batches,
    output_error,
    prediction,
    sigmoid,
    step,
    table,
)

USES = table(
    sigmoid.use(names={"backward": "gradient"}),
    dense.use(keepdims=True, names={"backward": "gradient"}),
    layer_activations.use(hidden=step("sigmoid"), output=step("sigmoid")),
    binary_cross_entropy.use(),
    l2_penalty.use(
        weight="w",
        shared=True,
        codes={"l2_penalty": "cost.penalty-", "backward": "gradient"},
        words={"lam": "lambd"},
    ),
    output_error.use(output="sigmoid"),
    gradient_descent.use(),
    mini_batches.use(without=["train.batches-overlap"]),  # as many steps as without the last batch
    prediction.use(),
    initial_weights.use(
        scheme="lecun", keepdims=True, codes={"train": "NeuralNetwork"}, without=["train.unscaled-weights"]
    ),
    mean="gradients",
)
