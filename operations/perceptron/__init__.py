"""A network of dense layers whose parameters are a dict: outputs, gradients, predictions."""

from operations.perceptron import backward, forward, predict
from operations.perceptron.operation import perceptron

__all__ = ["backward", "forward", "perceptron", "predict"]
