"""What the network is made of, one sample at a time; the class that holds it is in `solution.py`."""

from operations import cross_entropy, dense, initial_weights, layer_activations, relu, softmax, table

USES = table(
    relu.use(codes={"relu_derivative": "activation_dReLU"}),
    softmax.use(axis=None),
    dense.use(without=["backward.weights-not-transposed"]),  # an error about shapes like any other
    layer_activations.use(),
    cross_entropy.use(names={"cross_entropy": "categorical_cross_entropy"}, codes={"cross_entropy": "cross_entropy"}),
    initial_weights.use(codes={"train": "NeuralNetwork"}, without=["train.positive-weights", "train.unscaled-weights"]),
    layout="sample",
)
