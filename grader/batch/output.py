"""The files of a finished batch beside its reports."""

from pathlib import Path

from grader.batch.exports.canvas import canvas_csv
from grader.batch.exports.junit import junit_xml
from grader.batch.exports.moodle import fill_worksheet
from grader.batch.exports.nbgrader import nbgrader_csv
from grader.batch.files import write_atomically
from grader.batch.gradebook import Gradebook, grades_csv
from grader.batch.policy import Policy
from grader.batch.roster import Discovery
from grader.batch.summary import SimilaritySummary
from grader.batch.summary_page import write_summary

_MARK = "\ufeff"  # Excel takes a CSV without it for Latin-1, and garbles names; what platforms read goes without


def write_gradebook(
    output: Path,
    gradebook: Gradebook,
    discovery: Discovery,
    policy: Policy,
    worksheet: bytes | None = None,
    similarity: SimilaritySummary | None = None,
) -> list[str]:
    """Write `grades.csv`, the files to upload, the class summary, and the list of what was matched to nobody.

    Returns what the instructor should know about them.

    Raises:
        WorksheetError: the worksheet is none of Moodle's.
    """
    for name, text in gradebook_texts(gradebook, discovery, policy).items():
        write_atomically(output / name, text.encode("utf-8", "replace"))
    write_summary(output, gradebook, anonymous=policy.reports.anonymous, similarity=similarity)
    if worksheet is None:
        return []
    filled = fill_worksheet(worksheet, gradebook, layout=discovery.layout)
    write_atomically(output / "moodle.csv", filled.content)
    return list(filled.notes)


def gradebook_texts(gradebook: Gradebook, discovery: Discovery, policy: Policy) -> dict[str, str]:
    """Name -> text of the files that a gradebook becomes."""
    submitted = {entry.key: entry.submitted_at for entry in discovery.entries}
    column = policy.canvas.column or gradebook.title
    return {
        "grades.csv": f"{_MARK}{grades_csv(gradebook)}",
        "canvas.csv": canvas_csv(gradebook, column=column, layout=discovery.layout),
        "nbgrader.csv": nbgrader_csv(gradebook, due=policy.late.due, submitted=submitted),
        "junit.xml": junit_xml(gradebook),
        "unmatched.txt": "".join(f"{path}\n" for path in discovery.unmatched),
    }
