"""Attributes that the task asks for and that no object of a submission's class has."""

import ast
import re
from collections.abc import Collection, Sequence

from grader.checks.run import CheckRun
from grader.diagnosis.cases.verdict import Described
from grader.diagnosis.cases.where import Source
from grader.diagnosis.repair.nodes import said
from grader.diagnosis.repair.written import Written
from grader.near_names import nearest

_ABSENT = re.compile(r"'(\w+)' object has no attribute '(\w+)'$")


def absent_attribute(
    written: Written, runs: Sequence[CheckRun], source: Source, asked_for: Collection[str] = ()
) -> Described | None:
    """What to tell of a method whose failed checks ask for an attribute that nothing is put under.

    `asked_for` are the words of the task. Another attribute of the class may be written nearly like it: where the
    method itself sets that, other checks may fail for it as well.
    """
    owner, _, method = written.function.rpartition(".")
    asked = {_asked_for(run, owner) for run in runs if not run.passed}
    if not owner or len(asked - {None}) != 1:
        return None
    attribute = next(one for one in asked if one is not None)
    members = source.methods(owner)
    own = _kept_by(written.definition)
    kept = dict(own)
    for one in sorted(members, key=lambda name: name != "__init__"):  # where it is set first
        for name, line in _kept_by(members[one]).items():
            kept.setdefault(name, line)
    holding = [name for name in own if attribute.casefold() in name.casefold()]
    others = [[name for name in names if not is_of_another_layer(name, attribute)] for names in (own, kept)]
    alike = (holding or nearest(attribute, others[0]) or nearest(attribute, others[1]))[:1]
    line = kept[alike[0]] if alike else written.definition.lineno
    is_own = written.definition.lineno <= line <= (written.definition.end_lineno or 0)
    if any(isinstance(node, ast.Name) and node.id == attribute for node in ast.walk(written.definition)):
        return None  # a name of the call alone has what belongs there
    if attribute in kept or attribute in members or (None in asked and not (alike and is_own)):
        return None  # on another way through the class it has one, or something else is wrong as well
    why = f"`{alike[0]}` is set, which is another name." if alike else f"No method of `{owner}` puts anything there."
    if alike and (added := attribute.removesuffix(alike[0])) != attribute and added:  # `dW`, and `db` for what is `b`
        further = [(name, added + name) for name in own if name != alike[0] and added + name in {*asked_for} - {*kept}]
        why += "".join(f" And so `{name}` in line {own[name]}: `{meant}` is asked for." for name, meant in further)
    return Described(
        code=f"{written.function}.attribute-missing",
        title=f"`{owner}` has no attribute `{attribute}`, which the task asks for",
        explanation=f"Whoever uses what `{method}` leaves behind looks for it under that name. {why}",
        hints=("Which attributes does the task name, and which does your class set?",),
        evidence={"attribute": attribute, "alike": alike},
        location=source.submission.locate(written.unit.filename, line),
    )


def is_of_another_layer(name: str, attribute: str) -> bool:
    """Whether two names differ in their numbers alone: `weights1` and `weights2` may both be asked for."""
    return name != attribute and re.sub(r"\d+", "", name) == re.sub(r"\d+", "", attribute)


def _kept_by(definition: ast.AST) -> dict[str, int]:
    """The attributes of its object that a method puts something under, with their lines."""
    kept: dict[str, int] = {}
    for node in ast.walk(definition):
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store) and said(node.value) == "self":
            kept.setdefault(node.attr, node.lineno)
    return kept


def _asked_for(run: CheckRun, owner: str) -> str | None:
    """The attribute that a check asked an object of a class for in vain, outside of the submission's own lines."""
    error = run.result.error
    found = _ABSENT.search(error.message) if error is not None and not error.frames else None
    return found[2] if found and found[1] == owner else None
