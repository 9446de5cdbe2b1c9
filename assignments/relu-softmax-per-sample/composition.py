"""What the network is made of, one sample at a time; the class that holds it is in `solution.py`.

The sums over the samples of a batch are those of a layer whose rows are samples.
"""

from operations import (
    batch_mean,
    cross_entropy,
    dense,
    gradient_descent,
    initial_weights,
    layer_activations,
    output_error,
    relu,
    softmax,
    table,
)

USES = table(
    relu.use(
        codes={"relu_derivative": "activation_dReLU", "backward": "train"},
        without=["backward.*-of-z", "backward.multiplied-by-z"],  # it is given activations
    ),
    softmax.use(axis=None),
    dense.use(
        without=["backward.weights-not-transposed"],  # an error about shapes like any other
        only=["forward.*", "backward.averaged-on-the-way-back", "backward.weights-not-transposed"],
    ),
    dense.use(
        prefix="batch_",
        layout="rows",
        mean="delta",
        only=["backward.weight-*", "backward.bias-*", "backward.input-*", "backward.mean-input-*"],
        without=["backward.bias-gradient-of-last-*", "backward.bias-gradient-zero"],  # in `mistakes/`; never updated
        codes={
            "backward": "train.",
            "backward.bias-gradient-one-number": "train.bias-change-one-number",
        },
        words={
            "without_axis": "For a single sample the error is a vector already; `np.sum(error, axis=0)` adds its "
            "entries up. (In a batch, where the errors are a matrix, axis 0 runs over the samples.)",
        },
    ),
    output_error.use(
        added=True,
        mean="none",
        codes={
            "backward": "train.output-error-",
            "backward.softmax-jacobian-of-difference": "train.squared-error-gradient",
        },
    ),
    layer_activations.use(),
    cross_entropy.use(names={"cross_entropy": "categorical_cross_entropy"}, codes={"cross_entropy": "cross_entropy"}),
    batch_mean.use(codes={"update": "train"}),
    gradient_descent.use(codes={"update": "train"}, without=["update.ascent"]),
    initial_weights.use(codes={"train": "NeuralNetwork"}, without=["train.positive-weights", "train.unscaled-weights"]),
    layout="sample",
)
