"""The slope of an activation by its value, a (1 - a) or 1 - a² (Deep Learning, sections 3.10 and 6.3.2).

Conventions:
    of: which activation, "sigmoid" or "tanh".
"""

from reference.arrays import Array


def value_slope(a: Array, *, of: str = "sigmoid") -> Array:
    """The slope where the activation has the value a."""
    return 1 - a**2 if of == "tanh" else a * (1 - a)
