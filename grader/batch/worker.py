"""A process that grades for a batch: a `ChildProcess`.

It reads a `Setup` and then one `Job` after the other, and answers each with an `Outcome`. It ends when the batch does,
however the batch ends: its end of the connection is then closed.
"""

from grader.batch.documents import finished
from grader.batch.jobs import Job, Outcome, Setup
from grader.batch.source import Source, open_source
from grader.batch.work import load_work
from grader.child import Ready, Refused, inbox, parent
from grader.draws import seed_of
from grader.garbage import leave_out_what_is_there
from grader.grading import Grader
from grader.sandbox import SandboxUnavailable
from grader.submissions import SubmissionRejected


def main() -> None:
    connection = parent()
    setup: Setup = connection.recv()
    jobs = inbox(connection)
    try:
        with (
            open_source(setup.submissions) as source,
            Grader(setup.assignment, sandbox=setup.sandbox, carried_forward=setup.carried_forward) as session,
        ):
            session.sandbox.layers  # noqa: B018 - waits until the sandbox has proved itself
            leave_out_what_is_there()
            connection.send(Ready())
            while True:
                connection.send(grade_job(session, source, jobs.get(), setup.draws))
    except SandboxUnavailable as unavailable:
        connection.send(Refused(unavailable.missing, unavailable.remedy))


def grade_job(session: Grader, source: Source, job: Job, draws: bytes) -> Outcome:
    """Grade a job; a submission that cannot be read is rejected, any other fault is the caller's."""
    try:
        submission = load_work(job.work, source, session.assignment.function_names)
    except SubmissionRejected as rejection:
        return finished(job, session.rejected(job.work.name, str(rejection)))
    return finished(job, session.grade(submission, seed=seed_of(draws, submission.sha256)), submission)
