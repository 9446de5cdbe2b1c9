"""A convolution with filters, and its gradients."""

from operations.convolution_layer import backward, borders, checks, forward, output_size
from operations.convolution_layer.operation import convolution_layer

__all__ = ["backward", "borders", "checks", "convolution_layer", "forward", "output_size"]
