"""Writes what goes back to students, for a whole class: one student at a time is in memory."""

import shutil
import zipfile
from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from grader.batch.feedback.folders import FOLDER, SHEET, sheet, sheet_line
from grader.batch.feedback.student import PAGE, ReadDocument, feedback_of
from grader.batch.feedback.uploads import ReadOriginal, add, canvas_files, moodle_files, nbgrader_files
from grader.batch.files import write_atomically
from grader.batch.gradebook import Gradebook, Row
from grader.batch.roster import Discovery

MOODLE, CANVAS, NBGRADER, GRADESCOPE = "moodle-feedback.zip", "canvas-feedback.zip", "nbgrader-feedback", "gradescope"
_WITH_NBGRADER = ("nbgrader", "service")  # what is handed in to a service can be of any platform's course
_MARK = "\ufeff"  # Excel takes a CSV without it for Latin-1, and garbles names


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
    lines, left_out, shared = [], [], _Shared()
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
            if found.results:
                place = entry.place if entry and entry.place and layout == "gradescope" else found.folder
                shared.note(place, row)
                target = output / GRADESCOPE / place
                target.mkdir(parents=True, exist_ok=True)
                (target / "results.json").write_text(found.results, "utf-8", "replace")
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
                for path, content in nbgrader_files(found, handing.assignment, handing.read_original):
                    target = output / NBGRADER / path
                    target.parent.mkdir(parents=True, exist_ok=True)
                    target.write_bytes(content)
    write_atomically(output / SHEET, f"{_MARK}{sheet(lines)}".encode("utf-8", "replace"))
    return left_out + shared.notes()


class _Shared:
    """Submissions of groups, whose members may have different scores; Gradescope has one for all of them."""

    def __init__(self) -> None:
        self._scores: dict[str, set[float | None]] = {}

    def note(self, place: str, row: Row) -> None:
        self._scores.setdefault(place, set()).add(row.score.final if row.score else None)

    def notes(self) -> list[str]:
        return [
            f"{GRADESCOPE}/{place} is of a group whose members have different scores; the last one's is in it"
            for place, scores in self._scores.items()
            if len(scores) > 1
        ]


def _archive(stack: ExitStack, path: Path) -> zipfile.ZipFile:
    return stack.enter_context(zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED))


def _pack(archive: zipfile.ZipFile, files: Iterable[tuple[str, bytes]]) -> None:
    for name, content in files:
        add(archive, name, content)
