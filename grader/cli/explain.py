"""`grade explain`: what a file of one's own does, without any assignment."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from grader.cli.reports import write_document
from grader.cli.terminal import BAD_INPUT, FULL_MARKS, POINTS_LOST, SandboxOption, errors_told, refusal, say

if TYPE_CHECKING:
    from grader.reading.told.explanation import Explanation
    from grader.submissions import Submission

ExplanationFormat = Literal["text", "json", "html", "notebook"]
_SUFFIXES: dict[str, ExplanationFormat] = {".html": "html", ".ipynb": "notebook", ".json": "json", ".txt": "text"}
_EXITS = {"right": FULL_MARKS, "partly": FULL_MARKS, "fault": POINTS_LOST, "unjudged": BAD_INPUT, "unread": BAD_INPUT}
CostName = Literal["squared", "cross-entropy"]


def explain(
    path: Annotated[Path, typer.Argument(help="script, notebook, folder or archive that trains a network")],
    format: Annotated[ExplanationFormat | None, typer.Option(help="text, unless the ending of --output tells")] = None,
    output: Annotated[Path | None, typer.Option(help="write it there instead of to stdout")] = None,
    cost: Annotated[CostName | None, typer.Option(help="which cost is meant, if the file computes none")] = None,
    sandbox: SandboxOption = "auto",
    seed: Annotated[int, typer.Option(min=0, help="of the random numbers of the file")] = 0,
) -> None:
    """Run a network of your own, read it from its values, and tell the first wrong quantity.

    Exit status 0: nothing wrong was found, 1: a fault was found, 2: it cannot be run or read, or too little of it to
    say whether it is right.
    """
    from grader.reading.costs import COSTS
    from grader.reading.explain import explain_submission
    from grader.sandbox import Sandbox
    from grader.submissions import SubmissionRejected, load_submission

    with errors_told():
        try:
            submission = load_submission(path, with_data=True)
        except SubmissionRejected as rejection:
            raise refusal(str(rejection)) from rejection
        with Sandbox(sandbox) as cells:
            explanation = explain_submission(submission, cells, cost=COSTS[cost] if cost else None, seed=seed)
            if explanation.question and cost is None and _is_asked(format, output):
                answer = typer.prompt(explanation.question + " [squared/cross-entropy/?]", default="?", err=True)
                if answer in COSTS:
                    explanation = explain_submission(submission, cells, cost=COSTS[answer], seed=seed)
    _show(explanation, format or _SUFFIXES.get(output.suffix.lower() if output else "", "text"), output, submission)
    raise typer.Exit(_EXITS[explanation.status])


def _is_asked(format: ExplanationFormat | None, output: Path | None) -> bool:
    """Whether somebody sits at the terminal."""
    return format in (None, "text") and output is None and sys.stdin.isatty() and sys.stdout.isatty()


def _show(explanation: "Explanation", format: ExplanationFormat, output: Path | None, submission: "Submission") -> None:
    from grader.render.explanation import render_explanation

    if format == "text" and output is None:
        say(render_explanation(explanation, format, submission=submission).rstrip("\n"))
    else:
        write_document(lambda: render_explanation(explanation, format, submission=submission), output)
