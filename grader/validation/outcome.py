"""What became of one validation: a function of the contract, an example, or a planted mistake."""

import inspect
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Outcome:
    """`found` tells the result in a few words; without `problems` it is the one that was demanded.

    Attributes:
        where: the author's file and line that it is about; "" where there is no one line.
    """

    name: str
    found: str
    problems: tuple[str, ...] = ()
    where: str = ""


@dataclass(frozen=True)
class Validation:
    """What became of an assignment's contract, of its examples and of its known mistakes."""

    assignment: str
    contract: tuple[Outcome, ...]
    examples: tuple[Outcome, ...]
    planted: tuple[Outcome, ...]

    @property
    def is_sound(self) -> bool:
        return not any(outcome.problems for outcome in (*self.contract, *self.examples, *self.planted))

    def table(self) -> str:
        """Where contract and solution differ, every example, the planted mistakes not named, and the totals."""
        confused = [outcome for outcome in self.planted if outcome.problems or outcome.found != "named"]
        named = sum(not outcome.problems and not outcome.found.startswith("unnoticed") for outcome in self.planted)
        lines = [self.assignment]
        lines += _rows("contract and solution", [outcome for outcome in self.contract if outcome.problems])
        lines += _rows("examples", self.examples)
        if self.planted:
            lines.append(
                f"  planted mistakes: {named} of {len(self.planted)} named by their own code or a stated one-of"
            )
            lines += _rows("not by their own code alone", confused)
        return "\n".join(lines)


def _rows(title: str, outcomes: Sequence[Outcome]) -> Iterator[str]:
    if not outcomes:
        return
    width = max(len(outcome.name) for outcome in outcomes)
    yield f"  {title}:"
    for outcome in outcomes:
        yield f"    {outcome.name:{width}}  {outcome.found}"
        for problem in outcome.problems:
            where = f"{outcome.where}: " if outcome.where else ""
            yield f"      PROBLEM: {where}{problem}"


def written_at(declared: Callable[..., Any], folder: Path) -> str:
    """`checks.py, line 12` for a function of the assignment; a file elsewhere goes by its folder's name and its own."""
    if place := getattr(declared, "place", ""):
        return str(place)
    code = inspect.unwrap(declared).__code__
    path = Path(code.co_filename)
    name = path.relative_to(folder) if path.is_relative_to(folder) else Path(path.parent.name, path.name)
    return f"{name.as_posix()}, line {code.co_firstlineno}"
