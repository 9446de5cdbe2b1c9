"""Sample submissions of an assignment, each with the outcome that it must get.

`examples/expected.toml` lists them:

    [[example]]
    file = "softmax_over_the_batch.py"
    failed = ["softmax", "forward"]         # functions that fail, for others too; none means full marks
    diagnoses = ["softmax.axis"]            # codes that the report must name, and no others
"""

import tomllib
from collections.abc import Collection, Iterator
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from grader.assignments import Assignment, AssignmentError
from grader.assignments.starter import starter_module
from grader.grading import Grader
from grader.report import Report
from grader.submissions import load_source
from grader.validation.outcome import Outcome, written_at


class Example(BaseModel):
    """A sample submission with the outcome that it must get."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    file: str
    failed: tuple[str, ...] = ()
    diagnoses: tuple[str, ...] = ()


class _Examples(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    example: tuple[Example, ...] = ()


def read_examples(folder: Path) -> tuple[Example, ...]:
    """The examples of the assignment in a folder.

    Raises:
        AssignmentError: `expected.toml` is faulty, or names a file that is not there.
    """
    path = folder / "examples" / "expected.toml"
    if not path.is_file():
        return ()
    try:
        examples = _Examples.model_validate(tomllib.loads(path.read_text("utf-8"))).example
    except (tomllib.TOMLDecodeError, ValidationError) as error:
        raise AssignmentError(f"{path}: {error}") from error
    for example in examples:
        if not (path.parent / example.file).exists():
            raise AssignmentError(f"{path} names {example.file}, which is not in {path.parent}")
    return examples


def grade_examples(session: Grader, examples: tuple[Example, ...]) -> Iterator[Outcome]:
    """Grade the solution, the starter and every example."""
    assignment = session.assignment
    solution = load_source(assignment.solution_source, "solution.py")
    yield _outcome_of_solution(session.grade(solution), assignment)
    starter = load_source(starter_module(assignment), "starter.py")
    yield _outcome_of_starter(session.grade(starter), assignment)
    for example in examples:
        report = session.grade(assignment.folder / "examples" / Path(example.file))
        yield _outcome(example.file, report, example, assignment)


def _outcome_of_solution(report: Report, assignment: Assignment) -> Outcome:
    """It passes every check, those that are worth nothing too."""
    problems = problems_of(report, Example(file="solution.py"))
    problems += _checks_that_failed(report, (), assignment)
    return Outcome("the solution", f"{report.score:g}/{report.max_score:g}", tuple(problems))


def _outcome(name: str, report: Report, example: Example, assignment: Assignment) -> Outcome:
    problems = problems_of(report, example)
    if problems:
        problems += _checks_that_failed(report, example.failed, assignment)
    return Outcome(name, f"{report.score:g}/{report.max_score:g}", tuple(problems))


def _checks_that_failed(report: Report, expected: Collection[str], assignment: Assignment) -> list[str]:
    """Which checks failed of functions that should not have, where they are written, and what they say."""
    declared = {check.id: check for check in assignment.checks}
    return [
        f"{place}check {result.id} ({result.title}): {result.message}"
        for function in report.functions
        if function.name not in expected
        for result in function.checks
        if result.status not in ("passed", "carried")
        for place in [f"{written_at(declared[result.id].run, assignment.folder)}: " if result.id in declared else ""]
    ]


def problems_of(report: Report, example: Example) -> list[str]:
    """How a report differs from what the example promises.

    What a training curve shows depends on the data at hand. Where another mistake is named, that is a consequence,
    and need not be listed.
    """
    problems = []
    if report.status != "graded":
        problems.append(f"{report.status}: {report.reason}")
    failed = {f.name for f in report.functions if f.score - f.carried < f.max_score}
    if unexpected := failed - set(example.failed):
        problems.append(f"{', '.join(sorted(unexpected))} should have passed")
    if absent := set(example.failed) - failed:
        problems.append(f"{', '.join(sorted(absent))} should have failed")
    named = {diagnosis.code for diagnosis in report.diagnoses()}
    causes = {diagnosis.code for function in report.functions for diagnosis in function.diagnoses}
    consequences = {diagnosis.code for run in report.training for diagnosis in run.diagnoses} if causes else set()
    if unexpected := named - consequences - set(example.diagnoses):
        problems.append(f"diagnosed {', '.join(sorted(unexpected))}")
    if absent := set(example.diagnoses) - named:
        problems.append(f"did not diagnose {', '.join(sorted(absent))}")
    return problems


def _outcome_of_starter(report: Report, assignment: Assignment) -> Outcome:
    points = f"{report.score:g}/{report.max_score:g}"
    if assignment.notebook is not None:  # its stubs and tests are the course's own
        return Outcome("the starter", f"{points}, which the tests give to untouched work" if report.score else points)
    problems = [
        f"{function.name} is {function.status}, not missing"
        for function in report.functions
        if function.status != "missing"
    ]
    if report.score:
        problems.append("the empty starter gets points")
    return Outcome("the starter", points, tuple(problems))
