"""Where in the author's own files something is written."""

import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Any


def written_at(declared: Callable[..., Any], folder: Path) -> str:
    """`checks.py, line 12` for a function of the assignment; a file elsewhere goes by its folder's name and its own."""
    if place := getattr(declared, "place", ""):
        return str(place)
    code = inspect.unwrap(declared).__code__
    path = Path(code.co_filename)
    name = path.relative_to(folder) if path.is_relative_to(folder) else Path(path.parent.name, path.name)
    return f"{name.as_posix()}, line {code.co_firstlineno}"
