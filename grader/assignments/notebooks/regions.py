"""Parts of a cell between two comments, which students do not get."""

from dataclasses import dataclass

from grader.assignments.errors import AssignmentError


@dataclass(frozen=True)
class Regions:
    """The comments that such a part begins and ends with; either may stand anywhere in its line."""

    begin: str
    end: str


def cut(source: str, regions: Regions, where: str, stub: str = "") -> tuple[str, frozenset[int], str]:
    """What students see, with `stub` in each part's place; the numbers of the lines cut out; and what stood in them.

    Raises:
        AssignmentError: a part does not end, or ends without having begun.
    """
    shown: list[str] = []
    secret: dict[int, str] = {}
    begun = 0
    for number, line in enumerate(source.split("\n"), start=1):
        if regions.begin in line:
            if begun:
                raise AssignmentError(f"{where}, line {number}: {regions.begin} inside another one (line {begun})")
            begun = number
            indent = line[: len(line) - len(line.lstrip())]
            shown += [indent + text for text in stub.split("\n")] if stub else []
        elif regions.end in line:
            if not begun:
                raise AssignmentError(f"{where}, line {number}: {regions.end} without {regions.begin}")
            begun = 0
        elif begun:
            secret[number] = line
        else:
            shown.append(line)
    if begun:
        raise AssignmentError(f"{where}, line {begun}: {regions.begin} without {regions.end}")
    return "\n".join(shown), frozenset(secret), "\n".join(secret.values())
