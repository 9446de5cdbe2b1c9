"""What is to go on from pass to pass, or from call to call, and is begun anew in each."""

import ast
from collections.abc import Iterator

from grader.diagnosis.cases.phrases import cut
from grader.diagnosis.cases.verdict import Described
from grader.diagnosis.cases.watch import targets_of
from grader.diagnosis.repair.nodes import name_called, said
from grader.diagnosis.repair.written import Written
from grader.submissions.trees import walk

LONGEST = 60  # characters of a name in a sentence
EMPTY, ZEROS = ("{}", "[]", "dict()", "list()"), ("zeros", "zeros_like")


def set_anew(written: Written) -> tuple[Described, ast.stmt] | None:
    """What is told of the first statement that throws away what the pass or the call before has left."""
    for statement, whole, where in (*_in_passes(written), *_in_calls(written)):
        name = cut(whole, LONGEST)
        told = Described(
            code=f"{written.function}.set-anew",
            title=f"`{name}` begins anew in every {where}",
            explanation=f"What the {where} before has made of `{name}` is lost there. What something begins with is "
            f"made once, before the first {where}.",
            hints=(f"Print `{name}` at the beginning of the second {where}. What should it be there?",),
            evidence={"name": name},
        )
        return told, statement
    return None


def _in_passes(written: Written) -> Iterator[tuple[ast.stmt, str, str]]:
    """`p = initialize(…)` in a loop that goes on with another `p`, which is read below the loop."""
    for place in written.places:
        loop, inner = place.statement, getattr(place.statement, "body", [])
        for k, one in enumerate(inner) if isinstance(loop, ast.For | ast.While) else ():
            match one:
                case ast.Assign(targets=[ast.Name(id=name)], value=ast.Call(func=function)):
                    is_first = "init" in name_called(function).lower() and not _mentions(one.value, _stored(loop))
                    is_changed = any(name in _stored(other) for other in inner[k + 1 :] if not hasattr(other, "body"))
                    end = loop.end_lineno or loop.lineno
                    is_read = any(line > end and name in read for line, read in written.reads)
                    if is_first and is_changed and is_read:
                        yield one, name, "pass of the loop"


def _in_calls(written: Written) -> Iterator[tuple[ast.stmt, str, str]]:
    """`self.v` set to zeros in a method that goes on with a part of it, `self.v[k] = rho * self.v[k] - …`."""
    if written.function.endswith(".__init__"):
        return
    stored: dict[str, list[tuple[ast.stmt, ast.expr]]] = {}
    for place in written.places:
        for target in targets_of(place.statement):
            base = target.value if isinstance(target, ast.Subscript) else target
            if said(base).startswith("self."):
                stored.setdefault(said(base), []).append((place.statement, target))
    for name, found in stored.items():
        first, last = found[0], found[-1]
        values = [one.value for one, _ in found if isinstance(one, ast.Assign)]
        if len(values) != len(found) or len(found) < 2 or first[0] not in written.definition.body:
            continue
        begun = values[:-1] if said(values[0]) not in EMPTY else values[1:-1]
        are_zeros = begun and all(isinstance(one, ast.Call) and name_called(one.func) in ZEROS for one in begun)
        if said(first[1]) == name and are_zeros and _goes_on(values[-1], said(last[1])):
            yield first[0], name, "call"


def _goes_on(value: ast.expr, target: str) -> bool:
    """Whether a value is computed from a share of what it is put in the place of."""
    products = [node for node in walk(value) if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult)]
    return any(target in (said(node.left), said(node.right)) for node in products)


def _stored(statement: ast.stmt) -> set[str]:
    return {node.id for node in walk(statement) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}


def _mentions(value: ast.expr, names: set[str]) -> bool:
    return any(isinstance(node, ast.Name) and node.id in names for node in walk(value))
