"""`grade bundle` and `grade check`: checks that a student may have, and work verified with them."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader.cli.terminal import (
    BAD_INPUT,
    FULL_MARKS,
    OUR_FAULT,
    POINTS_LOST,
    AssignmentArgument,
    SandboxOption,
    complain,
    errors_told,
    refusal,
    say,
)

if TYPE_CHECKING:
    from grader.report import Report


def bundle(
    assignment: AssignmentArgument,
    output: Annotated[Path | None, typer.Option(help="where to write it; NAME.bundle.json without it")] = None,
) -> None:
    """Make a file for students, with which `grade check` verifies their work; no solution is in it."""
    from grader.assignments import load_assignment
    from grader.bundles import build_bundle

    with errors_told():
        chosen = load_assignment(assignment)
        built = build_bundle(chosen)
        path = output or Path(f"{chosen.id}.bundle.json")
        path.write_text(built.text, "utf-8")
        say(f"{path}: {built.checks} checks")
        reasons: dict[str, list[str]] = {}
        for name, reason in built.left_out.items():
            reasons.setdefault(reason, []).append(name)
        for reason, names in reasons.items():
            complain(f"left out, since {reason}: {', '.join(names)}")


def check(
    bundle: Annotated[Path, typer.Argument(metavar="BUNDLE", help="the file that your course gave you")],
    submission: Annotated[Path, typer.Argument(help="notebook, module, folder or archive")],
    sandbox: SandboxOption = "auto",
) -> None:
    """Verify your own work with a bundle of your course's: no points, and no solution."""
    from grader.bundles import load_bundle
    from grader.grading import Grader

    with errors_told(), Grader(load_bundle(bundle), sandbox=sandbox) as session:
        report = session.grade(submission)
    if report.status != "graded":
        raise refusal(report.reason, BAD_INPUT if report.status == "rejected" else OUR_FAULT)
    say("\n".join(_verdict(report)))
    right = all(result.status == "passed" for function in report.functions for result in function.checks)
    raise typer.Exit(FULL_MARKS if right else POINTS_LOST)


def _verdict(report: "Report") -> Iterator[str]:
    yield f"{report.assignment.title} · {report.submission.name}"
    for function in report.functions:
        passed = sum(result.status == "passed" for result in function.checks)
        sign = "✓" if passed == len(function.checks) else "✗"
        yield f"{sign} {function.name:24} {passed} of {len(function.checks)} checks"
        for result in function.checks:
            if result.status != "passed":
                yield f"    {result.title}: {result.message}"
        for remark in function.remarks:
            yield f"    • {remark}"
    for answer in report.written:
        yield f"○ {answer.question:24} for a person to read"
    yield ""
    yield "These are a part of the checks, on inputs of their own: your grade is made with others."
