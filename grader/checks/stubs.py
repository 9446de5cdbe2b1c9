"""Which functions of the contract a submission lacks: not written, not defined when it has run, or stubs."""

import ast
import difflib
import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from grader.assignments import ContractFunction
from grader.checks.loaded import LoadedSubmission
from grader.checks.placeholders import computes, is_left_open
from grader.report import CellRun, Location
from grader.sandbox import CellFailure
from grader.submissions import Submission
from grader.submissions.syntax import parse

NOT_IMPLEMENTED = "`{name}` is not implemented yet"
NO_SCRIPT = "there is no training loop: no top-level `for` or `while` uses `{loop}` (nor is there a function `{name}`)"


def missing_functions(
    contract: Sequence[ContractFunction], submission: Submission, loaded: LoadedSubmission
) -> dict[str, str]:
    """Name -> what to tell the student, for every function that cannot be called."""
    try:
        present = set(loaded.names())
    except CellFailure as failure:  # the time is used up, or the submission tampered with its process
        return {function.name: f"`{function.name}` cannot be called: {failure}" for function in contract}
    kept = {function.name: function.kept for function in contract if function.returns}
    stubs = _stubs(submission, kept, present)
    missing: dict[str, str] = {}
    for function in contract:
        owner = function.name.partition(".")[0]
        if owner not in present and function.script is not None:
            missing[function.name] = NO_SCRIPT.format(name=function.name, loop=function.script.loop)
        elif owner not in present:
            missing[function.name] = _why_absent(owner, submission, loaded.cell_runs, present)
        elif function.name in stubs:
            missing[function.name] = NOT_IMPLEMENTED.format(name=function.name)
    return missing


def _why_absent(name: str, submission: Submission, runs: Sequence[CellRun], present: set[str]) -> str:
    written = submission.definitions().get(name) or _unreadable_definition(name, submission)
    if written is not None:
        run = next(
            (run for run in runs if (run.location.file, run.location.cell) == (written.file, written.cell)), None
        )
        if run is not None and run.error is not None and run.error.type == "SyntaxError":
            return f"`{name}` is not defined, since a part of {_where(run)} is not Python: {_fault(run)}"
        if run is not None and run.status != "ran":
            return f"`{name}` is not defined, since {_where(run)} {_fate(run)}"
        return f"`{name}` is written ({written}) but not defined after the submission has run"
    by_small_letters = {other.lower(): other for other in sorted(present)}
    similar = difflib.get_close_matches(name.lower(), by_small_letters, n=1, cutoff=0.75)
    hint = f"; there is a `{by_small_letters[similar[0]]}`, is it meant?" if similar else ""
    return f"`{name}` is not defined in {submission.name}{hint}"


def _unreadable_definition(name: str, submission: Submission) -> Location | None:
    """Where a function is written in that part of a cell or module which is not Python."""
    heading = re.compile(rf"^(?:def|class)[ ]+{re.escape(name)}\b", re.MULTILINE)
    for unit in (*submission.units, *submission.modules.values()):
        if unit.fault is not None and heading.search(unit.original):
            return Location(file=unit.file, cell=unit.cell)
    return None


def _where(run: CellRun) -> str:
    return f"cell {run.location.cell}" if run.location.cell is not None else run.location.file


def _fault(run: CellRun) -> str:
    line = f"line {run.location.line}, " if run.location.line is not None else ""
    return f"{line}{run.message}"


def _fate(run: CellRun) -> str:
    match run.status:
        case "timeout":
            return "was stopped because it took too long"
        case "skipped":
            return "ended the process when it ran"
        case _:
            error = f" with {run.error.type}: {run.error.message}" if run.error else ""
            return f"stopped{error}"


def _stubs(submission: Submission, kept: Mapping[str, Collection[int]], present: Collection[str]) -> set[str]:
    """Functions and methods that are bound last by a definition that has no body to speak of, or placeholders in it.

    `kept` tells of the functions that have a result which of its parts may be anything, `present` what is defined.
    """
    last: dict[str, bool] = {}
    for unit in submission.units:
        tree = parse(unit.source)
        lines = re.split("\r\n|\r|\n", unit.source)  # as Python counts them
        for statement in tree.body if tree else ():
            for name, definition in _bound(statement):
                last[name] = definition is not None and (
                    _is_stub(definition)
                    or (
                        name in kept
                        # Looked at closely only where it may be open.
                        and (_mentions_none(definition, lines) or not computes(definition))
                        and is_left_open(definition, kept[name], present)
                    )
                )
    return {name for name, is_stub in last.items() if is_stub}


def _mentions_none(definition: ast.FunctionDef, lines: Sequence[str]) -> bool:
    return any("None" in line for line in lines[definition.lineno - 1 : definition.end_lineno])


def _bound(statement: ast.stmt) -> Iterator[tuple[str, ast.FunctionDef | None]]:
    """The names that a top-level statement binds (`Class.method` too), each with its definition if it has one."""
    match statement:
        case ast.FunctionDef():
            yield statement.name, statement
        case ast.ClassDef():
            yield statement.name, None
            for member in statement.body:
                if isinstance(member, ast.FunctionDef):
                    is_constructor = member.name == "__init__"
                    yield statement.name if is_constructor else f"{statement.name}.{member.name}", member
        case ast.Assign(targets=targets):
            for target in targets:
                if isinstance(target, ast.Name | ast.Attribute):
                    yield ast.unparse(target), None
        case ast.Import(names=aliases) | ast.ImportFrom(names=aliases):
            for alias in aliases:
                yield alias.asname or alias.name, None


def _is_stub(function: ast.FunctionDef) -> bool:
    return not function.decorator_list and all(_does_nothing(statement) for statement in function.body)


def _does_nothing(statement: ast.stmt) -> bool:
    match statement:
        case ast.Pass() | ast.Expr(value=ast.Constant()) | ast.Return(value=None | ast.Constant(value=None)):
            return True
        case ast.Raise(exc=ast.Name(id="NotImplementedError") | ast.Call(func=ast.Name(id="NotImplementedError"))):
            return True
    return False
