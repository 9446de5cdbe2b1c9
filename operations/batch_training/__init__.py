"""Mini-batch gradient descent of a network whose parameters are a dict."""

from operations.batch_training import checks, mistakes, probes
from operations.batch_training.operation import batch_training

__all__ = ["batch_training", "checks", "mistakes", "probes"]
