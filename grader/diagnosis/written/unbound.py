"""Names of other functions, read in functions that nobody has seen run; what may stand for a name without value."""

import ast
import re
from collections.abc import Iterator

from grader.diagnosis.cases.phrases import cut
from grader.diagnosis.cases.verdict import Described
from grader.diagnosis.cases.where import Source
from grader.diagnosis.repair.misspelt import SET_BESIDE, names_meant, unbound_names
from grader.diagnosis.repair.written import Edit, Written, at_all
from grader.diagnosis.written.failed_operation import Failure
from grader.submissions.syntax import parse
from grader.submissions.trees import walk

LONGEST = 60
PARAMETER = "name:of-a-parameter"  # a kind of edits
FEW = 3  # parameters


def parameters_for(failure: Failure, written: Written) -> Iterator[Edit]:
    """Each of a few parameters in the place of a name that has no value, those first that nothing reads."""
    named = re.findall(r"'(\w+)'", failure.said)
    if failure.raised not in ("NameError", "UnboundLocalError") or not named:
        return
    loads = [node for node in walk(written.definition) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)]
    parameters = sorted((p for p in written.parameters if p != "self"), key=lambda p: p in {node.id for node in loads})
    meant = {id(node) for node in loads if node.id == named[0]}
    if failure.raised == "UnboundLocalError":  # below it has one
        meant &= {id(node) for node in walk(failure.statement)}
    places = [(statement, node) for statement, _, node in written.expressions if id(node) in meant]
    for one in parameters if places and len(parameters) <= FEW else ():
        yield at_all([written.edit(statement, node, one, PARAMETER) for statement, node in places])


def unread_for(failure: Failure, written: Written) -> Iterator[Edit]:
    """Each of a few names that nothing reads in the place of one that is read by what raised."""
    unread = [one for one in written.unread if one != "self"]
    value = getattr(failure.statement, "value", None) or failure.operation
    if value is None or not 0 < len(unread) <= FEW:
        return
    called = {id(node.func) for node in walk(value) if isinstance(node, ast.Call)}
    read = [one for one in walk(value) if isinstance(one, ast.Name) and id(one) not in called]
    for one in sorted(unread):
        yield from (written.edit(failure.statement, node, one, PARAMETER) for node in read if node.id in written.names)


def unbound(function: str, written: Written, source: Source) -> tuple[Described, ast.stmt] | None:
    """What is told of the first such name, and the statement that reads it.

    Where a submission has several texts, or takes all names of a module, others may have it.
    """
    tree = parse(written.unit.source)
    if len(source.submission.units) > 1 or source.submission.modules or tree is None:
        return None
    known: set[str] = set()
    for node in walk(tree):
        match node:
            case ast.ImportFrom(names=[ast.alias(name="*")]):
                return None
            case ast.Global(names=names) | ast.Nonlocal(names=names):
                known.update(names)
            case ast.ExceptHandler(name=str(name)) | ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
                known.add(name)
    elsewhere = {
        node.id for node in walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    } - known  # what nothing in the text has a course may bring along
    found = [(name, *place) for name, places in unbound_names(written).items() for place in places if name in elsewhere]
    if not found:
        return None
    name, statement, _ = min(found, key=lambda one: written.line(one[1]))
    title = f"`{cut(name, LONGEST)}` has no value in this function"
    why = "What is needed of another function, that one has to return, and it has to be handed in here."
    likely = [edit.before if edit.kind == SET_BESIDE else edit.after for edit in names_meant(written)
              if name in (edit.before, edit.after)]  # fmt: skip
    if likely:
        why = (
            f"Is `{cut(likely[0], LONGEST)}` meant? What other functions call `{cut(name, LONGEST)}` is not seen here."
        )
    alike = [one for one in written.names if one != name and re.sub(r"\d", "", one) == re.sub(r"\d", "", name)]
    if alike and not likely:
        why = f"Is `{cut(alike[0], LONGEST)}` meant, or has it to come from an argument?"
    told = Described(
        code=f"{function}.unbound-name",
        title=title if likely or alike else f"{title}: it is a name of another one",
        explanation=why,
        hints=(f"Where should `{cut(name, LONGEST)}` come from: from an argument, or from a line of this function?",),
        evidence={"name": cut(name, LONGEST)},
    )
    return told, statement
