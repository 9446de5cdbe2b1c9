"""A method whose first call on an object is right, and a later one not: what is kept in between is wrong."""

import ast

from grader.diagnosis.cases.case import Case, Cell
from grader.diagnosis.cases.leaves import RAISED
from grader.diagnosis.cases.phrases import enumerated
from grader.diagnosis.cases.trace import Call
from grader.diagnosis.cases.verdict import Described
from grader.diagnosis.cases.watch import targets_of
from grader.diagnosis.repair.bench import Bench
from grader.diagnosis.repair.written import Written
from grader.submissions.trees import walk

LISTED = 4
_WHY = (
    "Either what the first one leaves in the object is not what the next one needs, or the mistake has no effect in a "
    "first call, while what is remembered is still 0."
)


def kept(case: Case, bench: Bench, written: Written) -> tuple[Described, ...]:
    """That it is so, with the attributes that the method both reads and puts something new into."""
    if RAISED in case.paths(case.wrong) or not bench.keeps_state or not _is_right_at_first(case):
        return ()
    name = case.function.rpartition(".")[2]
    names = [f"`self.{attribute}`" for attribute in _changed_and_read(written)][:LISTED]
    return (
        Described(
            code=f"{case.function}.kept-from-call-to-call",
            title=f"The first call of `{name}` on an object is right, the next one is not",
            explanation=" ".join([_WHY, f"`{name}` reads and changes {enumerated(names)}." if names else ""]).strip(),
            hints=(
                f"Call `{name}` twice on one object. What is different in the object before the second call?",
                "Which sums belong to one call alone, and where are they set to 0?",
            ),
            evidence={"attributes": [one.strip("`") for one in names]},
        ),
    )


def _is_right_at_first(case: Case) -> bool:
    """Whether, of every object of which something is wrong, the same was asked before, and all of it right.

    What a call gives is one thing, and each attribute that is read afterwards another: that one of them is right says
    nothing of an earlier call.
    """
    wrong_calls: dict[tuple[object, ...], dict[int, bool]] = {}
    for i, cell in enumerate(case.cells):
        call = case.call(cell)
        if call.instance is not None and _asks_for_something_else(case, cell):
            return False
        if call.instance is not None:
            asked = wrong_calls.setdefault((cell.trace, call.instance, call.function), {})
            asked[cell.call] = asked.get(cell.call, False) or bool(case.wrong >> i & 1)
    judged = [[asked[at] for at in sorted(asked)] for asked in wrong_calls.values() if any(asked.values())]
    return bool(judged) and not any(first for first, *_ in judged)


def _asks_for_something_else(case: Case, cell: Cell) -> bool:
    """Whether a call comes with other settings, the mode of testing, than the first one on its object."""
    calls, own = case.traces[cell.trace].calls, case.call(cell)
    first = next(one for one in calls if (one.instance, one.function) == (own.instance, own.function))
    return _settings(first) != _settings(own)


def _settings(call: Call) -> list[object]:
    given = [*(call.arguments[0] if call.arguments else ()), *call.named.values()]
    return [one for one in given if isinstance(one, bool | str)]


def _changed_and_read(written: Written) -> list[str]:
    """Attributes of the object that the method reads and changes; what another name stands for is changed under it."""
    aliases: dict[str, str] = {}
    changed: dict[str, None] = {}
    for place in written.places:
        statement = place.statement
        if isinstance(statement, ast.Assign):
            aliases.update(_aliases(statement))
        for target in targets_of(statement):
            base = target
            while isinstance(base, ast.Subscript):
                base = base.value
            if (own := _attribute(base)) is not None:
                changed[own] = None
            elif isinstance(base, ast.Name) and base is not target and base.id in aliases:
                changed[aliases[base.id]] = None
    read = {
        own
        for node in walk(written.definition)
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load) and (own := _attribute(node)) is not None
    }
    return [name for name in changed if name in read]


def _aliases(statement: ast.Assign) -> dict[str, str]:
    (target, *_), value = statement.targets, statement.value
    pairs = [(target, value)]
    if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple) and len(target.elts) == len(value.elts):
        pairs = [*zip(target.elts, value.elts, strict=True)]
    return {one.id: own for one, other in pairs if isinstance(one, ast.Name) and (own := _attribute(other)) is not None}


def _attribute(node: ast.AST) -> str | None:
    match node:
        case ast.Attribute(value=ast.Name(id="self"), attr=name):
            return name
    return None
