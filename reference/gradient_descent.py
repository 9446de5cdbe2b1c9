"""The step of gradient descent, w ← w - η g (Deep Learning, section 4.3)."""

from reference.arrays import Array, Parameters


def update(value: Array, gradient: Array, rate: float) -> Array:
    """The new value of one parameter."""
    return value - rate * gradient


def moved(name: str, value: Array, gradient: Array, rate: float) -> Array:
    """One parameter after a step; biases are those whose names begin with b."""
    return update(value, gradient, rate)


def changed_names(params: Parameters) -> list[str]:
    """The parameters that a step changes: all."""
    return list(params)


def stepped(params: Parameters, grads: Parameters, rate: float) -> Parameters:
    """A step of every parameter."""
    return params | {name: moved(name, params[name], grads[name], rate) for name in changed_names(params)}
