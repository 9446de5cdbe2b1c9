"""The files that a student's report becomes, before it is known what counts; see `grader.batch.feedback`."""

from collections.abc import Mapping
from contextlib import suppress

from grader.batch.jobs import Copy, Job, Outcome
from grader.render import UnsuitableSubmissionError, render
from grader.report import Report
from grader.submissions import Submission


def finished(job: Job, report: Report, submission: Submission | None = None) -> Outcome:
    """The report of a job with every copy's documents."""
    return Outcome(job, report, tuple(documents(copy, report, submission) for copy in job.copies))


def documents(copy: Copy, report: Report, submission: Submission | None) -> Mapping[str, str]:
    """Path below the output folder -> text."""
    own = report.model_copy(update={"remarks": (*copy.remarks, *report.remarks)})
    made = {
        f"reports/{copy.name}.json": render(own, "json", submission=submission, audience="instructor"),
        f"reports/{copy.name}.html": render(own, "html", submission=submission),
        f"reports/{copy.name}.results.json": render(own, "gradescope", submission=submission),
    }
    with suppress(UnsuitableSubmissionError):  # a module
        made[f"reports/{copy.name}.ipynb"] = render(own, "notebook", submission=submission)
    return made
