"""What kind of steps a `train` makes. Plain gradient descent is asked for; momentum, Adam or dropout is no mistake.

They want other settings than plain steps do: a smaller learning rate, or more epochs. A training that misses its goal
is tried again with these, but only where its steps show that they are of such a kind.
"""

import numpy as np

from grader.checks import fail

SIZES = [5, 9, 3]
SAMPLES, RATE, SEED = 24, 1e-4, 3
OTHER_SETTINGS = ({"rate": 0.1}, {"rate": 0.01}, {"epochs": 3}, {"rate": 0.1, "epochs": 3})


def other_settings(student, solution, rng):
    """Factors of learning rate and epochs under which this kind of training may do better; none for plain steps."""
    X, Y = rng.normal(size=(SAMPLES, SIZES[0])), np.eye(SIZES[-1])[np.arange(SAMPLES) % SIZES[-1]]

    def weights(epochs, rate=RATE):
        params, _ = student.train(X, Y, SIZES, epochs, SAMPLES, rate, 0.0, SEED)
        return params

    start = weights(1, 0.0)
    _, cache = solution.forward(start, X)
    gradient = solution.backward(start, cache, Y, 0.0)
    return OTHER_SETTINGS if are_of_another_kind((start, weights(1), weights(2)), gradient) else ()


def are_of_another_kind(weights, gradient):
    """Whether steps are adaptive, have momentum, or are random; arguments as those of `kind_of_steps`."""
    return bool(kind_of_steps(weights, gradient))


def kind_of_steps(weights, gradient):
    """What shows that steps are no plain ones; "" for those that are, or that are wrong.

    Args:
        weights: parameters by name before the first step, after it, and after the second.
        gradient: where they begin, by the same names.
    """
    start, first, second = (_vector(params, gradient) for params in weights)
    steps, slope = (first - start, second - first), _vector(gradient, gradient)
    if _are_adaptive(*steps, slope):
        return "every number moves equally far in the first one, as with Adam, RMSProp or AdaGrad"
    if _have_momentum(*steps, slope):
        return "the second one goes further in the direction of the first, as with momentum"
    if _are_random(*steps, slope):
        return "two from the same weights on the same samples are not the same, as with dropout"
    return ""


def demand_plain_steps(name, weights, gradient):
    """Tell of steps of another kind where the contract has plain ones; whether they are of another kind.

    Arguments as those of `kind_of_steps`, `name` is what makes the steps.
    """
    kind = kind_of_steps(weights, gradient)
    if kind:
        fail(f"`{name}` makes no plain steps, `W -= learning_rate * dW`, which are what is asked for here: {kind}")
    return bool(kind)


def _are_adaptive(first, second, gradient):
    """Whether every number moves equally far, as in the first step of Adam, RMSprop or AdaGrad."""
    lengths = np.abs(first[first != 0])
    return lengths.size > 0.2 * first.size and _spread(lengths) < 0.05 and _cosine(first, -gradient) > 0.2


def _have_momentum(first, second, gradient):
    """Whether the second step goes where the first did, and further, though nothing has changed.

    Twice as far it goes where gradients pile up, which is a mistake: momentum forgets some of the first.
    """
    growth = np.linalg.norm(second) / max(np.linalg.norm(first), np.finfo(float).tiny)
    return _cosine(first, -gradient) > 0.999 and _cosine(second, first) > 0.999 and 1.1 < growth < 1.995


def _are_random(first, second, gradient):
    """Whether two steps from nearly the same weights, on the same samples, are both downhill and yet not the same."""
    downhill = min(_cosine(step, -gradient) for step in (first, second))
    lengths = sorted(map(np.linalg.norm, (first, second)))
    return downhill > 0.2 and 2 * lengths[0] > lengths[1] and _cosine(first, second) < 0.99


def _spread(lengths):
    low, high = np.quantile(lengths, [0.1, 0.9])
    return (high - low) / high


def _cosine(a, b):
    norms = np.linalg.norm(a) * np.linalg.norm(b)
    return float(a @ b / norms) if norms > 0 and np.isfinite(norms) else 0.0


def _vector(params, keys):
    return np.concatenate([np.ravel(params[key]) for key in keys])
