"""The files of a finished batch beside its reports."""

from collections.abc import Callable, Mapping
from pathlib import Path, PurePosixPath

from grader.batch.exports.canvas import canvas_csv
from grader.batch.exports.junit import junit_xml
from grader.batch.exports.moodle import fill_worksheet
from grader.batch.exports.nbgrader import nbgrader_csv
from grader.batch.feedback.uploads import ReadOriginal
from grader.batch.feedback.write import Handing, write_feedback
from grader.batch.files import write_atomically
from grader.batch.gradebook import Gradebook, Row, grades_csv
from grader.batch.names import report_name
from grader.batch.policy import Policy
from grader.batch.roster import Discovery
from grader.batch.spreadsheet import BYTE_ORDER_MARK
from grader.batch.summary import SimilaritySummary
from grader.batch.summary_page import write_summary

_WORKSHEET = "moodle.csv"


def write_gradebook(
    output: Path,
    gradebook: Gradebook,
    discovery: Discovery,
    policy: Policy,
    worksheet: bytes | None = None,
    similarity: SimilaritySummary | None = None,
    read_original: ReadOriginal = lambda file: None,
) -> list[str]:
    """Write the gradebook, the files to upload, the class summary, what goes back to students and what is nobody's.

    The reports are in the folder already. Returns what the instructor should know about it all.

    Raises:
        WorksheetError: the worksheet is none of Moodle's.
    """
    for name in _WRITERS:
        text = gradebook_text(name, gradebook, discovery, policy)
        write_atomically(output / name, text.encode("utf-8", "replace"))
    write_summary(output, gradebook, anonymous=policy.reports.anonymous, similarity=similarity)
    (output / _WORKSHEET).unlink(missing_ok=True)  # one with the grades of before must not stay beside these
    notes: list[str] = []
    places = {entry.student.key: entry.place for entry in discovery.entries if discovery.layout == "moodle"}
    if worksheet is not None:
        filled = fill_worksheet(worksheet, gradebook, layout=discovery.layout)
        write_atomically(output / _WORKSHEET, filled.content)
        notes += filled.notes
        places = {**filled.places, **places}

    def read(row: Row, ending: str) -> str | None:
        if not row.report:
            return None
        try:
            return (output / f"{row.report.removesuffix('.html')}{ending}").read_text("utf-8")
        except (OSError, UnicodeDecodeError):  # a module has no notebook
            return None

    handing = Handing(
        gradebook=gradebook,
        discovery=discovery,
        folder_of=_own_folder,
        read=read,
        read_original=read_original,
        places=places,
        assignment=next((entry.place for entry in discovery.entries if entry.place), gradebook.assignment_id),
        anonymous=policy.reports.anonymous,
    )
    return notes + write_feedback(output, handing)


def _own_folder(row: Row) -> str:
    """As the reports are called, without the attempt."""
    name = PurePosixPath(row.report).name.removesuffix(".html") if row.report else report_name(row.student.key)
    return name.partition("+")[0]


def gradebook_text(name: str, gradebook: Gradebook, discovery: Discovery, policy: Policy) -> str:
    """One of the texts that a gradebook becomes."""
    return _WRITERS[name](gradebook, discovery, policy)


_WRITERS: Mapping[str, Callable[[Gradebook, Discovery, Policy], str]] = {
    "grades.csv": lambda gradebook, discovery, policy: f"{BYTE_ORDER_MARK}{grades_csv(gradebook)}",
    "canvas.csv": lambda gradebook, discovery, policy: canvas_csv(
        gradebook, column=policy.canvas.column or gradebook.title, layout=discovery.layout
    ),
    "nbgrader.csv": lambda gradebook, discovery, policy: nbgrader_csv(
        gradebook, due=policy.late.due, submitted={entry.key: entry.submitted_at for entry in discovery.entries}
    ),
    "junit.xml": lambda gradebook, discovery, policy: junit_xml(gradebook),
    "unmatched.txt": lambda gradebook, discovery, policy: "".join(f"{path}\n" for path in discovery.unmatched),
}
