"""What the operations of an older numpy stand for: their functions are called in the place of signs and brackets."""

from __future__ import annotations

from typing import Any

import numpy as np

SIGNS = {"+": "Add", "-": "Sub", "*": "Mult", "/": "Div", "**": "Pow", "@": "MatMult", "//": "FloorDiv", "%": "Mod"}
NAMES = {"divide": "Div", "subtract": "Sub", "negative": "USub", "remainder": "Mod"}


def is_sign(function: Any) -> bool:
    """Whether a callable is an operation of another dialect."""
    return getattr(type(getattr(function, "__self__", None)), "stands_for_signs", False)


def report(recorder: Any, place: int, function: Any, args: tuple[Any, ...], named: dict[str, Any]) -> Any:
    """Carry an operation out, and note it as what it stands for."""
    name = function.__name__.removesuffix("_old")
    if name in ("call", "scalar"):
        inner = args[0]
        if isinstance(inner, type) or recorder.is_own(inner):
            return recorder.unless_over(function(*args, **named))
        me = getattr(inner, "__self__", None)
        operands = [*([me] if isinstance(me, np.ndarray) else []), *args[1:], *named.values()]
        return recorder.event(place, str(getattr(inner, "__name__", "call")), operands, function(*args, **named))
    if name == "method":
        bound = getattr(args[0], args[1], None)
        if bound is not None and recorder.is_own(bound):
            return recorder.unless_over(function(*args, **named))
        return recorder.event(place, args[1], [args[0], *args[2:], *named.values()], function(*args, **named))
    if name == "inplace":
        sign, a, b = args
        operands = recorder.values.numbers((a, b))
        return recorder.changed(place, SIGNS.get(sign, sign), operands, function(*args))
    if name == "inplace_item":
        sign, owner, index, value = args
        if recorder.gathers(place, owner, value):
            return function(*args)
        before = owner if isinstance(owner, np.ndarray) else owner[index]
        operands = recorder.values.numbers((before, value, *_keys(index)))
        function(*args)
        after = owner if isinstance(owner, np.ndarray) else owner[index]
        recorder.changed(place, "Set" if after is owner else SIGNS.get(sign, sign), operands, after)
        return None
    if name == "item":
        return recorder.item(place, *args)
    if name == "set_item":
        value, owner, index = args
        if recorder.gathers(place, owner, value):
            return function(*args)
        before = recorder.values.numbers((owner, value, *_keys(index))) if isinstance(owner, np.ndarray) else []
        function(*args)
        if before:
            recorder.changed(place, "Set", before, owner)
        return None
    return recorder.event(place, NAMES.get(name, name), args, function(*args, **named))


def _keys(index: Any) -> list[Any]:
    """The arrays among what an array is indexed with."""
    return [key for key in (index if isinstance(index, tuple) else (index,)) if isinstance(key, (np.ndarray, list))]
