"""How wide data must be, as an error tells that stops a run: two widths that should be one."""

import math
import re

from grader.reading.runs.sizes import PIXELS
from grader.sandbox.inside.sample_data.samples import MEASUREMENTS

MAX_WIDTH = 2_000
_PIXELS = re.compile(r"from shape \((\d+),\) into shape \((\d+),\)")
_RESHAPED = re.compile(r"array of size (\d+) into shape \((\d+(?:,\d+)*)\)")
_UNEQUAL = (
    re.compile(r"size (\d+) is different from (\d+)"),
    re.compile(r"(\d+) \(dim \d\) != (\d+) \(dim \d\)"),
    re.compile(r"shapes? \(\d+,(\d+)\) .*?\(\d+,(\d+)\)"),
    re.compile(r"shapes? \((\d+),\d+\) .*?\((\d+),\d+\)"),
)


def unequal(error: str) -> tuple[int, int] | None:
    """The two widths that an error names, the smaller one first; None if it names none."""
    for pattern in _UNEQUAL:
        found = pattern.search(error)
        if found and found[1] != found[2]:
            first, second = sorted((int(found[1]), int(found[2])))
            return first, second
    return None


def picture_sides(error: str) -> tuple[int, int] | None:
    """The height and width of an image that has as many pixels as an error names beside those that were given."""
    found = _PIXELS.search(error)
    sizes = {int(found[1]), int(found[2])} if found else set(unequal(error) or ())
    count = sum(sizes - {PIXELS}) if PIXELS in sizes and len(sizes) == 2 else 0
    width = next((side for side in range(math.isqrt(count), 1, -1) if count % side == 0), 0)
    return (count // width, width) if width else None


def table_width(error: str) -> int | None:
    """How many measurements a table of which nothing is known should have, where its width is one of the two.

    With the column of the kind it has one more; columns that a file leaves out are fewer.
    """
    reshaped = _RESHAPED.search(error)
    sizes = (int(reshaped[1]), math.prod(map(int, reshaped[2].split(",")))) if reshaped else unequal(error)
    for given in (MEASUREMENTS, MEASUREMENTS + 1, MEASUREMENTS - 1):
        if sizes is not None and given in sizes:
            other = sizes[1 - sizes.index(given)]
            width = MEASUREMENTS + other - given
            return width if 0 < width <= MAX_WIDTH else None
    return None
