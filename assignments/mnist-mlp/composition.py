"""Which function of the contract is what."""

from operations import (
    batch_training,
    cross_entropy,
    dense,
    gradient_descent,
    initial_weights,
    l2_penalty,
    layer_activations,
    mini_batches,
    named_gradients,
    output_error,
    perceptron,
    prediction,
    relu,
    softmax,
)

USES = (
    relu.use(points=4),
    softmax.use(points=12),
    cross_entropy.use(points=10),
    l2_penalty.use(points=6),
    dense.use(),
    layer_activations.use(),
    output_error.use(),
    perceptron.use(points={"forward": 14, "backward": 36, "predict": 4}),
    named_gradients.use(key="{}"),
    prediction.use(),
    # Any small biases will do here, and weights of the wrong shape end `train` with an error that is explained.
    initial_weights.use(without=["train.shape-exchanged", "train.biases-not-zero"]),
    gradient_descent.use(
        default_rate=0.1,
        codes={"update": "train", "update.rate-of-its-own": "train.learning-rate-ignored"},
        without=["update.learning-rate-ignored"],
    ),
    mini_batches.use(without=["train.last-batch-lost"]),  # told of any samples that are never used
    batch_training.use(points={"train": 14}),
)
