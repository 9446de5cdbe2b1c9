"""The statements that compute what is wrong of a result, and nothing that is right."""

import ast

from grader.diagnosis.cases.case import Case
from grader.diagnosis.cases.leaves import RAISED
from grader.diagnosis.cases.parts import Parts
from grader.diagnosis.cases.where import names_called
from grader.diagnosis.general.own_text import OwnText
from grader.submissions.trees import walk


def alone_in_wrong(text: OwnText, case: Case) -> list[ast.stmt]:
    """The statements that compute what is wrong alone; none where a call raised, which they would not show."""
    written = text.of(case.function)
    if written is None or RAISED in case.paths(case.wrong):
        return []
    return text.slices(written).alone_in(Parts(case, text.contract))


def lines_alone_in_wrong(text: OwnText, case: Case) -> set[int]:
    """Their lines, with those of conditions that they stand under and of the submission's functions they call."""
    statements = alone_in_wrong(text, case)
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
