"""What a submission to this assignment implements: one class. Samples are rows."""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Labels = NDArray[np.int64]
Params = dict[str, Array]
Curves = dict[str, list[float]]


class TwoLayerNet:
    """A network with one hidden layer: affine - ReLU - affine - softmax.

    Args (of the constructor):
        input_size: D, numbers in a sample.
        hidden_size: H, units of the hidden layer.
        output_size: C, classes.
        std: standard deviation of the initial weights, which are normally distributed; biases begin at 0.

    Attributes:
        params: a dict with the weights `W1` (D, H) and `W2` (H, C) and the biases `b1` (H,) and `b2` (C,).

    All methods use these four arrays and nothing else, so that setting `params` sets the network.
    """

    def __init__(self, input_size, hidden_size, output_size, std=1e-4): ...

    def loss(self, X: Array, y: Labels | None = None, reg: float = 0.0) -> Array | tuple[float, Params]:
        """Scores of a batch; with labels, its loss and the gradient of that loss.

        The loss is the mean over the samples of -log p[y], where p is the softmax of the scores, plus the penalty
        reg·(ΣW1² + ΣW2²). (A penalty of ½·reg·(ΣW1² + ΣW2²) is accepted as well; its gradient must be the one that
        belongs to it.)

        Args:
            X: inputs, shape (N, D).
            y: labels 0 … C-1, integers of shape (N,); not every class need occur. None asks for the scores.
            reg: strength of the penalty, at least 0.

        Returns:
            without y the scores, shape (N, C), of any sign; with y `(loss, grads)`: one number, and a dict with the
            keys and shapes of `params`.
        """

    def predict(self, X: Array) -> Labels:
        """The class with the highest score for each sample.

        Args:
            X: inputs, shape (N, D).

        Returns:
            labels 0 … C-1 as integers, shape (N,).
        """

    def train(
        self,
        X: Array,
        y: Labels,
        X_val: Array,
        y_val: Labels,
        learning_rate: float = 1e-3,
        learning_rate_decay: float = 0.95,
        reg: float = 5e-6,
        num_iters: int = 100,
        batch_size: int = 200,
        verbose: bool = False,
    ) -> Curves:
        """Stochastic gradient descent on the loss: changes `params`.

        Args:
            X: training inputs, shape (N, D).
            y: their labels, shape (N,).
            X_val: inputs for validation, shape (M, D), never learnt from.
            y_val: their labels, shape (M,).
            learning_rate: of the first epoch.
            learning_rate_decay: factor of the learning rate after each epoch of max(N / batch_size, 1) steps.
            reg: strength of the penalty.
            num_iters: number of steps.
            batch_size: samples of a step, drawn at random from X together with their labels.
            verbose: whether to print progress.

        Returns:
            `loss_history`, the loss of each step's batch before the step, and `train_acc_history` and
            `val_acc_history`, the share of right predictions for the batch and for the validation data once per epoch.
        """
