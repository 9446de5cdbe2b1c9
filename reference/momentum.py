"""A step of gradient descent with momentum (Polyak 1964; Deep Learning, section 8.3.2).

Conventions:
    rho: how much of the velocity is kept, where it is no argument.
    velocity: what is kept between steps: the last "step", v ← ρv - ηg and w ← w + v; a "sum" of gradients,
        v ← ρv + g and w ← w - ηv; or an "average" of them, v ← ρv + (1-ρ)g and w ← w - ηv.
"""

from reference.arrays import Array


def momentum(w: Array, dw: Array, v: Array, lr: float, *, rho: float = 0.9) -> tuple[Array, Array]:
    """The new parameter and its new velocity."""
    return momentum_step(w, dw, v, lr, rho)


def momentum_step(w: Array, dw: Array, v: Array, lr: float, rho: float) -> tuple[Array, Array]:
    """The same with ρ as an argument."""
    v = next_velocity(v, dw, lr, rho)
    return moved_by_velocity(w, v, lr), v


def next_velocity(v: Array, dw: Array, lr: float, rho: float, *, velocity: str = "step") -> Array:
    """What is kept of the old velocity, and the new gradient."""
    if velocity == "step":
        return rho * v - lr * dw
    return rho * v + (1 - rho) * dw if velocity == "average" else rho * v + dw


def moved_by_velocity(w: Array, v: Array, lr: float, *, velocity: str = "step") -> Array:
    """The parameter after the step."""
    return w + v if velocity == "step" else w - lr * v
