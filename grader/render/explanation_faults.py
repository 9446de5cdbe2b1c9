"""Faults that are one mistake in several layers: told in full once, then where else it is found."""

import re
from collections.abc import Iterator, Sequence

from grader.reading.told.explanation import Fault
from grader.render.cleaning import printable
from grader.render.wording import listed
from grader.report import Location

_OF_A_LAYER = re.compile(r"(?<=[WbzaδΔ])\d+|(?<=layer )\d+")


def told_once(faults: Sequence[Fault]) -> list[list[Fault]]:
    """The faults in their order; those that say the same as an earlier one, but for the layer, are put to it.

    What has no name stays apart: of two such faults nobody knows whether they are one mistake.
    """
    groups: dict[tuple[str, ...], list[Fault]] = {}
    for fault in faults:
        told = (fault.code, _of_any_layer(fault.title), _of_any_layer(fault.explanation))
        key = (fault.code, fault.quantity) if fault.code == "unexplained" else told
        groups.setdefault(key, []).append(fault)
    return list(groups.values())


def found_again(group: Sequence[Fault]) -> Iterator[tuple[str, str]]:
    """Where the first fault of a group is found again: a sentence for each line, with the text of another line."""
    first, *others = group
    lines: dict[Location | None, list[Fault]] = {}
    for fault in others:
        lines.setdefault(fault.location, []).append(fault)
    for location, again in lines.items():
        names = listed([fault.quantity for fault in again])
        if location is None or location == first.location:
            yield f"So it is with {names}.", ""
        else:
            place = _place(location, first.location)
            yield f"So it is with {names}{', ' if place else ''}{place}:", printable(again[0].text)


def _place(location: Location, beside: Location | None) -> str:
    """As much of the place as tells it from the first one."""
    if beside is None or beside.file != location.file:
        return printable(str(location))
    cell = f"cell {location.cell}" if location.cell is not None and location.cell != beside.cell else ""
    return ", ".join(filter(None, [cell, f"line {location.line}" if location.line is not None else ""]))


def _of_any_layer(text: str) -> str:
    return _OF_A_LAYER.sub("#", text)
