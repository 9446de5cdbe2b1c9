"""Which function of the contract is what."""

from operations import (
    batch_training,
    cross_entropy,
    dense,
    initial_weights,
    l2_penalty,
    layer_activations,
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
    batch_training.use(points={"train": 14}),
)
