"""What a submission is run as: today's Python and numpy, or those of its day."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

from grader.sandbox.inside import old_stack


@dataclass(frozen=True)
class Stack:
    """What a submission is run as.

    `is_old`: names and conversions of older versions work; `divides`: `/` of two integers rounds down as well;
    `has_data`: what it loads and is not there has something in its place.
    """

    name: Literal["today", "old stack", "Python 2"]
    is_old: bool = False
    divides: bool = False
    has_data: bool = False


TODAY = Stack("today")
OLD = Stack("old stack", is_old=True)
PYTHON_2 = Stack("Python 2", is_old=True, divides=True)


@lru_cache(maxsize=1)
def old_stack_modules() -> Mapping[str, str]:
    """The sources that make a cell run a submission as an old stack did."""
    folder = Path(old_stack.__path__[0])
    return {name: (folder / f"{name}.py").read_text("utf-8") for name in old_stack.MODULES}
