"""Failures of a submission as a report tells them: with the lines of the student's own file."""

from collections.abc import Sequence

from grader.meanings import in_plain_words
from grader.report import CellRun, Location, StackFrame, StudentError
from grader.sandbox import CellFailure, CellTimeout, Frame, SubmissionRaised
from grader.submissions import SourceUnit, Submission

OUTER_FRAMES, INNER_FRAMES = 2, 10  # of a traceback; an endless recursion has a thousand
FRAME_TEXT = 300  # characters of a line; what a report quotes must not weigh more than the file
LINE_LOOKED_AT = 2_000


def student_error(submission: Submission, failure: CellFailure) -> StudentError:
    """The failure with its frames as places in the student's own file."""
    frames = _frames(submission, failure.frames)
    if isinstance(failure, SubmissionRaised):
        return StudentError(type=failure.type_name, message=in_plain_words(failure.message), frames=frames)
    return StudentError(type=type(failure).__name__, message=str(failure), frames=frames)


def cell_run(submission: Submission, unit: SourceUnit, failure: CellFailure | None) -> CellRun:
    """How a unit of the submission ran."""
    place = Location(file=unit.file, cell=unit.cell)
    if failure is None:
        return CellRun(location=place, status="ran")
    error = student_error(submission, failure)
    inside = [frame.location for frame in error.frames if frame.location.model_copy(update={"line": None}) == place]
    if inside:
        place = inside[-1]
    status = "timeout" if isinstance(failure, CellTimeout) else "error"
    return CellRun(location=place, status=status, error=error, message=str(failure))


def syntax_errors(unit: SourceUnit) -> list[CellFailure]:
    """What Python has against a text of which only a part is run, statement by statement."""
    return [
        SubmissionRaised("SyntaxError", fault.message, (Frame(unit.filename, fault.line, "<module>"),))
        for fault in unit.faults
    ]


def _frames(submission: Submission, frames: Sequence[Frame]) -> tuple[StackFrame, ...]:
    places = [(frame, submission.locate(frame.filename, frame.line)) for frame in frames]
    own = [(frame, place) for frame, place in places if place is not None]
    if len(own) > OUTER_FRAMES + INNER_FRAMES:
        own = [*own[:OUTER_FRAMES], *own[-INNER_FRAMES:]]
    return tuple(
        StackFrame(
            location=place,
            function=frame.function[:FRAME_TEXT],
            text=submission.line_text(frame.filename, frame.line)[:LINE_LOOKED_AT].strip()[:FRAME_TEXT],
        )
        for frame, place in own
    )
