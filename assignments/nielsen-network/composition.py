"""What the network is made of; the class that holds it is in `solution.py`."""

from operations import (
    batch_mean,
    binary_cross_entropy,
    dense,
    gradient_descent,
    initial_weights,
    l1_penalty,
    l2_penalty,
    layer_activations,
    mini_batches,
    output_error,
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
        weight="w",
        codes={
            "l2_penalty": "total_cost.l2-",
            "l2_penalty.biases-included": "total_cost.biases-penalised",
            "l2_penalty.first-layer-only": "total_cost.first-layer-penalised-alone",
            "l2_penalty.last-layer-only": "total_cost.last-layer-penalised-alone",
            "backward": "update_mini_batch.l2-",
            "backward.penalty-shared-among-the-batch": "stochastic_gradient_descent.n-is-the-batch-size",
        },
        words={"lam": "lmbda_L2"},
    ),
    output_error.use(output="sigmoid", codes={"output_delta": "backprop"}),
    batch_mean.use(
        codes={"update": "update_mini_batch", "update.summed": "update_mini_batch.summed-over-the-mini-batch"}
    ),
    gradient_descent.use(
        codes={"update": "update_mini_batch", "update.never-made": "update_mini_batch.nothing-changes"}
    ),
    mini_batches.use(
        codes={"train": "stochastic_gradient_descent"},
        without=["train.batches-overlap"],  # as many steps as without the last batch
    ),
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
