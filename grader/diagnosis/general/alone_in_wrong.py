"""The statements that compute what is wrong of a result, and nothing that is right."""

import ast
from collections.abc import Collection, Sequence

from grader.diagnosis.cases.case import Case
from grader.diagnosis.cases.leaves import RAISED, Path
from grader.diagnosis.cases.parts import Parts
from grader.diagnosis.cases.where import names_called
from grader.diagnosis.general.own_text import OwnText
from grader.submissions.trees import walk


def alone_in_wrong(text: OwnText, case: Case) -> list[ast.stmt]:
    """The statements that compute what is wrong alone; none where a call raised, which they would not show."""
    written = text.of(case.function)
    if written is None or RAISED in case.paths(case.wrong):
        return []
    parts = Parts(case, text.contract)
    return text.slices(written).alone_in(parts.wrong, parts.right)


def lines_alone_in_wrong(text: OwnText, case: Case) -> set[int]:
    """Their lines, with those of conditions that they stand under and of the submission's functions they call."""
    return _lines_of(text, case, alone_in_wrong(text, case))


def lines_left_alone(text: OwnText, case: Case, right: Collection[Path]) -> set[int]:
    """The same of what stays wrong once these parts of the result, by their paths, are right."""
    written, of_cell = text.of(case.function), Parts(case, text.contract).of_cell
    parts = {part: cell.path in right for cell, part in zip(case.cells, of_cell, strict=True) if cell.path != RAISED}
    if written is None or not any(parts.values()):
        return set()
    left = [part for part, is_right in parts.items() if not is_right]
    return _lines_of(text, case, text.slices(written).alone_in(left, [part for part in parts if part not in left]))


def _lines_of(text: OwnText, case: Case, statements: Sequence[ast.stmt]) -> set[int]:
    names = {name for one in statements for name in names_called(one)}
    lines = set()
    for number, written in enumerate(text.all(case.function)):
        if number == 0:
            lines = {written.line(one) for one in statements}
            branches = [place.statement for place in written.places if isinstance(place.statement, ast.If)]
            lines |= {written.line(one) for one in branches if not {*statements}.isdisjoint(walk(one))}
        elif written.function.rpartition(".")[2] in names:
            lines |= {written.line(place.statement) for place in written.places}
    return lines
