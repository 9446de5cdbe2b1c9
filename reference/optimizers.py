"""How gradients move parameters."""

from dataclasses import dataclass

import numpy as np

from reference.arrays import Parameters, is_weight


@dataclass(frozen=True)
class SGD:
    """Stochastic gradient descent (Deep Learning, algorithms 8.1 and 8.2).

    With momentum the velocity v ← momentum·v - learning_rate·gradient is added to the parameters; without,
    this is the plain step. Weight decay adds weight_decay·W to the gradient of each weight, the same as an
    L2 penalty of that strength in the cost. Raises ValueError for settings that cannot descend.
    """

    learning_rate: float
    momentum: float = 0.0
    weight_decay: float = 0.0

    def __post_init__(self) -> None:
        if not self.learning_rate > 0:
            raise ValueError(f"learning_rate must be positive, but it is {self.learning_rate}")
        if not 0 <= self.momentum < 1:
            raise ValueError(f"momentum must be at least 0 and below 1, but it is {self.momentum}")
        if not self.weight_decay >= 0:
            raise ValueError(f"weight_decay must not be negative, but it is {self.weight_decay}")

    def start(self, parameters: Parameters) -> Parameters:
        """The velocity before the first step: zero."""
        return {name: np.zeros_like(value) for name, value in parameters.items()}

    def step(
        self, parameters: Parameters, gradients: Parameters, velocity: Parameters
    ) -> tuple[Parameters, Parameters]:
        """New parameters and the new velocity; the old ones stay as they are."""
        moved: Parameters = {}
        new_velocity: Parameters = {}
        for name, value in parameters.items():
            gradient = gradients[name]
            if is_weight(name):
                gradient = gradient + self.weight_decay * value
            new_velocity[name] = self.momentum * velocity[name] - self.learning_rate * gradient
            moved[name] = value + new_velocity[name]
        return moved, new_velocity
