"""The quantities in play in a call: those that the assignment names, or else the arguments themselves."""

from collections.abc import Mapping, Sequence
from types import ModuleType
from typing import Any

import numpy as np

from grader.assignments import Assignment, Quantities


def quantities_of(assignment: Assignment, function: str, arguments: Sequence[Any], module: ModuleType) -> Quantities:
    """What may explain the numbers that a function gave for these arguments; nothing where they cannot be had."""
    if not arguments:
        return Quantities({}, {})
    for hook in assignment.quantities:
        if hook.function == function:
            with np.errstate(all="ignore"):
                return hook.run(module, *arguments)
    signature = next(entry.signature for entry in assignment.contract if entry.name == function)
    names = [part.split("=")[0].strip(" *") for part in signature.strip("()").split(",")]
    symbols: dict[str, float] = {}
    terms: dict[str, Any] = {}
    for name, value in zip(names, arguments, strict=False):
        _add(name, value, symbols, terms)
    return Quantities(symbols, terms)


def _add(name: str, value: Any, symbols: dict[str, float], terms: dict[str, Any]) -> None:
    if isinstance(value, np.ndarray) and value.dtype.kind in "biuf":
        terms[name] = value
        if value.ndim == 2 and "n" not in symbols:
            symbols |= {"n": float(value.shape[0]), f"{name}.shape[1]": float(value.shape[1])}
    elif isinstance(value, int | float) and not isinstance(value, bool):
        symbols[{"lam": "λ", "alpha": "α", "lr": "η"}.get(name, name)] = float(value)
    elif isinstance(value, Mapping):
        for key, item in value.items():
            if isinstance(item, np.ndarray):
                terms[str(key)] = item
