"""How far a command is, on stderr while people watch it."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def bar(begins: str, *, counts: bool = False) -> Iterator[Callable[..., Any]]:
    """Gives what changes a bar, by the names that `rich` has for its parts; where nobody watches, it does nothing."""
    if not sys.stderr.isatty():
        yield lambda **parts: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), *([MofNCompleteColumn()] if counts else []))
    with Progress(*columns, transient=True, console=Console(stderr=True)) as bars:
        task = bars.add_task(begins, total=None)
        yield lambda **parts: bars.update(task, **parts)
