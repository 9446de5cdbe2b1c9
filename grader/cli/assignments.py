"""Commands about assignments: what there is, what one asks for, its starter, a new one, whether one is sound."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from grader.cli.terminal import (
    FULL_MARKS,
    POINTS_LOST,
    AssignmentArgument,
    SandboxOption,
    bar,
    complain,
    errors_told,
    refusal,
    say,
)

if TYPE_CHECKING:
    from grader.assignments import Assignment
    from grader.assignments.operation import Operation
    from grader.assignments.scaffold import TakenOver
    from grader.validation.known_operations import Known


def list_assignments(
    words: Annotated[
        list[str] | None, typer.Argument(help="only those with all of these in id, title or summary")
    ] = None,
) -> None:
    """List the assignments of the library."""
    from grader.assignments import library_folders
    from grader.assignments.settings import read_metadata

    with errors_told():
        for name, folder in library_folders().items():
            about = read_metadata(folder)
            text = f"{name} {about.title} {about.summary}".lower()
            if all(word.lower() in text for word in words or ()):
                say(f"{name:32} {about.title}")


def show(assignment: AssignmentArgument) -> None:
    """Show what an assignment asks for: functions, points, limits."""
    from grader.assignments import load_assignment

    with errors_told():
        chosen = load_assignment(assignment)
    say(_description(chosen))


def starter(
    assignment: AssignmentArgument, folder: Annotated[Path, typer.Argument(help="where to write it")] = Path()
) -> None:
    """Write the files a student starts from."""
    from grader.assignments import load_assignment
    from grader.assignments.starter import write_starter

    with errors_told():
        for path in write_starter(load_assignment(assignment), folder):
            say(str(path))


def new(
    folder: Annotated[Path, typer.Argument(help="folder of the new assignment; its name is the id")],
    source: Annotated[
        Path | None,
        typer.Option("--from", help="a source notebook of nbgrader or otter, a plain one, or a module with doctests"),
    ] = None,
    of: Annotated[
        list[str] | None,
        typer.Option("--of", help="an operation that students implement, as `softmax` or `softmax:axis=0`; repeat it"),
    ] = None,
) -> None:
    """Start an assignment of your own: of operations, from a notebook, or a small one that works, to be changed."""
    from grader.assignments.chosen_operations import choose, write_chosen
    from grader.assignments.scaffold import take_over, write_scaffold
    from grader.validation.known_operations import propose_operations

    with errors_told():
        if of:
            if source is not None:
                raise typer.BadParameter("--from and --of each make the whole assignment; give one of them")
            for path in write_chosen(folder, choose(of)):
                say(str(path))
            return
        if source is None:
            for path in write_scaffold(folder):
                say(str(path))
            return
        taken = take_over(source, folder)
        known = propose_operations(folder)
        say("\n".join(_taken_over(taken, known)))
        for remark in (*taken.remarks, *_tests_that_fail(folder)):
            complain(remark)


def name(
    assignment: AssignmentArgument,
    function: Annotated[str, typer.Argument(help="the function of the contract that has the fault")],
    fingerprint: Annotated[str, typer.Argument(help="of the fault, as the class page and `summary.json` show it")],
    title: Annotated[str, typer.Option(help="the mistake in one line")],
    hint: Annotated[list[str] | None, typer.Option(help="from a nudge to a pointer; repeat it")] = None,
    explain: Annotated[str, typer.Option(help="why it is one")] = "",
) -> None:
    """Name a fault that several students share: it is told in these words from then on, also in grading again."""
    from pydantic import ValidationError

    from grader.assignments import load_assignment
    from grader.assignments.named import NamedMistake, add_named

    with errors_told():
        chosen = load_assignment(assignment)
        if function not in chosen.function_names:
            raise typer.BadParameter(f"{function} is no function of {chosen.id}: {', '.join(chosen.function_names)}")
        try:
            named = NamedMistake(
                function=function, fingerprint=fingerprint, title=title, explain=explain, hints=tuple(hint or ())
            )
        except ValidationError as error:
            raise typer.BadParameter(
                f"{fingerprint!r} is no fingerprint: ten digits, 0 to 9 and a to f, as the class page shows them"
            ) from error
        say(str(add_named(chosen.folder, named)))


def _tests_that_fail(folder: Path) -> "Iterator[str]":
    """Tests of a notebook that its own solution does not pass, or that cannot be run as they are."""
    from grader.assignments import load_assignment
    from grader.checks.local import Solution, Variant
    from grader.checks.run import CheckFault, CheckSetting, run_check
    from grader.validation.outcome import written_at

    assignment = load_assignment(folder)
    setting = CheckSetting(Solution(assignment.contract, assignment.solution), 0, None)
    for check in assignment.checks:
        student = Variant(assignment.contract, assignment.new_solution())
        try:
            result = run_check(check, student, setting).result
        except CheckFault as fault:
            yield f"cannot be run as it is: {fault}"
        else:
            if result.status != "passed":
                place = written_at(check.run, assignment.folder)
                yield f"{place}: its own solution does not pass {check.title}: {result.message}"


def _taken_over(taken: "TakenOver", known: "Sequence[Known]") -> "Iterator[str]":
    """What was found in a notebook, and what to do next."""
    from grader.assignments import load_assignment

    by_name = {one.name: one for one in known}
    checks, written = taken.derived.checks, taken.derived.written
    yield f"{taken.notebook.path.name}, read as {_FORMATS[taken.notebook.format]}"
    for function in taken.derived.contract:
        own = [check for check in checks if check.function == function.name]
        points = sum(check.points for check in own)
        tests = f"{len(own)} test{'' if len(own) == 1 else 's'}"
        one = by_name.get(function.name)
        yield f"{points:5g}  {function.name:24} {tests:8}{f' known: {one}' if one else ''}".rstrip()
    for question in written:
        yield f"{question.points:5g}  {question.name:24} a person reads it"
    yield ""
    yield from map(str, taken.files)
    if (path := taken.files[0].parent / "composition.py").exists():
        count = len(load_assignment(path.parent).mistakes)
        yield f"{path}: {count} mistakes in the known functions have names"
    yield f"next: grade validate {taken.files[0].parent}"


_FORMATS = {
    "nbgrader": "a source notebook of nbgrader",
    "otter": "a source notebook of Otter Assign",
    "plain": "plain functions with tests",
}


def operations() -> None:
    """List the operations that contracts can be made of, with what can be graded of each, and its conventions."""
    from grader.assignments.chosen_operations import operations as known

    with errors_told():
        for name, operation in known().items():
            conventions = ", ".join(_convention(operation, convention) for convention in operation.conventions)
            graded = ", ".join(operation.graded) or "steps for your own functions"
            say(
                f"{name:22} {len(operation.known):3} mistakes  {graded}" + (f"  ({conventions})" if conventions else "")
            )


def _convention(operation: "Operation", name: str) -> str:
    """`axis=1|0|None`: the default first."""
    default = operation.conventions[name]
    others = [value for value in operation.allowed(name).values if repr(value) != repr(default)]
    return f"{name}={'|'.join(map(repr, [default, *others]))}"


def validate(
    assignment: Annotated[str | None, typer.Argument(help="id of the library, or a folder")] = None,
    all: Annotated[bool, typer.Option("--all", help="every assignment of the library")] = False,
    sandbox: SandboxOption = "auto",
) -> None:
    """Compare contract and solution, grade the examples, plant the known mistakes: each must come out as promised."""
    from grader.assignments import library_folders, load_assignment
    from grader.validation import validate_assignment

    names = list(library_folders()) if all else [assignment] if assignment else []
    if not names:
        raise refusal("name an assignment, or say --all")
    sound = True
    with errors_told():
        for name in names:
            with bar(name, counts=True) as update:

                def show(what: str, done: int, total: int, name: str = name, update: Any = update) -> None:
                    update(description=f"{name}: {what}", completed=done, total=total)

                outcome = validate_assignment(load_assignment(name), sandbox=sandbox, on_step=show)
            say(outcome.table())
            sound = sound and outcome.is_sound
    raise typer.Exit(FULL_MARKS if sound else POINTS_LOST)


def _description(assignment: "Assignment") -> str:
    lines = [f"{assignment.id}: {assignment.metadata.title}", assignment.metadata.summary, ""]
    for function in assignment.contract:
        points = sum(check.points for check in assignment.checks if check.function == function.name)
        call = function.name if function.kind == "class" else f"{function.name}{function.signature}"
        lines.append(f"{points:5g}  {call}")
        lines.append(f"       {function.summary}")
    limits = assignment.metadata.limits
    lines += [
        "",
        f"{assignment.points:g} points. A call may take {limits.call_seconds:g} s, everything together "
        f"{limits.total_seconds:g} s, in {limits.memory_mb} MB.",
    ]
    return "\n".join(lines)
