"""Keys that a function looks up in a dict that it is given, where what it is given has another one.

With `get` or `setdefault` no error tells: a default is used, whatever number is given.
"""

import ast
import difflib
from collections.abc import Iterable, Iterator, Sequence

from grader.assignments import ContractFunction
from grader.diagnosis.cases.trace import Trace
from grader.diagnosis.cases.verdict import Described
from grader.diagnosis.repair.written import Written

WITH_DEFAULT = ("get", "setdefault")


def other_key(
    function: str, contract: Sequence[ContractFunction], written: Written, traces: Iterable[Trace]
) -> tuple[Described, ast.expr] | None:
    """The one key that a function asks for and nobody gives, beside one that is given and that it never mentions."""
    calls = [call for trace in traces for call in trace.calls if call.function == function and call.kind == "call"]
    texts = {node.value for node in ast.walk(written.definition) if isinstance(node, ast.Constant)}
    known = " ".join(one.documentation for one in contract)
    for position, own in enumerate(name for name in written.parameters if name not in ("self", "cls")):
        given = [call.arguments[0][position] for call in calls if len(call.arguments[0]) > position]
        dicts = [{*one} for one in given if isinstance(one, dict)]
        uses = [*_uses(written.definition, own)]
        if None in uses:
            continue
        asked = {node.value: node for node in uses if node is not None and isinstance(node.value, str)}
        unseen = {key for one in dicts for key in one if isinstance(key, str) and key not in texts}
        foreign = [key for key in asked if key not in known and any(key not in one for one in dicts)]
        for key in foreign if len(foreign) == 1 else ():
            # A dict that has both would be one that the function has made itself of another one.
            apart = sorted(one for one in unseen if not any({one, key} <= keys for keys in dicts))
            meant = apart if len(unseen) == 1 else difflib.get_close_matches(key, apart, 1)
            if len(meant) == 1:
                return _told(function, own, key, meant[0]), asked[key]
    return None


def _told(function: str, own: str, asked: str, given: str) -> Described:
    return Described(
        code=f"{function}.other-key",
        title=f"`{asked}` is looked up in `{own}`, which is given with `{given}`",
        explanation=f"`{given}` is not mentioned in `{function}`: where a call gives it, and no `{asked}`, a "
        "default is used instead. The keys of the task must be written as they are there.",
        hints=(f"Compare the keys that you read from `{own}` with those that the task gives.",),
        evidence={"asked": asked, "given": given},
    )


def _uses(definition: ast.AST, name: str) -> Iterator[ast.Constant | None]:
    """The keys that are asked for with a default; None for any use that does not show its keys."""
    parents = {id(child): node for node in ast.walk(definition) for child in ast.iter_child_nodes(node)}
    for node in ast.walk(definition):
        if not isinstance(node, ast.Name) or node.id != name or isinstance(node.ctx, ast.Store):
            continue
        parent = parents[id(node)]
        match parent:
            case ast.Attribute(attr=method) if method in WITH_DEFAULT:
                match parents[id(parent)]:
                    case ast.Call(args=[ast.Constant() as key, *_]):
                        yield key
                    case _:
                        yield None
            case (
                ast.Subscript(slice=ast.Constant())
                | ast.Compare()
                | ast.IfExp()
                | ast.BoolOp()
                | ast.Return()
                | ast.Tuple()
            ):
                pass
            case _:
                yield None
