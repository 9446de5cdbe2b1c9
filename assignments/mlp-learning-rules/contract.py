"""What a submission to this assignment implements: learning rules, given the parameters once and then gradients."""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


class GradientDescentLearningRule:
    """Plain gradient descent, w ← w - learning_rate·g.

    Attributes:
        params: the list that `initialise` was given; its arrays are changed in place.
    """

    def __init__(self, learning_rate=1e-3): ...

    def initialise(self, params: list[Array]) -> None:
        """Take the parameters; what a rule keeps of them begins at 0."""

    def update_params(self, grads_wrt_params: list[Array]) -> None:
        """A step of every parameter, given its gradient; both lists have the same order."""


class MomentumLearningRule:
    """Gradient descent with momentum, v ← mom_coeff·v - learning_rate·g and w ← w + v; `params` as above."""

    def __init__(self, learning_rate=1e-3, mom_coeff=0.9): ...

    def initialise(self, params: list[Array]) -> None:
        """Take the parameters; velocities begin at 0."""

    def update_params(self, grads_wrt_params: list[Array]) -> None:
        """A step of every parameter, given its gradient."""


class AdaGradLearningRule:
    """AdaGrad, h ← h + g² and w ← w - learning_rate·g / √(h + epsilon); `params` as above."""

    def __init__(self, learning_rate=1e-2, epsilon=1e-8): ...

    def initialise(self, params: list[Array]) -> None:
        """Take the parameters; sums of squares begin at 0."""

    def update_params(self, grads_wrt_params: list[Array]) -> None:
        """A step of every parameter, given its gradient."""


class RMSPropLearningRule:
    """RMSProp, h ← beta·h + (1 - beta)·g² and w ← w - learning_rate·g / √(h + epsilon); `params` as above."""

    def __init__(self, learning_rate=1e-3, beta=0.9, epsilon=1e-8): ...

    def initialise(self, params: list[Array]) -> None:
        """Take the parameters; means of squares begin at 0."""

    def update_params(self, grads_wrt_params: list[Array]) -> None:
        """A step of every parameter, given its gradient."""


class AdamLearningRule:
    """Adam; moments begin at 0, and both are corrected for that; `params` as above.

    m ← beta_1·m + (1 - beta_1)·g and h ← beta_2·h + (1 - beta_2)·g²; in step t, counted from 1, with
    learning_rate·√(1 - beta_2ᵗ) / (1 - beta_1ᵗ) for the rate, w ← w - rate·m / (√h + epsilon).
    """

    def __init__(self, learning_rate=1e-3, beta_1=0.9, beta_2=0.999, epsilon=1e-8): ...

    def initialise(self, params: list[Array]) -> None:
        """Take the parameters; both moments begin at 0, and no step has been made."""

    def update_params(self, grads_wrt_params: list[Array]) -> None:
        """A step of every parameter, given its gradient."""
