"""What a submission to this assignment implements: six optimizers, with the names of "Deep Learning from Scratch"."""

import numpy as np
from numpy.typing import NDArray

from grader.assignments import updates

Array = NDArray[np.float64]
Params = dict[str, Array]


class SGD:
    """Plain gradient descent."""

    def __init__(self, lr=0.01): ...

    @updates("params")
    def update(self, params: Params, grads: Params) -> None:
        """A step of every parameter, w ← w - lr·g; `params` is changed in place.

        Args:
            params: parameters by name.
            grads: their gradients, under the same names.
        """


class Momentum:
    """Gradient descent with momentum; velocities begin at 0."""

    def __init__(self, lr=0.01, momentum=0.9): ...

    @updates("params")
    def update(self, params: Params, grads: Params) -> None:
        """A step of every parameter, v ← momentum·v - lr·g and w ← w + v; `params` is changed in place.

        Args:
            params, grads: as for `SGD`.
        """


class Nesterov:
    """Nesterov's momentum, in the variables that need no gradient at another place; velocities begin at 0."""

    def __init__(self, lr=0.01, momentum=0.9): ...

    @updates("params")
    def update(self, params: Params, grads: Params) -> None:
        """A step of every parameter, w ← w + momentum²·v - (1 + momentum)·lr·g and v ← momentum·v - lr·g.

        w moves by the velocity of before; `params` is changed in place.

        Args:
            params, grads: as for `SGD`.
        """


class AdaGrad:
    """AdaGrad; sums of squares begin at 0."""

    def __init__(self, lr=0.01): ...

    @updates("params")
    def update(self, params: Params, grads: Params) -> None:
        """A step of every parameter, h ← h + g² and w ← w - lr·g / (√h + 1e-7); `params` is changed in place.

        Args:
            params, grads: as for `SGD`.
        """


class RMSprop:
    """RMSProp; means of squares begin at 0."""

    def __init__(self, lr=0.01, decay_rate=0.99): ...

    @updates("params")
    def update(self, params: Params, grads: Params) -> None:
        """A step of every parameter, with the mean of squares in the place of AdaGrad's sum.

        h ← decay_rate·h + (1 - decay_rate)·g², then w ← w - lr·g / (√h + 1e-7); `params` is changed in place.

        Args:
            params, grads: as for `SGD`.
        """


class Adam:
    """Adam; moments begin at 0, and both are corrected for that."""

    def __init__(self, lr=0.001, beta1=0.9, beta2=0.999): ...

    @updates("params")
    def update(self, params: Params, grads: Params) -> None:
        """A step of every parameter; `params` is changed in place.

        m ← beta1·m + (1 - beta1)·g and v ← beta2·v + (1 - beta2)·g²; in step t, counted from 1, with
        lr·√(1 - beta2ᵗ) / (1 - beta1ᵗ) for the rate, w ← w - rate·m / (√v + 1e-7).

        Args:
            params, grads: as for `SGD`.
        """
