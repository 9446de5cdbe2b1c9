"""Writes what goes back to students, for a whole class: one student at a time is in memory."""

import shutil
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from grader.batch.feedback.pages import results_with
from grader.batch.feedback.statement import Statement, statement_of_group
from grader.batch.feedback.student import NOTEBOOK, PAGE, TEXT, Feedback, ReadDocument, feedback_of
from grader.batch.feedback.uploads import ReadOriginal, add, canvas_files, moodle_files, nbgrader_files
from grader.batch.files import write_atomically
from grader.batch.gradebook import Gradebook, Row
from grader.batch.names import is_one_name
from grader.batch.roster import Discovery
from grader.batch.spreadsheet import BYTE_ORDER_MARK, as_number, as_text, csv_text
from grader.submissions.errors import printable

FOLDER, SHEET = "feedback", "feedback.csv"
_HEADER = ("email", "name", "student", "score", "max_score", "outcome", "page", "notebook", "text")


def sheet_line(feedback: Feedback) -> tuple[str, ...]:
    """Address, name, score, and where the student's files are below the output folder; "" for what there is not."""
    row = feedback.row
    places = (f"{FOLDER}/{feedback.folder}/{name}" if name in feedback.files else "" for name in (PAGE, NOTEBOOK, TEXT))
    return (
        *map(as_text, (row.student.email, row.student.name, row.student.key)),
        as_number(feedback.statement.score),
        as_number(feedback.statement.maximum),
        as_text("; ".join([feedback.statement.outcome, *feedback.statement.steps, *feedback.statement.notes])),
        *places,
    )


def sheet(lines: Iterable[Sequence[str]]) -> str:
    """The mail merge as CSV; a line for everybody, also for whom there is no page."""
    return csv_text([_HEADER, *lines])


MOODLE, CANVAS, NBGRADER, GRADESCOPE = "moodle-feedback.zip", "canvas-feedback.zip", "nbgrader-feedback", "gradescope"
_WITH_NBGRADER = ("nbgrader", "service")  # what is handed in to a service can be of any platform's course


@dataclass(frozen=True)
class Handing:
    """How a class's feedback is to be written.

    Attributes:
        folder_of: a student's own folder, a name that is safe everywhere.
        places: student's key -> what Moodle calls the student's folder, without its ending.
        assignment: what nbgrader calls it.
    """

    gradebook: Gradebook
    discovery: Discovery
    folder_of: Callable[[Row], str]
    read: ReadDocument
    read_original: ReadOriginal
    places: Mapping[str, str]
    assignment: str
    anonymous: bool = False


def write_feedback(output: Path, handing: Handing) -> list[str]:
    """Write everything anew; returns what the instructor should know."""
    for folder in (FOLDER, NBGRADER, GRADESCOPE):
        shutil.rmtree(output / folder, ignore_errors=True)
    for name in (MOODLE, CANVAS):
        (output / name).unlink(missing_ok=True)
    entries = {entry.key: entry for entry in handing.discovery.entries}
    layout = handing.discovery.layout
    lines, left_out = [], []
    groups: dict[str, _Group] = {}
    with ExitStack() as open_files:
        moodle = _archive(open_files, output / MOODLE) if handing.places else None
        canvas = _archive(open_files, output / CANVAS) if layout == "canvas" else None
        for row in handing.gradebook.rows:
            entry = entries.get((row.student.key, row.attempt))
            found = feedback_of(
                row, entry, handing.gradebook, handing.folder_of(row), handing.read, anonymous=handing.anonymous
            )
            lines.append(sheet_line(found))
            if not found.files:
                continue
            own = output / FOLDER / found.folder
            own.mkdir(parents=True, exist_ok=True)
            for name, text in found.files.items():
                (own / name).write_text(text, "utf-8", "replace", newline="")
            if row.report and PAGE in found.files:
                write_atomically(output / row.report, found.files[PAGE].encode("utf-8", "replace"), force=False)
            if found.results and entry and entry.place and layout == "gradescope":
                groups.setdefault(entry.place, _Group(found.results)).members.append(found.statement)
            elif found.results:
                _write_results(output, found.folder, results_with(found.results, found.statement))
            if moodle is not None:
                files = list(moodle_files(found, handing.places.get(row.student.key, "")))
                if row.student.key in handing.places:
                    _pack(moodle, files)
                else:
                    left_out.append(f"{MOODLE} has nothing for {row.student.label}: Moodle's name is not known")
            if canvas is not None:
                packed = list(canvas_files(found, handing.read_original))
                _pack(canvas, packed)
                if not packed:
                    left_out.append(
                        f"{CANVAS} has nothing for {row.student.label}: no file of a kind that could hold it"
                    )
            if layout in _WITH_NBGRADER:
                tree = list(nbgrader_files(found, handing.assignment, handing.read_original))
                if all(is_one_name(part) for path, _ in tree for part in path):
                    for path, content in tree:
                        target = output.joinpath(NBGRADER, *path)
                        target.parent.mkdir(parents=True, exist_ok=True)
                        target.write_bytes(content)
                else:
                    left_out.append(f"{NBGRADER} has nothing for {row.student.label}: no names of files for nbgrader")
    left_out += _write_groups(output, groups)
    write_atomically(output / SHEET, f"{BYTE_ORDER_MARK}{sheet(lines)}".encode("utf-8", "replace"))
    return left_out


@dataclass
class _Group:
    """Who handed in one submission of Gradescope together, or alone."""

    results: str
    members: list[Statement] = field(default_factory=list)


def _write_groups(output: Path, groups: Mapping[str, _Group]) -> list[str]:
    """Gradescope has one result for all who handed in together, and shows it to each of them."""
    notes = []
    for place, group in groups.items():
        statement = statement_of_group(group.members)
        if not is_one_name(place):
            notes.append(f"{GRADESCOPE} has nothing for {statement.student}: no folder is called {printable(place)!r}")
            continue
        _write_results(output, place, results_with(group.results, statement))
        if statement.score is None and any(member.score is not None for member in group.members):
            notes.append(
                f"{GRADESCOPE}/{place} is of a group whose members have different scores: it has none, and says that "
                "everybody's own page tells theirs"
            )
    return notes


def _write_results(output: Path, place: str, results: str) -> None:
    target = output / GRADESCOPE / place
    target.mkdir(parents=True, exist_ok=True)
    (target / "results.json").write_text(results, "utf-8", "replace")


def _archive(stack: ExitStack, path: Path) -> zipfile.ZipFile:
    return stack.enter_context(zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED))


def _pack(archive: zipfile.ZipFile, files: Iterable[tuple[str, bytes]]) -> None:
    for name, content in files:
        add(archive, name, content)
