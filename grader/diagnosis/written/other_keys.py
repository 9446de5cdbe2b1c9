"""Keys that a function looks up in a dict that it is given, where what it is given has another one.

With `get` or `setdefault` no error tells: a default is used, whatever number is given. Nor does any of a word that an
argument is compared with and that is none of the task's: a branch is never run.
"""

import ast
import difflib
import re
from collections.abc import Iterable, Iterator, Sequence

from grader.assignments import ContractFunction
from grader.diagnosis.cases.phrases import cut
from grader.diagnosis.cases.trace import Trace
from grader.diagnosis.cases.verdict import Described
from grader.diagnosis.repair.written import Written

WITH_DEFAULT = ("get", "setdefault")
LONGEST = 60  # characters of a word in a sentence


def other_keys(
    function: str, contract: Sequence[ContractFunction], written: Written, traces: Iterable[Trace]
) -> list[tuple[Described, ast.expr]]:
    """The keys that a function asks for and nobody gives, each beside one that is given and that it never mentions."""
    calls = [
        call for trace in traces for call in trace.calls if call.function == function and call.kind in ("call", "many")
    ]
    texts = {node.value for node in ast.walk(written.definition) if isinstance(node, ast.Constant)}
    known = _words_of_the_task(function, contract)
    for position, own in enumerate(name for name in written.parameters if name not in ("self", "cls")):
        given = [call.arguments[0][position] for call in calls if len(call.arguments[0]) > position]
        dicts = [{**one} for one in given if isinstance(one, dict)]
        uses = [*_uses(written.definition, own)]
        if None in uses:
            continue
        asked = {one[0].value: one for one in uses if one is not None and isinstance(one[0].value, str)}
        unseen = {key: one[key] for one in dicts for key in one if isinstance(key, str) and key not in texts}
        foreign = [key for key in asked if key not in known and any(key not in one for one in dicts)]
        found: list[tuple[Described, ast.expr]] = []
        for key in foreign:
            is_number = _is_number(asked[key][1])
            rivals = [one for one in foreign if _is_number(asked[one][1]) == is_number]
            # A dict that has both would be one that the function has made itself of another one.
            apart = sorted(one for one in unseen if not any({one, key} <= keys.keys() for keys in dicts))
            alike = [one for one in apart if isinstance(unseen[one], int | float) == is_number]
            only = apart if len(foreign) == 1 and len(unseen) == 1 else alike if rivals == [key] else []
            meant = only if len(only) == 1 else difflib.get_close_matches(key, apart, 1)
            if len(meant) == 1:
                found.append((_told(function, own, key, meant[0]), asked[key][0]))
        if found:
            return found
    return []


def other_words(
    function: str, contract: Sequence[ContractFunction], written: Written, traces: Iterable[Trace]
) -> list[tuple[Described, ast.expr]]:
    """The one word that an argument is compared with and that no call gives, beside one that is never mentioned."""
    calls = [
        call for trace in traces for call in trace.calls if call.function == function and call.kind in ("call", "many")
    ]
    texts = {node.value for node in ast.walk(written.definition) if isinstance(node, ast.Constant)}
    known = _words_of_the_task(function, contract)
    for position, own in enumerate(name for name in written.parameters if name not in ("self", "cls")):
        given = [call.arguments[0][position] for call in calls if len(call.arguments[0]) > position]
        given += [call.named[own] for call in calls if own in call.named]
        asked = {one.value: one for one in _compared(written.definition, own)}
        words = {one for one in given if isinstance(one, str)}
        defaults = {node.value for node in written.definition.args.defaults if isinstance(node, ast.Constant)}
        foreign = [one for one in asked if one not in known | words | defaults]
        unseen = sorted(words - texts)
        if len(foreign) == 1 and len(unseen) == 1:
            word, meant = (cut(repr(one), LONGEST) for one in (*foreign, *unseen))
            told = Described(
                code=f"{function}.other-word",
                title=f"`{own}` is compared with `{word}`, and is given as `{meant}`",
                explanation=f"`{meant}` is not mentioned in `{function}`: where a call gives it, the branch for "
                f"`{word}` is not run. The words of the task must be written as they are there.",
                hints=(f"Which words does the task name for `{own}`? Print it in a call that fails.",),
                evidence={"asked": word, "given": meant},
            )
            return [(told, asked[foreign[0]])]
    return []


def _words_of_the_task(function: str, contract: Sequence[ContractFunction]) -> set[str]:
    """The words in quotation marks of what is asked of a function; all words of the whole task where it has none."""
    own = next((one.documentation for one in contract if one.name == function), "")
    return {*re.findall(r"[\"'](\w+)[\"']", own)} or {*re.findall(r"\w+", " ".join(e.documentation for e in contract))}


def _compared(definition: ast.AST, name: str) -> Iterator[ast.Constant]:
    """The words that a name is compared with, where it is put nothing else under, and no other branch has the rest."""
    nodes = [*ast.walk(definition)]
    if any(isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, ast.Store) for node in nodes):
        return
    for node in nodes:
        match node:
            case ast.If(
                test=ast.Compare(
                    left=ast.Name(id=compared), ops=[ast.Eq()], comparators=[ast.Constant(value=str()) as word]
                ),
                orelse=rest,
            ) if compared == name and all(isinstance(one, ast.If | ast.Raise) for one in rest):
                yield word


def _is_number(default: ast.expr | None) -> bool:
    """Whether what is taken where nothing is given is a number."""
    return isinstance(default, ast.Constant) and isinstance(default.value, int | float)


def _told(function: str, own: str, asked: str, given: str) -> Described:
    return Described(
        code=f"{function}.other-key",
        title=f"`{asked}` is looked up in `{own}`, which is given with `{given}`",
        explanation=f"`{given}` is not mentioned in `{function}`: where a call gives it, and no `{asked}`, a "
        "default is used instead. The keys of the task must be written as they are there.",
        hints=(f"Compare the keys that you read from `{own}` with those that the task gives.",),
        evidence={"asked": asked, "given": given},
    )


def _uses(definition: ast.AST, name: str) -> Iterator[tuple[ast.Constant, ast.expr | None] | None]:
    """The keys that are asked for with a default, and these; None for any use that does not show its keys."""
    parents = {id(child): node for node in ast.walk(definition) for child in ast.iter_child_nodes(node)}
    for node in ast.walk(definition):
        if not isinstance(node, ast.Name) or node.id != name or isinstance(node.ctx, ast.Store):
            continue
        parent = parents[id(node)]
        match parent:
            case ast.Attribute(attr=method) if method in WITH_DEFAULT:
                match parents[id(parent)]:
                    case ast.Call(args=[ast.Constant() as key, *rest]):
                        yield key, next(iter(rest), None)
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
