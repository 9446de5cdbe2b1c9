"""Functions that take other parameters than the task asks for: nothing of what they compute is seen as it is meant.

The parameters stand in another order, and values that are given by position end up in the wrong ones; or the call
itself fails, before a line of the function has run, or at the first line that speaks of a parameter by the task's name.
"""

import ast
import re
from collections.abc import Iterable, Iterator, Sequence

from grader.assignments import ContractFunction
from grader.checks.run import CheckRun
from grader.checks.stubs import is_method_unreadable
from grader.diagnosis.cases.phrases import enumerated
from grader.diagnosis.cases.trace import Trace
from grader.diagnosis.cases.verdict import Described
from grader.diagnosis.cases.where import Source
from grader.report import Location, StudentError
from grader.submissions.syntax import module_level, parse

_REFUSED = re.compile(
    r"\(\) (?:missing \d+ required|takes (?:from )?\d+ .*given|got an unexpected keyword|got multiple values)"
)
_UNKNOWN = re.compile(r"name '(\w+)' is not defined")
NO_SELF = "name 'self' is not defined"
_NO_CONSTRUCTOR = re.compile(r"\(\) takes no arguments$")
_CONSTRUCTOR = re.compile(r"\s+def\s+__init__\b")
_ALMOST_INIT = frozenset(["init", "int", "inti", "innit"])
OTHER_PARAMETERS = ".other-parameters"  # at the end of a code
_HINT = "Compare the line of its `def` with that of the task, parameter by parameter."


def other_parameters(
    function: ContractFunction, runs: Sequence[CheckRun], traces: Iterable[Trace], source: Source
) -> Described | None:
    """What to tell of a function whose parameters are not those of the task, where that is why its checks fail.

    Of a class its methods' checks tell it as well: no object of it could be made for them.
    """
    if misnamed := _misnamed_constructor(function, runs, source):
        return misnamed
    found = _definition(function, source)
    if found is not None and function.kind == "class" and found[0].name == function.name:
        return _no_class(function, *found) if _stays_a_function(found[0], source) else None
    if found is None or found[0].args.vararg or found[0].args.kwarg:
        return None
    definition, place = found
    own = _parameters(definition, function.name)
    refused = next((run.result.error for run in runs if is_refused(run, function.name)), None)
    refused = refused or _without_a_name(function, definition, own, runs)
    if any(run.result.error is not None for run in runs) and _lacks_self(definition, function):
        return _without_self(function, definition, place)
    if refused is not None:
        is_alike = [name.lower() for name in own] == [name.lower() for name in function.parameters]
        what = "lacks a default" if is_alike else "takes other parameters than the task asks for"
        return _described(function, place, own, what, _lacking(function, own, refused.message))
    wanted = [name.lower() for name in function.parameters]
    turned = [name.lower() for name in own]
    if sorted(turned) != sorted(wanted) or turned == wanted:
        return None
    first = next(i for i, (one, other) in enumerate(zip(turned, wanted, strict=True)) if one != other)
    calls = [call for trace in traces for call in trace.calls if call.function == function.name]
    if not any(len(arguments) > first for call in calls for arguments in call.arguments):
        return None
    told = "Values are given by their position, so each parameter from there on gets what is meant for another."
    return _described(function, place, own, "has its parameters in another order than the task", told)


def unreadable_constructor(owner: str, source: Source) -> tuple[str, Location | None] | None:
    """What is wrong, and where, with the `__init__` of a class that is left out, as a part of it is not Python."""
    if not is_method_unreadable(f"{owner}.__init__", source.submission):
        return None
    for unit in source.submission.units:
        tree = parse(unit.source)
        starts = (
            [one.lineno for one in tree.body if isinstance(one, ast.ClassDef) and one.name == owner] if tree else []
        )
        lines = unit.original.split("\n")
        heads = [n for n, text in enumerate(lines, 1) if _CONSTRUCTOR.match(text) and starts and n > starts[-1]]
        for fault in unit.faults if heads else ():
            if fault.line >= heads[0]:
                told = f"`__init__` is not Python, at line {fault.line}: {fault.message}"
                return told, source.submission.locate(unit.filename, fault.line)
    return None


def _misnamed_constructor(function: ContractFunction, runs: Sequence[CheckRun], source: Source) -> Described | None:
    """What to tell of a class that can be given nothing: its `__init__` is called something else, or there is none."""
    own = [run for run in runs if run.check.function.partition(".")[0] == function.name]
    errors = [run.result.error for run in own if run.result.error is not None]
    if function.kind != "class" or not any(not one.frames and _NO_CONSTRUCTOR.search(one.message) for one in errors):
        return None
    if (unreadable := unreadable_constructor(function.name, source)) is not None:
        return Described(
            code=f"{function.name}.constructor-not-python",
            title=unreadable[0],
            explanation=f"So it is left out, and nobody takes what `{function.name}(…)` is given.",
            hints=("Look at this line, and at the end of the one above it.",),
            location=unreadable[1],
        )
    for unit in (*source.submission.modules.values(), *source.submission.units):
        tree = parse(unit.source)
        for statement in module_level(tree.body if tree else []):
            if not isinstance(statement, ast.ClassDef) or statement.name != function.name:
                continue
            if {*map(ast.unparse, statement.bases)} - {"object"}:
                continue
            methods = [one for one in statement.body if isinstance(one, ast.FunctionDef)]
            alike = [one for one in methods if one.name.strip("_").lower() in _ALMOST_INIT]
            if not alike and not statement.decorator_list and function.parameters:
                given = enumerated([f"`{name}`" for name in function.parameters])
                return Described(
                    code=f"{function.name}.constructor-missing",
                    title=f"`{function.name}` has no `__init__`, and the task makes one with {given}",
                    explanation=f"So nobody takes what `{function.name}(…)` is given: `__init__` keeps it for the "
                    "other methods.",
                    hints=("What is given to an object when it is made?",),
                    location=Location(file=unit.file, cell=unit.cell, line=statement.lineno),
                )
            if len(alike) != 1 or alike[0].name == "__init__":
                continue
            return Described(
                code=f"{function.name}.constructor-misnamed",
                title=f"`{alike[0].name}` is no constructor: that is called `__init__`",
                explanation="Two underscores stand before `init`, and two behind it. When an object is made, Python "
                f"calls the method of that name and no other: nobody takes what `{function.name}(…)` is given.",
                hints=("How is the method called that Python runs when an object is made?",),
                evidence={"found": alike[0].name},
                location=Location(file=unit.file, cell=unit.cell, line=alike[0].lineno),
            )
    return None


def _lacks_self(definition: ast.FunctionDef, function: ContractFunction) -> bool:
    """Whether a method's first parameter is the task's first, or there is none: then nothing takes the object."""
    first = [one.arg.lower() for one in (*definition.args.posonlyargs, *definition.args.args)][:1]
    is_method = "." in function.name or definition.name == "__init__"
    asked = [name.lower() for name in function.parameters[:1]]
    return is_method and first in ([], asked) and first != ["self"] and not definition.decorator_list


def _without_self(function: ContractFunction, definition: ast.FunctionDef, place: Location) -> Described:
    return Described(
        code=f"{function.name}.self-missing",
        title=f"`self` is missing among the parameters of `{definition.name}`",
        explanation="The object that a method is called for is what it is given first, before all that stands in the "
        "brackets of the call. The first parameter takes it, whatever that is called.",
        hints=("What is the first thing that a method is given?",),
        location=place,
    )


def _stays_a_function(definition: ast.FunctionDef, source: Source) -> bool:
    """Whether a name is what its `def` makes of it: no decorator and no later assignment makes a class of that."""
    statements = [one for unit in source.submission.units if (tree := parse(unit.source)) for one in ast.walk(tree)]
    return not definition.decorator_list and not any(
        isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store) and one.id == definition.name for one in statements
    )


def _no_class(function: ContractFunction, definition: ast.FunctionDef, place: Location) -> Described:
    methods = [f"`{one.name}`" for one in definition.body if isinstance(one, ast.FunctionDef)]
    inner = f", and {', '.join(methods)} are functions inside it, which nobody can call" if methods else ""
    return Described(
        code=f"{function.name}.function-for-class",
        title=f"`{function.name}` is defined with `def`, and a `class` is meant",
        explanation=f"So `{function.name}(…)` calls a function{inner}. What stands in brackets behind the name of a "
        "class is what it inherits from, no parameter.",
        hints=("With which word does the definition of a class begin?",),
        location=place,
    )


def _described(function: ContractFunction, place: Location, own: Sequence[str], what: str, told: str) -> Described:
    name = function.name.rpartition(".")[2]
    asked, found = (f"`{name}({', '.join(parameters)})`" for parameters in (function.parameters, own))
    return Described(
        code=f"{function.name}{OTHER_PARAMETERS}",
        title=f"`{function.name}` {what}",
        explanation=told if asked == found else f"Asked for is {asked}, and here stands {found}. {told}".strip(),
        hints=(_HINT,),
        evidence={"asked": list(function.parameters), "found": list(own)},
        location=place,
    )


def _lacking(function: ContractFunction, own: Sequence[str], said: str) -> str:
    without_value = re.findall(r"'(\w+)'", said) if "missing" in said else []
    if without_value and len(own) == len(function.parameters):
        return f"The call gives `{'`, `'.join(without_value)}` no value: a default is needed there."
    there, asked = {name.lower() for name in own}, {name.lower() for name in function.parameters}
    absent = [f"`{name}`" for name in function.parameters if name.lower() not in there]
    more = [f"`{name}`" for name in own if name.lower() not in asked]
    parts = [f"not there: {', '.join(absent)}" if absent else "", f"not asked for: {', '.join(more)}" if more else ""]
    told = "; ".join(filter(None, parts))
    return f"{told[:1].upper()}{told[1:]}." if told else ""


def lacks_a_default(told: Described) -> bool:
    """Whether all that is told of a function's parameters is that the call has to give them all."""
    asked, found = (str(told.evidence.get(key)).lower() for key in ("asked", "found"))
    return told.code.endswith(OTHER_PARAMETERS) and asked == found


def is_refused(run: CheckRun, function: str) -> bool:
    """Whether a check ended at a call that Python refused to make: no line of the submission had its turn."""
    error = run.result.error
    is_own = run.blamed is None and run.result.status == "error"
    return (
        is_own
        and error is not None
        and error.type == "TypeError"
        and not error.frames
        and _is_about(function, error.message)
    )


def _without_a_name(
    function: ContractFunction, definition: ast.FunctionDef, own: Sequence[str], runs: Sequence[CheckRun]
) -> StudentError | None:
    """The error that ends a call at the task's name for a parameter which the definition calls otherwise."""
    last = definition.end_lineno or definition.lineno
    for error in (run.result.error for run in runs if run.blamed is None):
        name = _UNKNOWN.match(error.message) if error is not None and error.type == "NameError" else None
        if error is None or name is None or not error.frames or len(own) != len(function.parameters):
            continue
        line = error.frames[-1].location.line or 0
        if name[1] in {*function.parameters} - {*own} and definition.lineno <= line <= last:
            return error
    return None


def _is_about(function: str, message: str) -> bool:
    owner, _, name = function.rpartition(".")
    callee = message.partition("(")[0].rpartition(".")[2]
    return _REFUSED.search(message) is not None and callee in (name, *(("__init__",) if not owner else ()))


def _definition(function: ContractFunction, source: Source) -> tuple[ast.FunctionDef, Location] | None:
    """The last definition of a function in the text, of a class that of its `__init__`."""
    owner, _, name = function.name.rpartition(".")
    found = None
    for unit in (*source.submission.modules.values(), *source.submission.units):
        tree = parse(unit.source)
        for statement in module_level(tree.body if tree else []):
            for definition in _named(statement, owner, name):
                found = definition, Location(file=unit.file, cell=unit.cell, line=definition.lineno)
    return found


def _named(statement: ast.stmt, owner: str, name: str) -> Iterator[ast.FunctionDef]:
    match statement:
        case ast.FunctionDef() if not owner and statement.name == name:
            yield statement
        case ast.ClassDef(body=body) if statement.name == (owner or name):
            method = name if owner else "__init__"
            yield from (one for one in body if isinstance(one, ast.FunctionDef) and one.name == method)


def _parameters(definition: ast.FunctionDef, name: str) -> list[str]:
    written = definition.args
    names = [one.arg for one in (*written.posonlyargs, *written.args, *written.kwonlyargs)]
    is_method = "." in name or definition.name == "__init__"
    return names[1:] if is_method and names[:1] in (["self"], ["cls"]) else names
