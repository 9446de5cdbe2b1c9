"""Parts of what a name holds, and arrays that others are parts of."""

from __future__ import annotations

from typing import Any

import numpy as np


def parts_of(name: str, value: Any) -> list[tuple[str, Any]]:
    if isinstance(value, (np.ndarray, float, np.floating)):
        return [(name, value)]
    if isinstance(value, (list, tuple)):
        return [("%s[%d]" % (name, i), one) for i, one in enumerate(value[:24]) if isinstance(one, np.ndarray)]
    if isinstance(value, dict):
        items = list(value.items())[:48]
        return [("%s[%s]" % (name, short(key)), one) for key, one in items if isinstance(one, np.ndarray)]
    return []


def outermost(wholes: Any) -> Any:
    """The largest array that holds a part which was set: `W[i]` is a view, what is set in it is set in W."""
    arrays = [whole for whole in wholes if isinstance(whole, np.ndarray)]
    return arrays[-1] if arrays else wholes[0]


def short(key: Any) -> str:
    return repr(key)[:40] if isinstance(key, (str, int)) else "…"
