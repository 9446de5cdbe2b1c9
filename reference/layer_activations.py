"""Which activation the layers of a network have.

Conventions:
    hidden: of every layer but the last.
    output: of the last layer.
"""

from collections.abc import Callable

from reference.arrays import Array
from reference.relu import relu
from reference.softmax import softmax

Activation = Callable[[Array], Array]


def hidden_activation(z: Array, *, hidden: Activation = relu) -> Array:
    """Of every layer but the last."""
    return hidden(z)


def output_activation(z: Array, *, output: Activation = softmax) -> Array:
    """Of the last layer."""
    return output(z)
