"""`grade submit`: one submission through a service, shown as `grade run` shows it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader.cli.reports import FormatName, exit_status, show_report
from grader.cli.server import TokenFileOption, TokenOption, service_at
from grader.cli.terminal import INTERRUPTED, OUR_FAULT, bar, complain, refusal

if TYPE_CHECKING:
    from grader.client import Client, Event, SubmissionStatus
    from grader.report import Report
    from grader.submissions import Submission

OnEvent = Callable[["Event"], None]


def submit(
    file: Annotated[Path | None, typer.Argument(metavar="FILE", help="notebook, module or archive")] = None,
    server: Annotated[
        str, typer.Option(envvar="GRADER_SERVER", show_default=False, help="address of the service, https://…")
    ] = "",
    course: Annotated[str, typer.Option(envvar="GRADER_COURSE", show_default=False, help="as in its address")] = "",
    assignment: Annotated[str, typer.Option(show_default=False, help="of the course, as in its address")] = "",
    token: TokenOption = "",
    token_file: TokenFileOption = None,
    follow: Annotated[str, typer.Option(show_default=False, help="id of a submission to come back to")] = "",
    format: Annotated[FormatName | None, typer.Option(help="text, unless the ending of --output tells")] = None,
    output: Annotated[Path | None, typer.Option(help="write the report there instead of to stdout")] = None,
    instructor: Annotated[bool, typer.Option("--instructor", help="show all hints and the evidence")] = False,
) -> None:
    """Hand a file in to a service, follow its grading, and show the report."""
    if not server:
        raise refusal("--server says where the service is")
    if not follow and (file is None or not (course and assignment)):
        raise refusal("expected FILE, --course, --assignment")
    with service_at(server, token, token_file) as client:
        status = client.status(follow) if follow else _handed_in(client, course, assignment, file)
        status = _follow(client, status, server)
        report = client.report(status.id)
        _tell(status, report)
        show_report(report, format, output, submission=_loaded(file, report), instructor=instructor)
    raise typer.Exit(exit_status(report))


def _handed_in(client: "Client", course: str, assignment: str, file: Path | None) -> "SubmissionStatus":
    assert file is not None
    try:
        return client.submit(course, assignment, file)
    except OSError as error:
        raise refusal(f"{file}: {error.strerror}") from error
    except KeyboardInterrupt as interruption:  # the answer may have been on its way
        told = "interrupted while the file was handed in: whether it arrived is on your page of the course"
        raise refusal(told, INTERRUPTED) from interruption


def _follow(client: "Client", status: "SubmissionStatus", server: str) -> "SubmissionStatus":
    """Wait for the end.  Leaving before it leaves the submission alone."""
    back = f"grade submit --server {server} --follow {status.id}"
    try:
        with _progress() as show:
            status = client.wait(status.id, show)
    except KeyboardInterrupt as interruption:
        raise refusal(f"the submission goes on without you; come back with: {back}", INTERRUPTED) from interruption
    if status.state == "cancelled" and status.status is None:
        raise refusal("the grading was cancelled")
    if status.state == "failed" and status.status != "graded":
        whose = (
            "a check of the assignment failed by itself" if status.fault == "assignment" else "the grader itself failed"
        )
        raise refusal(f"{whose}, which costs no attempt: {status.reason}", OUR_FAULT)
    return status


def _tell(status: "SubmissionStatus", report: "Report") -> None:
    """What the report does not say: why there is none, and what counts in the end."""
    if report.status == "rejected":
        complain(report.reason)
    elif status.score is not None and status.score.final != report.score:
        complain(f"what counts: {status.score.final:g} of {status.score.maximum:g} ({status.score.comment})")


def _loaded(file: Path | None, report: "Report") -> "Submission | None":
    """The file, to quote its lines."""
    from grader.submissions import SubmissionRejected, load_submission

    try:
        return load_submission(file, [function.name for function in report.functions]) if file else None
    except SubmissionRejected:
        return None


@contextmanager
def _progress() -> "Iterator[OnEvent]":
    with bar("handed in") as update:

        def show(event: "Event") -> None:
            if words := _words(event):
                update(description=words, completed=event.data.get("done"), total=event.data.get("total"))

        yield show


def _words(event: "Event") -> str:
    data = event.data
    match event.kind:
        case "queued":
            return f"number {data.get('place')} in the queue"
        case "started" | "loading":
            return "running the submission"
        case "check":
            return f"{data.get('function')}: {data.get('title')}: {data.get('status')}"[:70]
        case "epoch":
            return f"{data.get('function')}: epoch {data.get('epoch')} of {data.get('epochs')}"
        case "diagnosing":
            return "looking for the mistake"
        case "retrying":
            return "once more"
    return ""
