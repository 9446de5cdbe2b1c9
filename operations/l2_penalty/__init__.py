"""An L2 penalty on weights, in the cost and in the gradients."""

from operations.l2_penalty import cost, gradient, layers
from operations.l2_penalty.operation import l2_penalty

__all__ = ["cost", "gradient", "l2_penalty", "layers"]
