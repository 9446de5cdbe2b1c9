"""Making a bundle: `grade bundle ASSIGNMENT`."""

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from typing import Any

from pydantic import TypeAdapter

from grader.assignments import Assignment, AssignmentError, Check, ContractFunction
from grader.assignments.notebooks import Derived
from grader.assignments.notebooks.tests import NotebookTest, check_function
from grader.bundles.recording import recorded
from grader.checks.local import Solution, Variant
from grader.checks.run import CheckFault, CheckSetting, run_check
from grader.diagnosis.planted.planting import plant

FORMAT = 1
MAX_CHECK_CHARACTERS = 400_000
WRITTEN_FUNCTION = TypeAdapter(ContractFunction)
_SEED = 0x62756E646C65  # of a bundle's own inputs: no grade is made with them
_TELLING, _LONG = 10, 25  # a shorter line says nothing about a solution; a long one does inside others, too
_NOT_TOLD = {"line", "results"}  # of a function: the latter are read of the solution, too


@dataclass(frozen=True)
class Built:
    """A bundle's text, how many checks are in it, and which are not: id -> why."""

    text: str
    checks: int
    left_out: dict[str, str]


def build_bundle(assignment: Assignment) -> Built:
    """The bundle of an assignment.

    Raises:
        AssignmentError: nothing of it can be given to students, or a line of the solution would be in it.
    """
    left_out: dict[str, str] = {}
    checks = [*(_tests(assignment, left_out) if assignment.notebook else _calls(assignment, left_out))]
    if not checks:
        raise AssignmentError(f"{assignment.id}: none of its checks can be given to students")
    metadata = assignment.metadata.model_dump(mode="json", exclude={"dataset", "points"})
    imports = metadata["imports"]
    metadata["imports"] = imports | {
        "aliases": {name: others for name, others in imports["aliases"].items() if name in assignment.handed_out},
        "withheld": [],
    }
    document = {
        "grader_bundle": FORMAT,
        "assignment": assignment.id,
        "metadata": metadata,
        "contract": [
            WRITTEN_FUNCTION.dump_python(function, mode="json", exclude=_NOT_TOLD, exclude_none=True)
            for function in assignment.contract
        ],
        "provided": dict(assignment.handed_out),
        "given": [list(part) for part in Derived(assignment.notebook).given_parts] if assignment.notebook else [],
        "checks": checks,
    }
    demand_no_solution(assignment, document)
    return Built(json.dumps(document, indent=1, ensure_ascii=False) + "\n", len(checks), left_out)


def _calls(assignment: Assignment, left_out: dict[str, str]) -> Iterator[dict[str, Any]]:
    """Each check as the calls that it makes, with what the solution gives on inputs of the bundle's own."""
    setting = CheckSetting(Solution(assignment.contract, assignment.solution), _SEED, None)
    conventions = [plant(assignment, [convention]) for convention in assignment.conventions]
    modules = [assignment.new_solution(), *conventions]
    for check in assignment.checks:
        if "dataset" in check.arguments:
            left_out[check.id] = "it needs the data set"
            continue
        steps, reason = recorded(check, assignment.contract, modules, setting)
        written = {"function": check.function, "id": check.id, "title": check.title, "steps": steps}
        if not reason and len(json.dumps(written)) > MAX_CHECK_CHARACTERS:
            reason = "its values are too large"
        if reason:
            left_out[check.id] = reason
        else:
            yield written


def _tests(assignment: Assignment, left_out: dict[str, str]) -> Iterator[dict[str, Any]]:
    """The visible tests of a notebook, which students have before their eyes; of others nothing."""
    assert assignment.notebook is not None
    derived = Derived(assignment.notebook)
    for check, test in derived.tests:
        if test.secret:
            left_out[check.id] = "it is hidden"
            continue
        if (before := derived.without_secrets(test.before)) != test.before:
            test = replace(test, before=before)
            if not _holds(assignment, check, test):
                left_out[check.id] = "it builds on a hidden test"
                continue
        written = asdict(test) | {
            "secret": [],
            "filename": f"{assignment.id}.ipynb{test.filename.partition('.ipynb')[2]}",
        }
        yield {"function": check.function, "id": check.id, "title": check.title, "test": written}


def _holds(assignment: Assignment, check: Check, test: NotebookTest) -> bool:
    """Whether the solution passes a test, as it is now."""
    setting = CheckSetting(Solution(assignment.contract, assignment.solution), _SEED, None)
    own = Variant(assignment.contract, assignment.new_solution())
    run = replace(check, run=check_function(test, check.run.__name__, test.filename))
    try:
        return run_check(run, own, setting).passed
    except CheckFault:
        return False


def demand_no_solution(assignment: Assignment, document: Any) -> None:
    """Raise AssignmentError where a line of the solution, which the author shows nowhere, stands in a bundle."""
    shown = "\n".join(function.source + function.documentation for function in assignment.contract)
    shown += "\n".join(assignment.handed_out.values())
    if assignment.notebook is not None:
        shown += "\n".join(cell.student or "" for cell in assignment.notebook.cells)
        shown += "\n".join(cell.source for cell in assignment.notebook.cells if cell.kind == "given")
    text = "\n".join(_texts(document))
    lines = {line.strip() for line in text.split("\n")}
    for where, number, line in _answers(assignment):
        told = line.strip()
        is_telling = len(told) >= _TELLING and not told.startswith(("import ", "from ", "#", '"""'))
        is_there = told in lines or (len(told) >= _LONG and told in text)
        if is_telling and is_there and told not in shown:
            raise AssignmentError(f"{assignment.id}: the bundle would show line {number} of {where}: {told[:60]}")


def _answers(assignment: Assignment) -> Iterator[tuple[str, int, str]]:
    """Every line that answers something, or asks for it in secret: of solutions, hidden tests, withheld modules."""
    texts = {"the solution": assignment.solution_source}
    if assignment.notebook is not None:
        derived = Derived(assignment.notebook)
        texts["the notebook's solution"] = derived.solution_text
        texts |= {f"a hidden test, {test.filename}": test.hidden for _, test in derived.tests}
    withheld = assignment.provided.keys() - assignment.handed_out.keys()
    texts |= {f"provided/{name}.py": assignment.provided[name] for name in sorted(withheld)}
    for where, text in texts.items():
        for number, line in enumerate(text.split("\n"), start=1):
            yield where, number, line


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield str(key)
            yield from _texts(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _texts(item)
