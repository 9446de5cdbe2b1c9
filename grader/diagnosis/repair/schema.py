"""Many edits in one text: each place asks a switch which of its alternatives is meant.

Compiling a function anew costs more than running it. So edits are compiled together, `alternative if switch == 3 else
original`, and are then only switched on one after the other. The text is put together from pieces of the original, by
their places, so that nothing has to be parsed here.
"""

import ast
import textwrap
from collections.abc import Iterator, Sequence

from grader.diagnosis.repair.contents import Place
from grader.diagnosis.repair.written import Edit, Written
from grader.sandbox.inside.trials import SWITCH
from grader.submissions.trees import walk

Spot = tuple[int, int]  # line and column of the definition's text
INDENT = "    "


def schemas_of(edits: Sequence[Edit]) -> Iterator[tuple[str, Sequence[Edit]]]:
    """Texts of one function, each with the edits that its switch turns on, from 1; 0 turns on none.

    Edits of overlapping runs of statements, or of one inside another, cannot be in one text, and statements that share
    a line in none with others.
    """
    together: list[Edit] = []
    known = {id(place.statement) for place in edits[0].written.places} if edits else set()
    for edit in edits:
        runs = [part for part in edit.parts if isinstance(part.span[0], ast.stmt)]
        # a function inside the function has no place: what is moved behind one has a text of its own
        are_places = all(id(end) in known for part in runs for end in part.span)
        if (
            edit.leaves_its_block
            or not are_places
            or any(not part.written.has_lines_of_its_own(part.span) for part in runs)
        ):
            yield edit.text, [edit]
        else:
            together.append(edit)
    for group in _groups(together):
        yield _schema(group[0].written, group), group


def halves(edits: Sequence[Edit]) -> Iterator[tuple[str, Sequence[Edit]]]:
    """The texts of both halves: one of the edits is no Python."""
    half = len(edits) // 2
    for part in (edits[:half], edits[half:]):
        yield _schema(part[0].written, part), part


def _groups(edits: Sequence[Edit]) -> list[list[Edit]]:
    groups: list[tuple[list[Edit], dict[int, tuple[int, int]]]] = []
    places = {id(place.statement): place for place in edits[0].written.places} if edits else {}
    runs: dict[tuple[int, int], list[int]] = {}
    for edit in edits:
        taken: dict[int, tuple[int, int]] = {}
        for part in edit.parts:
            if isinstance(part.span[0], ast.stmt):
                span = (id(part.span[0]), id(part.span[1]))
                if span not in runs:
                    runs[span] = _statements_of(places[span[0]], places[span[1]])
                taken.update(dict.fromkeys(runs[span], span))
        fitting = [entry for entry in groups if all(entry[1].get(one, span) == span for one, span in taken.items())]
        if not fitting:
            groups.append(([], {}))
        group, owners = fitting[0] if fitting else groups[-1]
        group.append(edit)
        owners.update(taken)
    return [group for group, _ in groups]


def _statements_of(first: Place, last: Place) -> list[int]:
    """The statements from one place to another of the same block, and those inside them."""
    run = first.body[first.index : last.index + 1]
    return [id(node) for statement in run for node in walk(statement) if isinstance(node, ast.stmt)]


def _schema(written: Written, edits: Sequence[Edit]) -> str:
    alternatives: dict[tuple[int, int], list[tuple[int, Edit]]] = {}
    for number, edit in enumerate(edits, start=1):
        for part in edit.parts:
            alternatives.setdefault((id(part.span[0]), id(part.span[1])), []).append((number, part))
    opening: list[tuple[Spot, tuple[int, ...], str]] = []
    closing: list[tuple[Spot, tuple[int, ...], str]] = []
    for numbered in alternatives.values():
        first, last = numbered[0][1].span
        start, end = (first.lineno, first.col_offset), (last.end_lineno or 0, last.end_col_offset or 0)
        if isinstance(first, ast.stmt):
            opening.append((start, (0, -end[0], -end[1]), _branches(numbered, first.col_offset)))
            opening += [((line, 0), (-1,), INDENT) for line in range(first.lineno + 1, end[0] + 1)]
        else:
            chain = " else ".join(f"({edit.after}) if {SWITCH} == {number}" for number, edit in numbered)
            opening.append((start, (1, -end[0], -end[1]), f"({chain} else ("))
            closing.append((end, (-start[0], -start[1]), "))"))
    pieces = sorted([*((spot, (1, *order), text) for spot, order, text in opening),
                     *((spot, (0, *order), text) for spot, order, text in closing)])  # fmt: skip
    return written.with_pieces([(spot, text) for spot, _, text in pieces])


def _branches(numbered: Sequence[tuple[int, Edit]], column: int) -> str:
    """The beginning of an `if` whose last branch is the original."""
    indent = " " * column
    text = ""
    for position, (number, edit) in enumerate(numbered):
        body = textwrap.dedent(indent + edit.replacement).strip("\n")
        text += f"{'el' if position else ''}if {SWITCH} == {number}:\n"
        text += textwrap.indent(body, indent + INDENT) + f"\n{indent}"
    return f"{text}else:\n{indent}{INDENT}"
