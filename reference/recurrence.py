"""What a recurrent layer does from step to step, and back through time (Deep Learning, sections 10.2 and 10.2.2).

Conventions:
    layout: samples are "rows" (x Wx + h Wh + b) or "columns" (Wx x + Wh h + b).
"""

from collections.abc import Iterable, Sequence

from reference.arrays import Array
from reference.dense import product


def pre_activation(x: Array, h: Array, Wx: Array, Wh: Array, b: Array) -> Array:
    """What inputs and the state before make of a step."""
    return from_inputs(x, Wx) + from_state(h, Wh) + b


def from_inputs(x: Array, Wx: Array, *, layout: str = "rows") -> Array:
    """The inputs' part."""
    return product(x, Wx, layout=layout)


def from_state(h: Array, Wh: Array, *, layout: str = "rows") -> Array:
    """The state's part."""
    return product(h, Wh, layout=layout)


def state_before(states: Sequence[Array], first: Array, t: int) -> Array:
    """The state that step t begins with."""
    return states[t - 1] if t > 0 else first


def predicted_from(after: Array, before: Array) -> Array:
    """The state that a step's output is made of."""
    return after


def backwards(steps: int) -> Iterable[int]:
    """The steps in the order in which the gradient goes through them."""
    return reversed(range(steps))


def arriving(of_output: Array, from_later: Array) -> Array:
    """Gradient in the state after a step: by the cost of that step's output, and by all later steps."""
    return of_output + from_later


def summed_over_steps(total: Array, of_step: Array) -> Array:
    """Every step uses the same weights: their gradient is a sum."""
    return total + of_step
