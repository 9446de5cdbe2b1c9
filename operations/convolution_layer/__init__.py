"""A convolution with filters, and its gradients."""

from operations.convolution_layer import backward, forward
from operations.convolution_layer.operation import convolution_layer

__all__ = ["backward", "convolution_layer", "forward"]
