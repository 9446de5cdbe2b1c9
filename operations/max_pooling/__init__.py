"""Max-pooling, and the way back through it."""

from operations.max_pooling import checks, pixels, windows
from operations.max_pooling.operation import max_pooling

__all__ = ["checks", "max_pooling", "pixels", "windows"]
