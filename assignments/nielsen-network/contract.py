"""What a submission to this assignment implements: one class, in the manner of chapter 3 of Nielsen's book."""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Data = list[tuple[Array, Array]]
Curves = dict[str, list[float]]


class NN2:
    """A fully connected network; every vector is a column.

    Layer l computes a_l = activation(w_l a_{l-1} + b_l). The hidden layers use the chosen activation, the output layer
    always the sigmoid.

    Args (of the constructor):
        layer_sizes: [inputs, hidden sizes …, outputs], two numbers or more.
        rand_seed: of every random number of the network; the same seed gives the same network and the same training.
        cost: "cross-entropy", -Σ_j [y_j ln a_j + (1 - y_j) ln(1 - a_j)] of a sample, or "quadratic", ½ ‖a - y‖².
        activation: of the hidden layers, "sigmoid" or "relu".

    Attributes:
        weights: a list with one array for each layer after the first, shape (n_out, n_in); drawn from a normal
            distribution with mean 0 and standard deviation 1/√n_in.
        biases: a list with one column for each layer after the first, shape (n_out, 1); drawn from the standard normal
            distribution.

    All methods use these two lists and nothing else, so that setting them sets the network.
    """

    def __init__(self, layer_sizes, rand_seed=None, cost="cross-entropy", activation="sigmoid"): ...

    def feedforward(self, a: Array) -> Array:
        """The network's output for one input.

        Args:
            a: a column, shape (n_in, 1).

        Returns:
            a column, shape (n_out, 1); finite for any finite input.
        """

    def backprop(self, x: Array, y: Array) -> tuple[list[Array], list[Array]]:
        """Gradient of the cost of one sample, without penalties.

        Args:
            x: the input, shape (n_in, 1).
            y: its one-hot label, shape (n_out, 1).

        Returns:
            (nabla_b, nabla_w): two lists with the shapes of `biases` and `weights`.
        """

    def update_mini_batch(self, mini_batch: Data, eta: float, lmbda_L1: float, lmbda_L2: float, n: int) -> None:
        """One step of gradient descent: changes `weights` and `biases`.

        A weight goes to w - eta (lmbda_L1/n · sign(w) + lmbda_L2/n · w + mean gradient of the mini-batch), where
        sign(0) = 0; a bias feels the mean gradient alone.

        Args:
            mini_batch: a list of samples (x, y); any number of them.
            eta: learning rate.
            lmbda_L1: strength λ₁ of the L1 penalty.
            lmbda_L2: strength λ₂ of the L2 penalty.
            n: number of samples in the whole training set.
        """

    def total_cost(self, data: Data, lmbda_L1: float = 0.0, lmbda_L2: float = 0.0) -> float:
        """Mean cost of the samples, plus λ₁/n Σ|w| + λ₂/(2n) Σw² over all weights, where n = len(data).

        Args:
            data: a list of samples (x, y).
            lmbda_L1: λ₁.
            lmbda_L2: λ₂.

        Returns:
            one number, finite even when an output is exactly 0 or 1.
        """

    def accuracy(self, data: Data) -> float:
        """Share (0 to 1) of the samples whose largest output is at the place of the label's 1.

        Args:
            data: a list of samples (x, y).
        """

    def stochastic_gradient_descent(
        self,
        training_data: Data,
        test_data: Data,
        epochs: int,
        batch_size: int,
        eta: float,
        lmbda_L1: float = 0.0,
        lmbda_L2: float = 0.0,
        monitoring: bool = True,
    ) -> Curves:
        """Train on mini-batches, from the weights and biases that the network has.

        Every epoch shuffles the samples and goes through all of them; the last mini-batch may be smaller.

        Args:
            training_data: a list of samples (x, y); the list and its arrays are left as they are.
            test_data: samples that are measured only, never learnt from.
            epochs: passes over the training data.
            batch_size: samples in a mini-batch.
            eta: learning rate.
            lmbda_L1: λ₁ of the penalty.
            lmbda_L2: λ₂ of the penalty.
            monitoring: whether to measure after every epoch; the lists stay empty otherwise.

        Returns:
            five lists with one number per epoch: `epoch` (0, 1, 2, …), `train_accuracy`, `test_accuracy`, `train_cost`
            and `test_cost`. All are measured at the end of the epoch over the whole of the data; the costs are without
            the penalty, so that they can be compared with each other and between different λ.
        """
