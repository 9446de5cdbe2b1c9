"""What the network is made of; the class that holds it is in `solution.py`."""

from operations import (
    dense,
    descent,
    gradient_descent,
    layer_activations,
    output_error,
    penalty_terms,
    prediction,
    relu,
    sampled_batches,
    scaled_weights,
    softmax_loss,
    table,
)

OF_A_BIAS = ["forward.bias-missing", "forward.bias-added-twice"]

USES = table(
    dense.use(),
    dense.use(prefix="hidden_", where="the hidden layer", codes={"forward": "loss"}, only=OF_A_BIAS),
    dense.use(prefix="output_", where="the output layer", codes={"forward": "loss"}, only=OF_A_BIAS),
    layer_activations.use(),
    relu.use(only=["backward.*"]),  # its values are the hidden layer's
    softmax_loss.use(guarded=False),
    output_error.use(codes={"backward": "softmax_loss.gradient-"}, without=["backward.diagonal-jacobian"]),
    penalty_terms.use(),
    prediction.use(),
    gradient_descent.use(
        default_rate=0.001,
        codes={
            "update.biases-not-updated": "train.biases-never-updated",
            "update.weights-not-updated": "train.weights-never-updated",
            "update.first-layer-left-out": "train.hidden-layer-never-updated",
            "update.last-layer-left-out": "train.output-layer-never-updated",
            "update.rate-of-its-own": "train.learning-rate-ignored",
        },
        without=["update.*-layer-alone"],  # of two layers
    ),
    sampled_batches.use(
        codes={
            "batches.whole-set": "train.all-samples-in-every-step",
            "batches.first-samples": "train.always-the-first-batch",
            "batches.one-sample": "train.one-sample-in-every-step",
            "batches.drawn-once": "train.always-the-same-batch",
            "batches.labels-drawn-for-themselves": "train.samples-and-labels-drawn-apart",
            "batches": "train",
        },
        without=["batches.labels-of-the-first-samples"],  # looks like two draws
    ),
    descent.use(codes={"descent": "train"}, only=["descent.one-step-*"]),
    scaled_weights.use(),
    layers="two",
)
