"""A batch normalisation between z and the function of a layer, by its values: each unit's z is moved and stretched.

    a = f(γ·(z − mean) / √(variance + ε) + β)          mean and variance over the samples of the batch

What f is given is a line of z for each unit, another line in each batch.
"""

from collections.abc import Callable

import numpy as np

from grader.reading.recorded.graph import Graph
from grader.reading.recorded.recording import Array
from grader.reading.structure.network import Pass

LEAST = 6  # samples that a line is seen from
ALIKE = 1e-6
_ROOTS = (0.5, -0.5, -1.5)


def _logit(a: Array) -> Array:
    return np.log(a) - np.log1p(-a)


def _unleaked(a: Array) -> Array:
    return np.where(a > 0, a, np.nan)


_BACK: tuple[tuple[str, Callable[[Array], Array]], ...] = (
    ("", lambda a: a),
    ("sigmoid", _logit),
    ("tanh", np.arctanh),
    ("ReLU", _unleaked),
)


def normalised_activation(graph: Graph, passes: list[Pass], index: int) -> str | None:
    """What a layer has for its activation, if a batch normalisation goes before it; None if that is not seen."""
    layers = [(one.layers[index], one.layers[index + 1].product) for one in passes if one.n >= LEAST]
    if not layers or not all(_has_root(graph, layer.summed, above) for layer, above in layers[:2]):
        return None
    for name, back in _BACK:
        with np.errstate(all="ignore"):
            if all(layer.a is not None and _is_line(layer.z, layer.a, back, name) for layer, _ in layers[:3]):
                return f"batch normalisation, {name}" if name else "batch normalisation"
    return None


def _is_line(z: Array, a: Array, back: Callable[[Array], Array], name: str) -> bool:
    """Whether what f was given is a line of z, for each unit that says enough."""
    if name == "ReLU" and (a < 0).any():
        return False
    given = back(a)
    seen = 0
    for unit in range(z.shape[1]):
        usable = np.isfinite(given[:, unit])
        x, y = z[usable, unit], given[usable, unit]
        if usable.sum() < LEAST or np.ptp(x) == 0:
            continue
        table = np.stack([x - x.mean(), np.ones_like(x)], 1)
        (slope, constant), *_ = np.linalg.lstsq(table, y, rcond=None)
        spread = max(float(np.abs(y).max()), 1e-12)
        if float(np.abs(table @ [slope, constant] - y).max()) > ALIKE * spread:
            return False
        whole = slope * (z[:, unit] - x.mean()) + constant
        if name == "ReLU" and not np.allclose(np.maximum(whole, 0), a[:, unit], atol=ALIKE * spread):
            return False
        seen += 1
    return bool(2 * seen >= z.shape[1])


def _has_root(graph: Graph, start: int, end: int) -> bool:
    """Whether a root is taken between z and the next layer, as of a variance."""
    for at in graph.ancestors(end, start):
        event = graph.events[at]
        if event.op in ("sqrt", "std"):
            return True
        if event.op in ("Pow", "power") and graph.values.scalar(event.operands[-1]) in _ROOTS:
            return True
    return False
