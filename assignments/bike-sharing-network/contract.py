"""What a submission to this assignment implements: one class. A sample is a vector; of many, each is a row."""

import numpy as np
from numpy.typing import NDArray

from grader.assignments import may_change

Array = NDArray[np.float64]


class NeuralNetwork:
    """A hidden layer of sigmoids and a linear output layer, both without biases.

    Attributes:
        weights_input_to_hidden: shape (input_nodes, hidden_nodes).
        weights_hidden_to_output: shape (hidden_nodes, output_nodes).
    """

    def __init__(self, input_nodes: int, hidden_nodes: int, output_nodes: int, learning_rate: float) -> None: ...

    def train(self, features: Array, targets: Array) -> None:
        """One step of gradient descent on the mean of ½‖y - output‖² over a batch.

        Args:
            features: inputs, shape (n, input_nodes).
            targets: what the outputs should be, shape (n, output_nodes), or (n,) for one output.
        """

    def forward_pass_train(self, X: Array) -> tuple[Array, Array]:
        """The outputs of one sample.

        Args:
            X: inputs, shape (input_nodes,).

        Returns:
            (final_outputs, hidden_outputs): shapes (output_nodes,) and (hidden_nodes,).
        """

    @may_change("delta_weights_i_h", "delta_weights_h_o")
    def backpropagation(
        self,
        final_outputs: Array,
        hidden_outputs: Array,
        X: Array,
        y: Array,
        delta_weights_i_h: Array,
        delta_weights_h_o: Array,
    ) -> tuple[Array, Array]:
        """Adds one sample's steps, -∂(½‖y - output‖²)/∂w, to the sums over the samples before it.

        Args:
            final_outputs, hidden_outputs: what `forward_pass_train` returned.
            X: the inputs, shape (input_nodes,).
            y: what the outputs should be, shape (output_nodes,).
            delta_weights_i_h: sums so far, of the shape of `weights_input_to_hidden`.
            delta_weights_h_o: sums so far, of the shape of `weights_hidden_to_output`.

        Returns:
            (delta_weights_i_h, delta_weights_h_o) with this sample's.
        """

    def update_weights(self, delta_weights_i_h: Array, delta_weights_h_o: Array, n_records: int) -> None:
        """Changes both weights by learning_rate · delta / n_records.

        Args:
            delta_weights_i_h, delta_weights_h_o: sums over the samples of a batch.
            n_records: number of samples in the batch.
        """

    def run(self, features: Array) -> Array:
        """The outputs of samples.

        Args:
            features: inputs, shape (n, input_nodes).

        Returns:
            shape (n, output_nodes).
        """
