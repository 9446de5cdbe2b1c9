"""How the parameters begin."""

import numpy as np

from grader.assignments import probe


@probe("NeuralNetwork")
def facts_about_initial_parameters(student, rng):
    """What a right constructor gives whatever its random numbers are."""
    first, other = (student.NeuralNetwork([8, 6, 5], 53, seed).parameters for seed in (1, 2))
    facts = {}
    for name, value in first.items():
        facts[f"shape of {name}"] = np.array(value.shape)
        facts[f"some of {name} are not 0"] = np.array(float(np.any(value)))
        facts[f"some of {name} are negative"] = np.array(float(np.any(value < 0)))
        if name.startswith("w"):
            facts[f"units in {name} differ"] = np.array(float(len(np.unique(value, axis=1).T) == value.shape[1]))
            facts[f"{name} depends on the seed"] = np.array(float(not np.array_equal(value, other[name])))
    return facts
