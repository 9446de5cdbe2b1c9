"""A step of Nesterov's momentum, for gradients at the point that is looked ahead to (Sutskever et al. 2013).

In the variables of Bengio et al. 2013, "Advances in optimizing recurrent networks", equation 7: v ← ρv - ηg, and
w ← w + ρv - ηg with the new v.

Conventions:
    rho: how much of the velocity is kept.
"""

from reference.arrays import Array


def nesterov(w: Array, dw: Array, v: Array, lr: float, *, rho: float = 0.9) -> tuple[Array, Array]:
    """The new parameter and its new velocity."""
    return nesterov_step(w, dw, v, lr, rho)


def nesterov_step(w: Array, dw: Array, v: Array, lr: float, rho: float) -> tuple[Array, Array]:
    """The same with ρ as an argument."""
    v = accelerated(v, dw, lr, rho)
    return w + looked_ahead(v, dw, lr, rho), v


def accelerated(v: Array, dw: Array, lr: float, rho: float) -> Array:
    """The new velocity."""
    return rho * v - lr * dw


def looked_ahead(v: Array, dw: Array, lr: float, rho: float) -> Array:
    """What the parameter moves by, v being the new velocity."""
    return rho * v - lr * dw
