"""What makes a function right: edits of its text, and what is right with them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from grader.diagnosis.cases.leaves import Path
from grader.diagnosis.repair.written import WHOLE_TURNED, Edit, are_apart, in_order


@dataclass(frozen=True)
class Repair:
    """Edits that together make right what is in `paths`, or with which `checks` pass; everything, if both are empty.

    `is_shared` tells of a repair of a part that what stays wrong is computed from what that is computed from as well.
    `rival` is another edit, at another line, that does as well. What is only `on_the_way` makes no part right yet, but
    intermediate values; `mending` are the first of these edits, after which nothing raises any more, or what is wrong
    first is right; it `rights_its_line` if with the first one its line gives what a right solution has. One
    `of_a_branch` makes all right in the calls that come to its line; others are wrong without coming there. Of one that
    only `comes_through` no more is known than that nothing raises with it.
    """

    edits: tuple[Edit, ...]
    paths: tuple[Path, ...] = ()
    rival: Edit | None = None
    checks: tuple[str, ...] = ()  # by their titles
    is_shared: bool = False
    on_the_way: bool = False
    of_a_branch: bool = False
    mending: tuple[Edit, ...] = ()
    rights_its_line: bool = False
    comes_through: bool = False

    @property
    def is_whole(self) -> bool:
        """Whether everything is right then."""
        return not self.paths and not self.checks and not self.on_the_way and not self.of_a_branch

    @property
    def is_sure(self) -> bool:
        """Whether nothing else may be meant as well."""
        return self.rival is None and not self.checks and not self.is_shared and not self.on_the_way

    @property
    def is_of_one_value(self) -> bool:
        """Whether the edits, several of one kind or one of the whole, change what a single statement gives."""
        is_turned = self.edits[0].kind == WHOLE_TURNED
        are_one = len({(edit.line, edit.kind) for edit in self.edits}) == 1
        return are_one and (is_turned or len(self.edits) > 1)


def is_whole(repairs: Sequence[Repair]) -> bool:
    """Whether a repair makes all of a function right."""
    return len(repairs) == 1 and repairs[0].is_whole


def beside_each_other(repairs: Sequence[Repair]) -> Repair | None:
    """The edits of several repairs as those of one; None if two of them are at the same place."""
    parts: dict[str, list[Edit]] = {}
    for edit in (edit for repair in repairs for edit in repair.edits):
        parts.setdefault(edit.function, []).append(edit)
    edits: list[Edit] = []
    for own in parts.values():
        if not are_apart(in_order(own)):
            return None
        *above, last = in_order(own)
        edits += [*above, replace(last, beside=(*above,))]
    return Repair((*edits,))
