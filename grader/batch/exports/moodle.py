"""Moodle's grading worksheet, filled in: the teacher's own file with other grades, and not a byte changed besides.

Moodle finds rows by their identifier ("Participant 12345") and wants back the columns that it wrote; their headings are
in the language of the site. Format: `mod/assign/feedback/offline/importgradeslib.php` of Moodle.
"""

import codecs
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import escape

from grader.batch.errors import WorksheetError
from grader.batch.feedback.statement import statement_of
from grader.batch.gradebook import Gradebook, Row
from grader.batch.policy import Score
from grader.batch.roster_file import HEADINGS
from grader.batch.spreadsheet import as_number
from grader.render import wording

# Headings in English, German, French, Spanish, Italian, Portuguese, Dutch; others are those of a roster.
_GRADE = frozenset({"grade", "bewertung", "note", "calificación", "valutazione", "nota", "avaliação", "cijfer"})
_MAXIMUM = frozenset(
    {"maximum grade", "bestwertung", "maximale bewertung", "note maximale", "calificación máxima"}
    | {"valutazione massima", "punteggio massimo", "nota máxima", "avaliação máxima", "maximumcijfer"}
)
_COMMENTS = frozenset(
    {"feedback comments", "feedback als kommentar", "feedback-kommentare", "commentaires de feedback"}
    | {"feedback par commentaires", "comentarios de retroalimentación", "commenti di feedback", "commenti"}
    | {"comentários de feedback", "feedback via comentários", "feedbackcommentaar", "feedback opmerkingen"}
)
_NO_NAME = re.compile(r'[\x00-\x1f_/\\:*?"<>|]+')  # what Moodle lets into no folder's name
_CELL = re.compile(r'(?P<quoted>"(?:[^"]|"")*")|(?P<plain>[^",\r\n]*)')
_END = re.compile(r"\r\n|\r|\n|\Z")
_NUMBER = re.compile(r"(\d+)\D*$")
_DIGITS = 2


@dataclass(frozen=True)
class FilledWorksheet:
    """The sheet to upload, and what the instructor should know about it.

    `places`: student's key -> what Moodle calls the student's folder of feedback, without its ending.
    """

    content: bytes
    notes: tuple[str, ...]
    places: Mapping[str, str]


@dataclass(frozen=True)
class _Line:
    """A row of cells as they stand in the file, and the end of line after them."""

    cells: tuple[str, ...]
    end: str

    def value(self, column: int | None) -> str:
        """A cell's content; "" where there is none."""
        if column is None or column >= len(self.cells):
            return ""
        cell = self.cells[column]
        return cell[1:-1].replace('""', '"') if cell.startswith('"') else cell

    def with_cell(self, column: int, text: str) -> "_Line":
        is_quoted = self.cells[column].startswith('"') or any(sign in text for sign in '",\r\n')
        quoted = '"' + text.replace('"', '""') + '"' if is_quoted else text
        return _Line((*self.cells[:column], quoted, *self.cells[column + 1 :]), self.end)


def fill_worksheet(content: bytes, gradebook: Gradebook, *, layout: str) -> FilledWorksheet:
    """Put every score into the student's cell of the grade column.

    Students of a Moodle download are found by the number in their identifier, others by their e-mail address. Scores
    are scaled where Moodle's maximum is another one, and get a decimal comma where the sheet has them.

    Raises:
        WorksheetError: it is no worksheet of Moodle's.
    """
    mark = codecs.BOM_UTF8 if content.startswith(codecs.BOM_UTF8) else b""
    try:
        text = content[len(mark) :].decode("utf-8")
    except UnicodeDecodeError as error:
        raise WorksheetError("the worksheet is not in UTF-8; upload what Moodle wrote, not what was saved") from error
    lines = _read(text)
    columns = _columns(lines[0]) if lines else {}
    owner = "identifier" if layout == "moodle" else "email"
    if not {owner, "grade"} <= columns.keys():
        headings = ", ".join(lines[0].value(i) for i in range(len(lines[0].cells))) if lines else "nothing"
        raise WorksheetError(
            f"the worksheet lacks a column for the {owner} or the grade, it has {headings}; expected what Moodle's "
            '"Download grading worksheet" writes'
        )
    filled = _Filling(lines, columns, gradebook, owner)
    body = "".join(",".join(line.cells) + line.end for line in filled.lines)
    return FilledWorksheet(mark + body.encode("utf-8"), tuple(filled.notes), filled.places)


class _Filling:
    """One sheet on its way to be filled in."""

    def __init__(self, lines: Sequence[_Line], columns: Mapping[str, int], gradebook: Gradebook, owner: str) -> None:
        self._columns, self._owner = columns, owner
        self._maximum = gradebook.maximum
        self._decimal_comma = any(re.search(r"\d,\d", self._numbers(line)) for line in lines[1:])
        by_email = owner == "email"
        self._rows = {row.student.email if by_email else row.student.key: row for row in gradebook.rows}
        self._found: set[str] = set()
        self._scaled = False
        self._commented = 0
        self._above: list[str] = []
        self.places: dict[str, str] = {}
        self._gradebook = gradebook
        self.lines = [lines[0], *map(self._filled, lines[1:])]
        missing = [row.student.label for row in gradebook.rows if row.settled and row.student.key not in self._found]
        self.notes = [f"the worksheet has no row for {name}" for name in missing]
        if self._commented:
            self.notes.append(
                f"{wording.count(self._commented, 'comment')} in the worksheet, written there, left as before"
            )
        if self._above:
            self.notes.append(
                f"Moodle takes no grade above its maximum, which these have in the worksheet: {', '.join(self._above)}"
            )
        if self._scaled:
            self.notes.append(f"scores out of {gradebook.maximum:g} points were scaled to Moodle's maximum")

    def _numbers(self, line: _Line) -> str:
        return f"{line.value(self._columns['grade'])} {line.value(self._columns.get('maximum'))}"

    def _filled(self, line: _Line) -> _Line:
        row = self._row(line)
        if row is None or self._columns["grade"] >= len(line.cells):
            return line
        self._place(line, row)
        if row.settled is not None:
            self._found.add(row.student.key)
            score = as_number(self._score(row, row.settled, line), _DIGITS)
            line = line.with_cell(self._columns["grade"], score.replace(".", ",") if self._decimal_comma else score)
        return self._commented_line(line, row) if row.attempt else line

    def _score(self, row: Row, settled: Score, line: _Line) -> float:
        """The grade as Moodle takes it: scaled to its maximum, and not above it, which would leave none at all."""
        maximum = self._moodle_maximum(line)
        score = settled.final * self._scale(maximum)
        if maximum is None or score <= maximum + 1e-9:
            return score
        self._above.append(f"{row.student.label} ({settled.final:g} of {self._maximum:g})")
        return maximum

    def _commented_line(self, line: _Line, row: Row) -> _Line:
        """With what counts and how it came about in the column for comments, where the teacher wrote none."""
        column = self._columns.get("comments")
        if column is None or column >= len(line.cells) or row.status not in ("graded", "rejected"):
            return line
        if line.value(column).strip():
            self._commented += 1
            return line
        told = statement_of(row, self._gradebook, anonymous=True).lines()  # Moodle shows it to the student alone
        return line.with_cell(column, "<br>".join(escape(text.strip()) for text in told))

    def _place(self, line: _Line, row: Row) -> None:
        number = _NUMBER.search(line.value(self._columns.get("identifier")).strip())
        name = _NO_NAME.sub(" ", line.value(self._columns.get("name"))).strip()
        if number and name:
            self.places[row.student.key] = f"{name}_{number[1]}"

    def _row(self, line: _Line) -> Row | None:
        owner = line.value(self._columns[self._owner]).strip()
        number = _NUMBER.search(owner)
        key = owner if self._owner == "email" else number[1] if number else ""
        return self._rows.get(key) if key else None

    def _moodle_maximum(self, line: _Line) -> float | None:
        try:
            maximum = float(line.value(self._columns.get("maximum")).replace(",", "."))
        except ValueError:  # no such column, or a scale of words
            return None
        return maximum if maximum > 0 else None

    def _scale(self, maximum: float | None) -> float:
        if maximum is None or not self._maximum or abs(maximum - self._maximum) < 1e-9:
            return 1.0
        self._scaled = True
        return maximum / self._maximum


def _columns(header: _Line) -> dict[str, int]:
    """What the sheet has, by our own names."""
    known = {
        "identifier": HEADINGS["identifier"] | HEADINGS["id"],
        "name": HEADINGS["name"],
        "email": HEADINGS["email"],
        "grade": _GRADE,
        "maximum": _MAXIMUM,
        "comments": _COMMENTS,
    }
    found: dict[str, int] = {}
    for position in range(len(header.cells)):
        heading = header.value(position).strip().lower()
        for name, headings in known.items():
            if heading in headings:
                found.setdefault(name, position)
    return found


def _read(text: str) -> list[_Line]:
    """Every line of a CSV (RFC 4180), each cell exactly as it is written."""
    lines: list[_Line] = []
    cells: list[str] = []
    position = 0
    while position < len(text) or cells:
        match = _CELL.match(text, position)
        assert match is not None  # the second form matches the empty text
        cells.append(match[0])
        position = match.end()
        if text.startswith(",", position):
            position += 1
            continue
        end = _END.match(text, position)
        if end is None:
            raise WorksheetError(f"the worksheet is no CSV: row {len(lines) + 1} has a stray quotation mark")
        lines.append(_Line(tuple(cells), end[0]))
        cells = []
        position = end.end()
    return lines
