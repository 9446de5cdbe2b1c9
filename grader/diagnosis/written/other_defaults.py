"""A default that is not the one of the task: calls that leave something out get another value than is meant."""

import ast
import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from grader.assignments import ContractFunction
from grader.diagnosis.cases.case import Case, Value
from grader.diagnosis.cases.phrases import cut
from grader.diagnosis.cases.trace import Call
from grader.diagnosis.cases.verdict import Described
from grader.diagnosis.cases.where import Definition, Source
from grader.diagnosis.repair.written import Written
from grader.submissions.trees import walk

_Default = tuple[str, ast.Constant, ast.Constant]  # a parameter, its value in the submission and in the task
LONGEST = 40  # characters of a default that is shown
WITH_A_DEFAULT = ("setdefault", "get", "pop")  # methods of a dict that are given a key and what is in its place


@dataclass(frozen=True)
class Passing:
    """What of a function's failed checks passes with another text of a definition: their titles, or all of them."""

    titles: Sequence[str] = ()
    function: str = ""  # if every check of it passes

    def __str__(self) -> str:
        if self.function:
            return f"every check of `{self.function}` passes"
        *others, last = [f"“{title}”" for title in self.titles]
        return f"{', '.join(others)} and {last} pass" if others else f"{last} passes"


def other_default(
    name: str, function: ContractFunction, written: Written, source: Source, passing: Callable[[str], Passing]
) -> Described | None:
    """What to tell of a function of which checks fail that pass with a default of the task, or with all of them.

    Of a parameter that the task does not have, and that decides between two ways, the other one is tried.

    Args:
        name: the function that is judged, for whose class's constructor this may be.
        passing: what passes with another text of the definition.
    """
    differing = [*_differing(function, written.definition)]
    passes, own = Passing(), differing
    for one in (*([one] for one in differing), *([differing] if len(differing) > 1 else [])):
        now = passing(written.spliced([((had, had), ast.unparse(asked)) for _, had, asked in one]))
        if len(now.titles) > len(passes.titles):
            passes, own = now, one
    if not passes.titles:
        return _of_another_way(name, function, written, source, passing)
    parameter, found, asked = own[0]
    parameter, shown = cut(parameter, LONGEST), cut(ast.unparse(found), LONGEST)
    more = [
        f" That of `{cut(one, LONGEST)}` is {cut(ast.unparse(had), LONGEST)}, not {ast.unparse(right)}."
        for one, had, right in own[1:]
    ]
    return Described(
        code=f"{name}.other-default",
        title=f"The default of `{parameter}` is {shown}, and the task has {ast.unparse(asked)}",
        explanation=f"A call that leaves the parameter out gets its default.{''.join(more)} With what the task has "
        f"there {passes}.",
        hints=("Compare the line of its `def` with that of the task, parameter by parameter.",),
        evidence={"parameter": parameter, "found": shown, "asked": ast.unparse(asked)},
        location=source.submission.locate(written.unit.filename, found.lineno + written.offset),
    )


def _of_another_way(
    name: str, function: ContractFunction, written: Written, source: Source, passing: Callable[[str], Passing]
) -> Described | None:
    """That calls as the task makes them go the other way, by the default of a parameter that it does not have."""
    asked = _positions(function.arguments)
    tests = [node.test for node in walk(written.definition) if isinstance(node, ast.If | ast.IfExp)]
    deciding = {one.id for test in tests for one in walk(test) if isinstance(one, ast.Name)}
    for parameter, had in _defaults(written.definition.args).items():
        is_own = parameter not in asked and parameter not in _positions(written.definition.args)[: len(asked)]
        if not is_own or parameter not in deciding or not isinstance(had.value, bool):
            continue
        passes = passing(written.spliced([((had, had), repr(not had.value))]))
        if passes.function:
            return Described(
                code=f"{name}.other-default",
                title=f"The default of `{parameter}` is {had.value}, and what the task asks for needs {not had.value}",
                explanation="The task has no such parameter: a call as it makes them leaves it out, and gets the "
                f"default. With {not had.value} there {passes}.",
                hints=(f"With which `{parameter}` does `{name}` run when it is called as the task calls it?",),
                evidence={"parameter": parameter, "found": had.value, "asked": not had.value},
                location=source.submission.locate(written.unit.filename, had.lineno + written.offset),
            )
    return None


def default_of_a_key(
    case: Case, written: Written, source: Source, passing: Callable[[str], Passing]
) -> list[Described]:
    """Numbers that are taken where a call's dict has nothing under a key, and are not those of the task."""
    found = []
    for path in case.paths(case.wrong):
        key = path[-1] if path else None
        if not isinstance(key, str):
            continue
        own = [i for i, cell in enumerate(case.cells) if cell.path == path and case.wrong >> i & 1]
        if any(_is_given(key, case.call(case.cells[i])) for i in own):
            continue  # what is wrong with what is given as well is no default's fault
        values = {(_number(case.found[i]), _number(case.right[i])) for i in own}
        taken, right = values.pop() if len(values) == 1 else (None, None)
        places = [one for one in _in_place_of(key, written.definition) if one.value == taken]
        if taken is not None and right is not None and len(places) == 1:
            passes = passing(written.spliced([((places[0], places[0]), repr(right))]))
            found.append(
                Described(
                    code=f"{case.function}.other-default",
                    title=f"Where `{key}` is not given you take {taken:g}, and the task has {right:g}",
                    explanation=f"So `{key}` comes out of the calls in the failed checks that leave it out."
                    + (f" With {right:g} there {passes}." if passes.titles else ""),
                    hints=("Compare what you put in the place of what is absent with the task, key by key.",),
                    evidence={"key": key, "found": taken, "asked": right, "is_all": bool(passes.function)},
                    location=source.submission.locate(written.unit.filename, places[0].lineno + written.offset),
                )
            )
    return found


def _is_given(key: str, call: Call) -> bool:
    parts = [part for one in (*call.arguments, call.named.values()) for part in one]
    return any(isinstance(one, dict) and key in one for one in parts)


def _number(value: Value) -> float | None:
    if not isinstance(value, np.ndarray) or value.ndim or value.dtype.kind not in "iuf":
        return None
    return float(value)


def _in_place_of(key: str, definition: Definition) -> Iterator[ast.Constant]:
    """The numbers that a text puts under a key, or takes where there is none."""
    for node in walk(definition):
        value: ast.AST | None = None
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and len(node.args) == 2:
            if node.func.attr in WITH_A_DEFAULT and _is(node.args[0], key):
                value = node.args[1]
        elif isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Subscript):
            value = node.value if _is(node.targets[0].slice, key) else None
        elif isinstance(node, ast.Dict):
            value = next(
                (one for name, one in zip(node.keys, node.values, strict=True) if name and _is(name, key)), None
            )
        if isinstance(value, ast.Constant) and type(value.value) in (int, float):
            yield value


def _is(node: ast.AST, key: str) -> bool:
    return isinstance(node, ast.Constant) and node.value == key


def _differing(function: ContractFunction, definition: Definition) -> Iterator[_Default]:
    """What is under the same name, or at the same place, where the names are others."""
    own, asked = _defaults(definition.args), _defaults(function.arguments)
    names = [
        (one, other)
        for one, other in itertools.zip_longest(_positions(definition.args), _positions(function.arguments))
    ]
    called = {other: other for other in asked} | {
        other: one for one, other in names if one not in asked and other not in own and one is not None
    }
    for parameter, value in asked.items():
        mine = own.get(called[parameter])
        if mine is not None and mine.value != value.value:
            yield called[parameter], mine, value


def _positions(arguments: ast.arguments) -> list[str]:
    return [one.arg for one in (*arguments.posonlyargs, *arguments.args) if one.arg != "self"]


def _defaults(arguments: ast.arguments) -> dict[str, ast.Constant]:
    """The parameters that have a number, a word or the like for their default."""
    by_position: Sequence[ast.arg] = (*arguments.posonlyargs, *arguments.args)
    with_default = by_position[len(by_position) - len(arguments.defaults) :]
    pairs = [*zip(with_default, arguments.defaults, strict=True)]
    pairs += [(one, value) for one, value in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True) if value]
    return {one.arg: value for one, value in pairs if isinstance(value, ast.Constant)}
