"""Which functions of the contract a submission lacks: not written, not defined when it has run, or stubs."""

import ast
import difflib
import re
from collections.abc import Collection, Iterable, Mapping, Sequence

from grader.assignments import ContractFunction
from grader.checks.loaded import LoadedSubmission
from grader.report import CellRun, Location
from grader.sandbox import CellFailure
from grader.submissions import Submission
from grader.submissions.classes import alike, classes_of, methods_asked
from grader.submissions.recovery import NOT_BELOW
from grader.submissions.syntax import module_level, parse
from grader.submissions.unwritten import unwritten

NOT_IMPLEMENTED = "`{name}` is not implemented yet"
_STAND_IN = "MissingValue"  # the type of what comes from a module that is not there
_METHODS_TOLD = 3
_IS_A_TEST = re.compile(r"^test_|_test(_case)?$")  # of a course's own tests, imported with a star
NO_SCRIPT = "there is no training loop: no top-level `for` or `while` uses `{loop}` (nor is there a function `{name}`)"


def missing_functions(
    contract: Sequence[ContractFunction],
    submission: Submission,
    loaded: LoadedSubmission,
    former: Mapping[str, str] | None = None,
) -> dict[str, str]:
    """Name -> what to tell the student, for every function that cannot be called.

    `former` tells of functions that an earlier version of the contract had.
    """
    try:
        described = loaded.names()
    except CellFailure as failure:  # the time is used up, or the submission tampered with its process
        return {function.name: f"`{function.name}` cannot be called: {failure}" for function in contract}
    stood_in_for = {name for name, what in described.items() if what.type_name == _STAND_IN}
    present = described.keys() - stood_in_for
    kept = {function.name: function.kept for function in contract if function.returns}
    stubs = _stubs(submission, kept, present)
    called = {name for name in present if described[name].kind in ("function", "class")}
    strange = called - {function.name.partition(".")[0] for function in contract}  # what is asked for is meant itself
    instead = _classes_instead(contract, submission, strange)
    missing: dict[str, str] = {}
    for function in contract:
        owner = function.name.partition(".")[0]
        if owner not in present and function.script is not None:
            missing[function.name] = NO_SCRIPT.format(name=function.name, loop=function.script.loop)
        elif owner in stood_in_for:
            missing[function.name] = (
                f"`{owner}` is not defined in {submission.name}; it is imported from a module that was not handed in"
            )
        elif owner not in present and owner in instead:
            missing[function.name] = instead[owner]
        elif owner not in present:
            missing[function.name] = _why_absent(owner, submission, loaded.cell_runs, strange, former or {})
        elif is_method_unreadable(function.name, submission):
            fault = next((run for run in loaded.cell_runs if run.error and run.error.type == "SyntaxError"), None)
            why = f", since a part of {_where(fault)} is not Python: {_fault(fault)}" if fault is not None else ""
            missing[function.name] = f"`{function.name}` is not defined{why}"
        elif function.name in stubs:
            body = _body_elsewhere(function.name, submission, loaded.cell_runs)
            missing[function.name] = body or NOT_IMPLEMENTED.format(name=function.name)
    return missing


def names_written(names: Collection[str], submission: Submission) -> set[str]:
    """Those of some functions and classes that a submission's text defines, be it not Python there."""
    defined = submission.definitions()
    return {name for name in names if name in defined or _unreadable_definition(name, submission) is not None}


def _classes_instead(
    contract: Sequence[ContractFunction], submission: Submission, strange: Collection[str]
) -> dict[str, str]:
    """What to tell of classes that are asked for and there under another name, as their methods show."""
    asked = methods_asked((function.name, function.parameters) for function in contract)
    written = {name: own for name, own in classes_of(submission).items() if name in strange or name in asked}
    told = {}
    for name, other in alike(asked, written).items():
        shared = [f"`{method}`" for method in asked[name] if method in written[other] and method != "__init__"]
        more = [f"{len(shared) - _METHODS_TOLD} more"] if len(shared) > _METHODS_TOLD else []
        *first, last = [*shared[:_METHODS_TOLD], *more]
        listed = f"{', '.join(first)} and {last}" if first else last
        meant = f"the class `{other}` has its {listed}: if it is meant, call it `{name}`"
        told[name] = f"`{name}` is not defined in {submission.name}; {meant}"
    return told


def _why_absent(
    name: str, submission: Submission, runs: Sequence[CellRun], present: set[str], former: Mapping[str, str]
) -> str:
    written = submission.definitions().get(name) or _unreadable_definition(name, submission)
    if written is not None and submission.names_data(name):
        return (
            f"`{name}` is not defined in {submission.name}; {written} gives the name to something else than a function"
        )
    if written is not None:
        own = [run for run in runs if (run.location.file, run.location.cell) == (written.file, written.cell)]
        below = [run for run in own if written.line and run.location.line and run.location.line >= written.line]
        run = next(iter(below or own), None)
        if run is not None and run.error is not None and run.error.type == "SyntaxError":
            return f"`{name}` is not defined, since a part of {_where(run)} is not Python: {_fault(run)}"
        if run is not None and run.status != "ran":
            return f"`{name}` is not defined, since {_where(run)} {_fate(run)}"
        return f"`{name}` is written ({written}) but not defined after the submission has run"
    if told := next((words for other, words in former.items() if other in present), ""):
        return f"`{name}` is not defined in {submission.name}; {told}"
    offered = present & submission.definitions().keys()  # what is imported is not meant to be written there
    likest_last = sorted(offered, key=lambda other: (other[:1].isupper() == name[:1].isupper(), other))
    return f"`{name}` is not defined in {submission.name}{_meant(name, likest_last, submission)}"


def _body_elsewhere(name: str, submission: Submission, runs: Sequence[CellRun]) -> str:
    """What to tell of a function whose lines stand beside its `def`, not below it; "" of any other."""
    places = submission.definitions()
    place = places.get(name)
    for run in runs:
        if place is None or place.line is None or run.location.line is None or NOT_BELOW not in run.message:
            continue
        same = [one.line for one in places.values() if (one.file, one.cell) == (place.file, place.cell)]
        above = [line for line in same if line is not None and line < run.location.line]
        if (run.location.file, run.location.cell) == (place.file, place.cell) and place.line == max(above, default=0):
            return f"`{name}` is not defined, since a part of {_where(run)} is not Python: {_fault(run)}"
    return ""


def absent_method(name: str, submission: Submission, asked: Collection[str]) -> str:
    """What to tell of a method that a class does not have: another of its methods may be meant, or a function.

    None that is `asked` for itself is.
    """
    owner, _, method = name.rpartition(".")
    units = (*submission.modules.values(), *submission.units)
    bodies = [module_level(tree.body) for unit in units if (tree := parse(unit.source))]
    statements = [statement for body in bodies for statement in body]
    members = [
        member
        for statement in statements
        if isinstance(statement, ast.ClassDef) and statement.name == owner
        for member in statement.body
        if isinstance(member, ast.FunctionDef)
    ]
    for member in members:
        if any(isinstance(one, ast.FunctionDef) and one.name == method for one in member.body):
            what = f"it stands inside `{member.name}`, indented too far to be a method"
            return f"`{name}` is not defined in {submission.name}; {what}"
    methods = [member.name for member in members if f"{owner}.{member.name}" not in asked]
    outside = [
        statement.name
        for statement in statements
        if isinstance(statement, ast.FunctionDef) and [one.arg for one in statement.args.args[:1]] == ["self"]
    ]
    if hint := _meant(method, methods, submission, owner):
        return f"`{name}` is not defined in {submission.name}{hint}"
    if hint := _meant(method, outside, submission):
        return f"`{name}` is not defined in {submission.name}; outside of the class {hint.removeprefix('; ')}"
    return f"`{name}` is not defined in {submission.name}; the class `{owner}` has no method of that name"


def is_written_nowhere(name: str, submission: Submission) -> bool:
    """Whether a submission certainly lacks a method of a class that it has: nothing there could bear its name.

    A class that is derived from another one, or that gets its attributes in other ways, may have it all the same.
    """
    owner, _, method = name.rpartition(".")
    units = (*submission.modules.values(), *submission.units)
    bodies = [module_level(tree.body) for unit in units if (tree := parse(unit.source))]
    classes = [one for body in bodies for one in body if isinstance(one, ast.ClassDef) and one.name == owner]
    is_plain = all(isinstance(base, ast.Name) and base.id == "object" for one in classes for base in one.bases)
    bears = re.compile(rf"\b(?:def\s+{re.escape(method)}\b|{re.escape(method)}\s*=[^=]|setattr\b|__getattr)")
    return bool(owner and classes) and is_plain and not any(bears.search(unit.original) for unit in units)


def is_method_unreadable(name: str, submission: Submission) -> bool:
    """Whether a class lacks a method that stands in its text, in a part of it which is not Python."""
    owner, _, method = name.rpartition(".")
    heading = re.compile(rf"^class\s+{re.escape(owner)}\b.*?(?=^class\b|\Z)", re.MULTILINE | re.DOTALL)
    for unit in (*submission.units, *submission.modules.values()) if owner else ():
        tree = parse(unit.source) if unit.faults else None
        classes = [one for one in tree.body if isinstance(one, ast.ClassDef) and one.name == owner] if tree else []
        written = [*heading.finditer(unit.original)] if classes else []
        own = re.compile(rf"^[ \t]+def\s+{re.escape(method)}\b", re.MULTILINE)
        if len(classes) == len(written) == 1 and (found := own.search(unit.original, *written[0].span())):
            kept = {node.name for node in ast.walk(classes[0]) if isinstance(node, ast.FunctionDef)}
            is_plain = all(isinstance(base, ast.Name) and base.id == "object" for base in classes[0].bases)
            # What a base class has of that name is not what was written, and cannot be read.
            line = unit.source.split("\n")[unit.original.count("\n", 0, found.start()) :][:1]
            is_lost = is_plain or not "".join(line).strip()
            return is_lost and method not in kept and not re.search(r"\bsetattr\b|__getattr", unit.original)
    return False


def absent_attribute(name: str, submission: Submission) -> str:
    """What to tell of a value that instances of a class do not have: another that its methods set may be meant."""
    owner, _, attribute = name.rpartition(".")
    trees = [parse(unit.source) for unit in (*submission.modules.values(), *submission.units)]
    classes = [node for tree in trees if tree for node in module_level(tree.body) if isinstance(node, ast.ClassDef)]
    own = [
        node.attr
        for one in classes
        if one.name == owner
        for node in ast.walk(one)
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store)
    ]
    others = dict.fromkeys(one for one in own if one != attribute)
    return f"`{owner}` has no attribute `{attribute}`{_meant(attribute, others, submission, owner)}"


def _meant(name: str, others: Iterable[str], submission: Submission, owner: str = "") -> str:
    """A question that names what is written nearly like a name; "" if nothing is. The last of equals is asked about."""
    plain = {other.lower().strip("_"): other for other in others if not _IS_A_TEST.search(other)}
    similar = difflib.get_close_matches(name.lower().strip("_"), plain, n=1, cutoff=0.75)
    if not similar:  # the same words in another order, or a part of them
        words = sorted(name.lower().split("_"))
        similar = [other for other in plain if sorted(other.split("_")) == words][-1:]
        similar += [other for other in plain if len(other) > 3 and (other in name.lower() or name.lower() in other)][
            -1:
        ]
    if not similar:
        return ""
    meant = plain[similar[0]]
    place = submission.definitions().get(f"{owner}.{meant}" if owner else meant)
    return f"; there is a `{meant}`{f' ({place})' if place is not None else ''}, is it meant?"


def _unreadable_definition(name: str, submission: Submission) -> Location | None:
    """Where a function is written in that part of a cell or module which is not Python."""
    heading = re.compile(rf"^[ \t]*(?:def|class)[ ]+{re.escape(name)}\b", re.MULTILINE)
    for unit in (*submission.units, *submission.modules.values()):
        kept = unit.source.split("\n") if unit.faults else []
        for found in heading.finditer(unit.original) if unit.faults else ():
            line = unit.original.count("\n", 0, found.start()) + 1
            is_read = line <= len(kept) and bool(kept[line - 1].strip())  # what is indented may be a method
            if not is_read or not found[0][0].isspace():
                return Location(file=unit.file, cell=unit.cell, line=line)
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
            if run.error is None:
                return "stopped"
            is_ours = run.error.type == "StandInUsed"  # a name that no student knows
            return f"stopped{'' if is_ours else f' with {run.error.type}'}: {run.error.message}"


def _stubs(submission: Submission, kept: Mapping[str, Collection[int]], present: Collection[str]) -> set[str]:
    """Functions and methods that are bound last by a definition that has no body to speak of, or placeholders in it.

    `kept` tells of the functions that have a result which of its parts may be anything, `present` what is defined.
    """
    last: dict[str, bool] = {}
    for unit in submission.units:
        last |= unwritten(unit.source, kept, present)
    return {name for name, is_stub in last.items() if is_stub}
