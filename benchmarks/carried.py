"""What carrying errors forward gives and to whom: every wrong example of the library, every known mistake planted.

    python benchmarks/carried.py [--assignment mnist-mlp] [--planted]

A row tells the points before and after, and why: which functions are right given which. Right is a table in which
nobody loses, and in which no mistake is forgiven: the one function that has a mistake of its own keeps the points it
had. (Where several have one, each gains by what is right in it, check by check.) `--planted` plants the mistakes of
the catalogue in the solution's own text, one by one; those whose text cannot stand in a file of its own are counted
and left out. The exit status tells whether all is right.

The last columns are what it costs: the checks with points that failed, how many checks were run once more with right
functions, and how many of these with the submission's own as well.
"""

import argparse
import inspect
import re
import sys
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass

from grader import judged_once_more
from grader.assignments import Assignment, Check, Mistake, load_assignment
from grader.assignments.library import library_folders
from grader.checks.as_graded import AsGraded
from grader.checks.run import CheckRun, CheckSetting
from grader.checks.served import ServedStudent
from grader.grading import Grader
from grader.report import FunctionReport, Report
from grader.submissions import load_source
from grader.validation.examples import read_examples


@dataclass(frozen=True)
class Cost:
    """How many checks failed, and how many were run once more: with right functions, and with the submission's own."""

    failed: int = 0
    with_right: int = 0
    with_own: int = 0

    def __add__(self, other: "Cost") -> "Cost":
        return Cost(self.failed + other.failed, self.with_right + other.with_right, self.with_own + other.with_own)

    def __str__(self) -> str:
        return f"{self.failed:4} {self.with_right:4} {self.with_own:4}"


@dataclass(frozen=True)
class Row:
    """One submission: its points without and with what is carried forward, what is wrong about that, what it cost."""

    name: str
    before: float
    after: float
    of: float
    reason: str
    fault: str
    cost: Cost

    def __str__(self) -> str:
        points = f"{self.before:5g} {self.after:5g} {self.of:5g}"
        return f"{self.name:44.44} {points} {self.cost}  {self.reason}{'  !! ' + self.fault if self.fault else ''}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--assignment", action="append", help="of the library, several times for several; default all")
    parser.add_argument(
        "--planted", action="store_true", help="known mistakes in the solution's text, not the examples"
    )
    options = parser.parse_args()
    faults = left_out = 0
    costs: list[Cost] = []
    for name in options.assignment or sorted(library_folders()):
        print(f"\n{name:44} before after   of fail right own", flush=True)
        assignment = load_assignment(name)
        with Grader(assignment) as session:
            for row in planted(session) if options.planted else examples(session):
                if row is None:
                    left_out += 1
                    continue
                faults += bool(row.fault)
                costs.append(row.cost)
                print(row, flush=True)
    print(f"\n{len(costs)} submissions, {faults} at fault" + (f", {left_out} mistakes left out" if left_out else ""))
    total = sum(costs, Cost())
    print(
        f"{total.failed} checks failed; once more with right functions: {total.with_right}; with the submission's own "
        f"as well: {total.with_own}, of {sum(cost.with_own > 0 for cost in costs)} submissions"
    )
    sys.exit(bool(faults))


class _Counted:
    """Counts the checks that are run once more, and how."""

    def __init__(self) -> None:
        self.run_check = judged_once_more.run_check
        self.with_right = self.with_own = 0
        judged_once_more.run_check = self

    def __call__(self, check: Check, student: ServedStudent, setting: CheckSetting) -> CheckRun:
        if isinstance(student, AsGraded):
            self.with_own += 1
        else:
            self.with_right += 1
        return self.run_check(check, student, setting)

    def since(self, report: Report) -> Cost:
        """What a report cost; the next one begins at 0."""
        checks = [check for function in report.functions for check in function.checks if check.max_score]
        failed = sum(check.status != "passed" for check in checks)
        cost = Cost(failed, self.with_right, self.with_own)
        self.with_right = self.with_own = 0
        return cost


COUNTED = _Counted()


def examples(session: Grader) -> Iterator[Row]:
    """The wrong examples of an assignment; a function with a mistake of its own is one that a mistake is named in."""
    assignment = session.assignment
    for example in read_examples(assignment.folder):
        if example.failed:
            report = session.grade(assignment.folder / "examples" / example.file)
            own = {function.name for function in report.functions if function.diagnoses}
            # What is wrong in a function brought along, on which there is no report, is told at what is built on it.
            own -= {
                f.name
                for f in report.functions
                if f.status == "carried" and _given(f).keys().isdisjoint(assignment.function_names)
            }
            yield row_of(example.file.removeprefix("wrong/"), report, own)


def planted(session: Grader) -> Iterator[Row | None]:
    """Each known mistake in the solution's text; None for one that cannot be written there."""
    for mistake in session.assignment.mistakes:
        text = text_with(session.assignment, mistake)
        report = session.grade(load_source(text, "planted.py")) if text else None
        if report is None or report.status != "graded" or any(cell.error for cell in report.cells):
            yield None
            continue
        owners = owners_of(session.assignment, mistake)
        failing = [f.name for f in report.functions if f.score - f.carried < f.max_score]
        yield row_of(mistake.code, report, {first for first in failing[:] if first in owners})


def owners_of(assignment: Assignment, mistake: Mistake) -> set[str]:
    """The functions of the contract in whose own text a mistake is: those that reach its step through no other."""
    names = [name for name in assignment.function_names if mistake.step in assignment.reached_steps[name]]
    return {
        name
        for name in names
        if not any(mistake.step in assignment.reached_steps[other] for other in assignment.callees[name])
    }


def text_with(assignment: Assignment, mistake: Mistake) -> str:
    """The solution's text with a mistake in it; empty where the mistake has no text of its own."""
    try:
        source = textwrap.dedent(inspect.getsource(inspect.unwrap(mistake.replacement)))
    except (OSError, TypeError):
        return ""
    found = re.search(r"^def (\w+)", source, re.MULTILINE)
    if found is None:
        return ""
    name, definition = found[1], source[found.start() :]
    planted = f"mistake_{name}"
    definition = definition.replace(f"def {name}(", f"def {planted}(", 1)
    lines = [assignment.solution_source, "", definition]
    if mistake.is_wrapper:
        lines += [
            f"_right_step = {mistake.step}",
            f"def _spoilt(*args, **named): return {planted}(_right_step, *args, **named)",
        ]
        planted = "_spoilt"
    return "\n".join([*lines, f"{mistake.step} = {planted}", ""])


def row_of(name: str, report: Report, own: set[str]) -> Row:
    before = report.score - report.carried
    # Where others are wrong too, what is right in a function counts check by check.
    gaining = [f for f in report.functions if f.name in own and f.carried]
    faults = [f"{f.name} is wrong by itself and gains {f.carried:g}" for f in gaining if len(own) == 1]
    faults += ["it loses points"] if report.score < before else []
    cost = COUNTED.since(report)
    return Row(name, before, report.score, report.max_score, reason_of(report), "; ".join(faults), cost)


def reason_of(report: Report) -> str:
    gained = [f"{f.name} +{f.carried:g} given {', '.join(_given(f))}" for f in report.functions if f.carried]
    lost = [f"{f.name} −{f.max_score - f.score:g}" for f in report.functions if f.score < f.max_score]
    return "; ".join([*gained, *lost])


def _given(function: FunctionReport) -> dict[str, None]:
    return dict.fromkeys(name for check in function.checks for name in check.given)


if __name__ == "__main__":
    main()
