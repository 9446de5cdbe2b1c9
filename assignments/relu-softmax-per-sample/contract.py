"""What a submission to this assignment implements: a class whose layers have names, and a function for the cost."""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


class NeuralNetwork:
    """Two hidden layers of rectified linear units and a softmax output: by default 784 – 300 – 75 – 10 units.

    Args (of the constructor):
        layer_sizes: the four numbers of units, (inputs, first hidden layer, second hidden layer, outputs).
        lr: learning rate.

    Attributes:
        weights_i_to_h1, weights_h1_to_h2, weights_h2_to_o: weights from each layer to the next, shape (n_in, n_out),
            drawn at random.
        bias_i_to_h1, bias_h1_to_h2, bias_h2_to_o: biases of the layers after the first, shape (n_out,), 0 at first.
        lr: learning rate.

    The methods read the network from these attributes, so that setting them sets the network.
    """

    def __init__(self, layer_sizes=(784, 300, 75, 10), lr=0.1): ...

    def activation_ReLU(self, x: Array) -> Array:
        """Rectified linear unit, max(0, x), element by element.

        Args:
            x: array of any shape.

        Returns:
            an array of the same shape; `x` itself is left as it was.
        """

    def activation_dReLU(self, x: Array) -> Array:
        """Slope of the rectified linear unit: 1 where `x` is positive, 0 elsewhere.

        Args:
            x: array of any shape; activations do as well as pre-activations, since their signs agree.

        Returns:
            an array of the same shape.
        """

    def softmax(self, x: Array) -> Array:
        """Turn the logits of one sample into probabilities.

        Args:
            x: logits of one sample, shape (k,); any finite numbers, 1000 and -1000 included.

        Returns:
            probabilities, shape (k,), that sum to 1.
        """

    def dsoftmax(self, x: Array) -> Array:
        """Jacobian of softmax: how each probability changes with each logit.

        Args:
            x: the probabilities p of one sample (not its logits), shape (k,).

        Returns:
            shape (k, k), with ∂p_i/∂z_j = p_i (δ_ij - p_j) in row i and column j.
        """

    def predict(self, features: Array) -> Array:
        """Probabilities of every class for every sample.

        Args:
            features: inputs, shape (n, d).

        Returns:
            shape (n, k); each row sums to 1.
        """

    def train(self, features: Array, targets: Array) -> None:
        """One step of gradient descent on the mean cross-entropy of a batch: changes the weights and biases.

        With one gradient g_s for each sample s, every weight and bias w goes to w - lr · (1/n) Σ_s g_s. All samples see
        the weights that the network had before the step.

        Args:
            features: inputs, shape (n, d).
            targets: one-hot labels, shape (n, k).
        """


def categorical_cross_entropy(pred: Array, target: Array) -> float:
    """Mean cross-entropy of predicted probabilities, with the natural logarithm.

    Args:
        pred: predicted probabilities, shape (n, k).
        target: one-hot labels, shape (n, k).

    Returns:
        one number: the mean over the n samples of -log(probability of the true class); finite even when that
        probability is 0.
    """
