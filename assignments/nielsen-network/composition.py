"""What the network is made of; the class that holds it is in `solution.py`."""

from operations import (
    binary_cross_entropy,
    dense,
    gradient_descent,
    initial_weights,
    l1_penalty,
    l2_penalty,
    layer_activations,
    relu,
    sigmoid,
    step,
    table,
)

USES = table(
    sigmoid.use(codes={"sigmoid": "feedforward.sigmoid-", "sigmoid_derivative": "backprop.sigmoid-derivative-"}),
    relu.use(
        codes={"relu": "feedforward.relu-", "relu_derivative": "backprop.relu-derivative-"},
        without=["relu.sigmoid-instead", "relu_derivative.one-at-zero"],
    ),
    dense.use(keepdims=True, codes={"forward": "feedforward", "backward": "backprop"}),
    layer_activations.use(
        output=step("sigmoid"),
        codes={"forward": "feedforward"},
        only=["forward.output-not-squashed", "forward.output-squashed-twice", "forward.softmax-output"],
    ),
    binary_cross_entropy.use(codes={"cost": "total_cost"}),
    l1_penalty.use(codes={"l1_penalty": "total_cost.l1-", "backward": "update_mini_batch"}),
    l2_penalty.use(
        codes={"l2_penalty": "total_cost.l2-", "backward": "update_mini_batch.l2-"}, words={"lam": "lmbda_L2"}
    ),
    gradient_descent.use(codes={"update": "update_mini_batch"}, without=["update.never-made"]),
    initial_weights.use(
        scheme="lecun",
        bias="normal",
        keepdims=True,
        codes={"train": "NN2"},
        without=["train.positive-weights", "train.unscaled-weights"],
    ),
    layout="columns",
    mean="none",
    shared=True,
)
