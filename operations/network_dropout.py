"""Dropout inside of a network, found out from its gradients: whatever is drawn, and however.

Of one sample the gradients tell the inputs of every layer: dW = aᵀδ and db = δ. In a network whose units are all
positive, these tell by what each unit was multiplied on the way there, and the biases' gradients by what on the way
back.
"""

from dataclasses import dataclass

import numpy as np

from grader.checks.compare import as_array
from operations.dropout_layer import PROBED, nearest
from operations.network_checks import loss_and_gradients, scores_of

SIZES = (9, 60, 40, 5)
LAYERS = range(1, len(SIZES))


def positive_problem(rng):
    """Parameters of a network whose hidden units are positive whichever are dropped, a sample, and its label."""
    params = {}
    for layer, n, m in zip(LAYERS, SIZES, SIZES[1:], strict=False):
        params |= {f"W{layer}": (0.5 + rng.random((n, m))) / n, f"b{layer}": 0.2 + rng.random(m)}
    params[f"W{LAYERS[-1]}"] = rng.choice([-1.0, 1.0], size=SIZES[-2:]) * (0.5 + rng.random(SIZES[-2:])) / SIZES[-2]
    return params, 0.5 + rng.random((1, SIZES[0])), rng.integers(SIZES[-1], size=1)


@dataclass(frozen=True)
class Multiplied:
    """By what hidden units were multiplied, there and back, and the loss that belongs to that."""

    there: np.ndarray
    back: np.ndarray
    loss: float


def multiplied(params, X, y, grads) -> Multiplied | None:
    """What gradients of one sample tell; None when they are none, or tell nothing."""
    found = {key: as_array(grads.get(key)) for key in params} if isinstance(grads, dict) else {}
    if not all(key in found and found[key] is not None and found[key].size == params[key].size for key in params):
        return None
    found = {key: value.reshape(params[key].shape) for key, value in found.items()}
    if not all(np.isfinite(value).all() for value in found.values()):
        return None
    there, back, a = [], [], X[0]
    for layer in LAYERS[:-1]:
        delta, after = found[f"b{layer}"], found[f"b{layer + 1}"]
        unit = np.argmax(np.abs(after))
        if after[unit] == 0:
            return None
        z = a @ params[f"W{layer}"] + params[f"b{layer}"]
        a = found[f"W{layer + 1}"][:, unit] / after[unit]
        there.append(a / z)
        back.append(delta / (params[f"W{layer + 1}"] @ after))
    scores = a @ params[f"W{LAYERS[-1]}"] + params[f"b{LAYERS[-1]}"]
    loss = float(np.log(np.exp(scores).sum()) - scores[y[0]])
    return Multiplied(np.concatenate(there), np.concatenate(back), loss)


def facts_about_dropout(implementation, network, rng):
    """What dropout does in a network with the keep ratio `PROBED`; `network(implementation, params, keep)` makes it."""
    there, back = [], []
    for _ in range(5):
        params, X, y = positive_problem(rng)
        seen = multiplied(params, X, y, loss_and_gradients(network(implementation, params, PROBED), X, y)[1])
        if seen is None:
            return {}
        there.append(seen.there)
        back.append(seen.back)
    ratio, returned = np.concatenate(there), np.concatenate(back)
    kept = np.abs(ratio) > 1e-9
    used = [scores_of(network(implementation, params, keep), X) for keep in (PROBED, 1)]
    return {
        "kept": nearest(np.mean(kept)),
        "factor": float(ratio[kept].mean()) if kept.any() else 0.0,
        "back of what was kept": float(np.mean(returned[kept] / ratio[kept])) if kept.any() else 0.0,
        "back of what was dropped": float(np.mean(returned[~kept])) if not kept.all() else 0.0,
        "none without labels": float(np.allclose(*used)),
    }
