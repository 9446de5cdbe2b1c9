"""What a submission to this assignment implements: two functions and a class; rows are samples throughout."""

import numpy as np
from numpy.typing import NDArray

from grader.assignments import Opaque

Array = NDArray[np.float64]
Parameters = dict[str, Array]


def sigmoid(z: Array) -> Array:
    """The logistic function 1 / (1 + exp(-z)), element by element.

    Args:
        z: array of any shape.

    Returns:
        an array of the same shape, finite for any finite `z`.
    """


def sigmoid_derivative(z: Array) -> Array:
    """Derivative of the logistic function at `z`, element by element.

    Args:
        z: pre-activations (not activations), any shape.

    Returns:
        an array of the same shape.
    """


class NeuralNetwork:
    """A fully connected network with sigmoid units in every layer, the output layer included.

    Args (of the constructor):
        layer_sizes: [d, hidden sizes …, k], two numbers or more.
        training_size: n, the number of samples in the whole training set; the L2 penalty is shared among them.
        seed: of the random initial weights.

    Attributes:
        num_layers: how many layers there are, the input layer included: len(layer_sizes).
        training_size: n.
        parameters: a dict with the weights `w1`, `w2`, … of shapes (n_in, n_out), drawn at random, and the biases
            `b1`, `b2`, … of shapes (1, n_out), all zero at first.

    The methods read the network from `parameters`, so that setting it sets the network.
    """

    def __init__(self, layer_sizes, training_size, seed=0): ...

    def gather_backprop_data(self, x: Array, y: Array) -> tuple[Opaque, list[Array], list[Array]]:
        """The forward pass, with everything that backpropagation needs.

        Args:
            x: inputs, shape (m, d).
            y: one-hot labels, shape (m, k); they are at hand here, but need not be used.

        Returns:
            (gradients, activations, zs): a dict for the gradients to be filled in (what it holds is your business); the
            activations, a list that begins with `x` and ends with the outputs, shape (m, k); the pre-activations z of
            every layer after the input, a list that is one shorter.
        """

    def cost(self, x: Array, y: Array, lambd: float) -> float:
        """Cross-entropy of the outputs, averaged over the samples given, plus the L2 penalty.

        The cross-entropy of a sample is -Σ_j [y_j ln a_j + (1 - y_j) ln(1 - a_j)]. The penalty is λ/(2n) times the sum
        of all squared weights, where n is `training_size`, however many samples are given; biases are not penalised.

        Args:
            x: inputs, shape (m, d).
            y: one-hot labels, shape (m, k).
            lambd: λ ≥ 0.

        Returns:
            one number, finite even when an output is exactly 0 or 1.
        """

    def calculate_gradients(self, x: Array, y: Array, lambd: float) -> Parameters:
        """Gradient of `cost` on a mini-batch, in every weight and bias.

        Args:
            x: inputs of the mini-batch, shape (m, d).
            y: their one-hot labels, shape (m, k).
            lambd: λ.

        Returns:
            a dict with the keys and shapes of `parameters`.
        """

    def update_parameters(self, gradients: Parameters, learning_rate: float) -> None:
        """One step of gradient descent: changes `parameters`.

        Args:
            gradients: as `calculate_gradients` returns them.
            learning_rate: η.
        """

    def train(
        self, x: Array, y: Array, epochs: int, batch_size: int, learning_rate: float, lambd: float
    ) -> list[float]:
        """Mini-batch gradient descent, from the parameters that the network has.

        Every epoch goes through all samples in a random order; the last mini-batch may be smaller.

        Args:
            x: inputs of the training set, shape (n, d).
            y: one-hot labels, shape (n, k).
            epochs: passes over the training set.
            batch_size: samples in a mini-batch.
            learning_rate: η.
            lambd: λ.

        Returns:
            `cost` on the whole training set after each epoch, one number per epoch.
        """

    def predict(self, x: Array) -> Array:
        """The class with the largest output for each sample.

        Args:
            x: inputs, shape (m, d).

        Returns:
            labels 0 … k-1 as integers, shape (m,).
        """
