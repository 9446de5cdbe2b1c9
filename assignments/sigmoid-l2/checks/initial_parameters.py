"""`NeuralNetwork`: shapes and spread of the initial parameters."""

import numpy as np

from grader.checks import check, expect, fail

from .networks import TRAINING_SIZE


@check("NeuralNetwork", points=4, title="Shapes of the parameters; biases begin at 0")
def network_shapes(student, solution, rng):
    sizes = [int(n) for n in rng.permutation([3, 5, 8, 6])]
    found, right = (side.NeuralNetwork(sizes, TRAINING_SIZE) for side in (student, solution))
    expect(found.num_layers, "num_layers").equals(4)
    parameters, expected = found.parameters, right.parameters
    for name, value in expected.items():
        own = parameters.get(name) if isinstance(parameters, dict) else None
        expect(None if own is None else np.shape(own), f"the shape of {name}").close_to(value.shape)
        if name.startswith("b") and isinstance(own, np.ndarray) and np.any(own):
            fail(f"{name} is not 0 at first")


@check("NeuralNetwork", points=3, title="Random weights: units differ, seeds matter, equal seeds agree")
def network_weights(student):
    def weights(seed):
        parameters = student.NeuralNetwork([8, 6, 5], TRAINING_SIZE, seed).parameters
        return {name: value for name, value in parameters.items() if name.startswith("w")}

    first, other, again = weights(1), weights(2), weights(1)
    for name, value in first.items():
        if not np.any(value):
            fail(f"all weights of {name} are 0 at first: every hidden unit will stay like every other")
        elif np.all(value >= 0):
            fail(f"no weight of {name} is negative at first: with positive inputs every sum will be large")
        elif len(np.unique(value, axis=1).T) < value.shape[1]:
            fail(f"columns of {name} are equal at first: these units will stay equal for ever")
        elif np.array_equal(value, other[name]):
            fail(f"{name} is the same for different seeds")
        elif not np.array_equal(value, again[name]):
            fail(f"{name} is not the same for equal seeds")
