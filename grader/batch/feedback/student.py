"""Everything that one student gets back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from grader.batch.feedback.pages import notebook_with, page_with, results_about
from grader.batch.feedback.statement import Statement, statement_of
from grader.batch.gradebook import Gradebook, Row
from grader.batch.roster import Entry
from grader.render import wording

PAGE, NOTEBOOK, TEXT = "feedback.html", "feedback.ipynb", "score.txt"
_CARRIED = "right, given right functions for those it calls"

ReadDocument = Callable[[Row, str], str | None]


@dataclass(frozen=True)
class Feedback:
    """One student's.

    Attributes:
        entry: what was handed in, as the download has it; None where nothing was.
        folder: the student's own, a name that is safe everywhere.
        files: name -> text; what there is of page, notebook and text.
        results: for Gradescope, without the statement; "" without a report.
    """

    row: Row
    entry: Entry | None
    statement: Statement
    folder: str
    files: Mapping[str, str] = field(repr=False)
    results: str = field(repr=False)


def feedback_of(
    row: Row, entry: Entry | None, gradebook: Gradebook, folder: str, read: ReadDocument, *, anonymous: bool = False
) -> Feedback:
    """What a row becomes; `read` gives a document of its report by ending, or None."""
    statement = statement_of(row, gradebook, anonymous=anonymous)
    files = {}
    if page := read(row, ".html"):
        files[PAGE] = page_with(page, statement)
    if notebook := read(row, ".ipynb"):
        files[NOTEBOOK] = notebook_with(notebook, statement)
    if files:
        files[TEXT] = score_text(row, statement)
    results = read(row, ".results.json")
    told = results_about(results, statement.answers) if results else ""
    return Feedback(row, entry, statement, folder, files, told)


def score_text(row: Row, statement: Statement) -> str:
    """The short text of a mail: what counts, how it came about, and the points of each function."""
    lines = [statement.assignment, "", *statement.lines()]
    if row.functions:
        width = max(len(function.name) for function in row.functions)
        lines.append("")
        for function in row.functions:
            word = _CARRIED if function.status == "carried" else wording.STATUS_WORDS[function.status].word
            points = f"{wording.number(function.score)} / {wording.number(function.max_score)}"
            lines.append(f"{function.name:<{width}}  {points:>9}  {word}")
    return "\n".join(lines) + "\n"
