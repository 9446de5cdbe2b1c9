"""A roster as platforms export it: whoever is in a course, from a CSV with whatever columns it has.

    login,name,email,key,role                                        a sheet of one's own
    Student,ID,SIS User ID,SIS Login ID,Section,Homework 1 (42)      Canvas, the gradebook's export
    First name,Last name,ID number,Email address,Roles               Moodle, the participants
    Identifier,Full name,Email address,Status,Grade                  Moodle, a grading worksheet
    First Name,Last Name,SID,Email,Role,Sections                     Gradescope, the roster

Commas, semicolons or tabs; UTF-8, UTF-16 or Windows-1252, as spreadsheets write them. Headings are known in
German, French, Spanish, Italian, Portuguese and Dutch as well.
"""

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from grader.batch.errors import RosterError
from grader.batch.roster import CanvasIds
from grader.batch.source import legible
from grader.batch.spreadsheet import from_text
from grader.submissions.errors import printable

MAX_ROWS = 20_000
_LONGEST = 200

HEADINGS: Mapping[str, frozenset[str]] = {
    "login": frozenset({"login", "username", "user name", "user", "sis login id", "student login"})
    | {"anmeldename", "benutzername", "nom d'utilisateur", "nombre de usuario", "nome utente", "gebruikersnaam"},
    "name": frozenset({"name", "full name", "fullname", "student name", "vollständiger name", "nom complet"})
    | {"nombre completo", "nome completo", "volledige naam"},
    "sortable": frozenset({"student"}),  # Canvas: "Doe, Jane"
    "first": frozenset({"first name", "firstname", "given name", "vorname", "prénom", "nombre", "nome", "voornaam"}),
    "last": frozenset({"last name", "lastname", "surname", "family name", "nachname", "nom", "nom de famille"})
    | {"apellidos", "apellido(s)", "cognome", "sobrenome", "achternaam"},
    "email": frozenset({"email", "email address", "e-mail", "e-mail address", "mail", "e-mail-adresse"})
    | {"adresse de courriel", "dirección de correo", "correo electrónico", "indirizzo email", "endereço de e-mail"}
    | {"endereço de email", "e-mailadres"},
    "key": frozenset({"key", "student key"}),
    "identifier": frozenset({"identifier", "identifiant", "identificador", "identificativo", "identificatie"}),
    "id": frozenset({"id"}),
    "sis": frozenset({"sis user id"}),
    "sid": frozenset({"sid", "student id", "id number", "student number", "matrikelnummer", "id-nummer"})
    | {"numéro d'identification", "número de id", "numero id", "id-nummer student"},
    "role": frozenset({"role", "roles", "rolle", "rollen", "rôle", "rôles", "rol", "ruolo", "papel", "papéis"}),
    "section": frozenset({"section", "sections"}),
}
_STUDENTS = frozenset(
    {"", "student", "studentenrollment", "students", "learner", "participant", "participant/e", "teilnehmer/in"}
    | {"student/in", "étudiant", "estudiante", "studente", "aluno", "estudante", "kursteilnehmer/in"}
)
_STAFF = frozenset(
    {"instructor", "teacher", "teacherenrollment", "ta", "taenrollment", "teaching assistant", "non-editing teacher"}
    | {"designer", "designerenrollment", "reader", "grader", "manager", "editing teacher", "course creator"}
    | {"trainer/in", "trainer/in ohne bearbeitungsrecht", "enseignant", "enseignant non éditeur", "profesor", "docente"}
    | {"lehrer/in", "professor", "docent", "tutor"}
)
_NOBODY = frozenset({"observer", "observerenrollment", "guest", "studentviewenrollment", "gast", "invité", "parent"})
_IDENTIFIER = re.compile(r"(\d+)\D*$")

Part = Literal["student", "instructor"]


@dataclass(frozen=True)
class Person:
    """One row of a roster.

    Attributes:
        row: its number in the file, the header being 1.
        login: as the platform has it; "" where it names none.
        key: what the gradebook and the platform's downloads call this student; "" where the file does not tell.
    """

    row: int
    login: str = ""
    name: str = ""
    email: str = ""
    key: str = ""
    part: Part = "student"
    canvas: CanvasIds | None = None

    @property
    def label(self) -> str:
        return self.name or self.email or self.login or self.key


@dataclass(frozen=True)
class RosterFile:
    """Who is on a roster; `notes` tells which rows were left out, and what was guessed."""

    people: tuple[Person, ...]
    notes: tuple[str, ...] = ()


@dataclass
class _Reading:
    people: list[Person] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def read_roster(content: bytes) -> RosterFile:
    """Read it.  Raises RosterError: it is no roster."""
    text, notes = _decoded(content)
    rows = _rows(text)
    if len(rows) < 2:
        raise RosterError("the roster has no rows; expected a header (login, name, email, key, role) and a row each")
    if len(rows) > MAX_ROWS + 1:
        raise RosterError(f"the roster has {len(rows) - 1:,} rows; at most {MAX_ROWS:,} are read")
    columns = _columns(rows[0])
    if not columns.keys() & {"login", "email", "key", "identifier", "id", "sis", "sid"}:
        raise RosterError(
            "the roster has no column by which somebody could be known, it has "
            f"{', '.join(printable(cell, 30) for cell in rows[0][:12])}; expected login, email or an id"
        )
    reading = _Reading(notes=notes)
    for number, cells in enumerate(rows[1:], start=2):
        _read_row(reading, number, columns, cells)
    if not reading.people:
        raise RosterError("the roster names nobody")
    return RosterFile(tuple(reading.people), tuple(reading.notes))


def _read_row(reading: _Reading, number: int, columns: Mapping[str, int], cells: Sequence[str]) -> None:
    found = {name: _tidy(cells[at]) if at < len(cells) else "" for name, at in columns.items()}
    first = cells[0].strip().lower() if cells else ""
    if not any(cell.strip() for cell in cells) or first.startswith(("points possible", "muted", "manual posting")):
        return  # the lines that Canvas puts between the header and the students
    if _is_test_student(found):
        reading.notes.append(f"row {number} is Canvas's test student, and was left out")
        return
    part = _part(found.get("role", ""))
    if part is None:
        reading.notes.append(f"row {number} ({_label(found)}) is {found['role'].lower()}, and was left out")
        return
    if part == "unknown":
        raise RosterError(f"row {number} of the roster: the role is student or instructor, not {found['role']!r}")
    person = _person(number, found, part)
    if not (person.login or person.email or person.key):
        raise RosterError(f"row {number} of the roster names nobody: it needs a login, an email or a key")
    reading.people.append(person)


def _person(number: int, found: Mapping[str, str], part: Part) -> Person:
    name = found.get("name", "")
    sortable = found.get("sortable", "")
    if not name:
        name = " ".join(filter(None, (found.get("first", ""), found.get("last", "")))) or _turned(sortable)
    identifier = _IDENTIFIER.search(found.get("identifier", ""))
    key = found.get("key", "") or (identifier[1] if identifier else "")
    key = key or found.get("id", "") or found.get("sid", "") or found.get("sis", "")
    canvas = None
    if found.get("id") and (sortable or "section" in found):
        given = sortable or ", ".join(filter(None, (found.get("last", ""), found.get("first", "")))) or name
        canvas = CanvasIds(given, found["id"], found.get("sis", ""), found.get("login", ""), found.get("section", ""))
    return Person(number, found.get("login", ""), name, found.get("email", ""), key, part, canvas)


def _part(role: str) -> Part | Literal["unknown"] | None:
    """Of several roles the one with most rights; None: this is nobody who hands in or grades."""
    roles = [part.strip() for part in re.split(r"[,;|]", role.lower())]
    if any(part in _STAFF for part in roles):
        return "instructor"
    if any(part in _STUDENTS for part in roles):
        return "student"
    return None if any(part in _NOBODY for part in roles) else "unknown"


def _is_test_student(found: Mapping[str, str]) -> bool:
    """Canvas lists `Student, Test` with an id and no login."""
    return found.get("sortable", "").lower() == "student, test" and not found.get("email") and not found.get("sis")


def _turned(sortable: str) -> str:
    """`Doe, Jane` as `Jane Doe`."""
    last, comma, first = sortable.partition(", ")
    return f"{first} {last}".strip() if comma else sortable


def _label(found: Mapping[str, str]) -> str:
    return next((found[name] for name in ("name", "sortable", "email", "login", "key", "id") if found.get(name)), "?")


def _columns(header: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for position, cell in enumerate(header):
        heading = cell.strip().lower()
        for name, headings in HEADINGS.items():
            if heading in headings:
                found.setdefault(name, position)
    if "sortable" in found and "id" not in found:  # a sheet of one's own that calls the name so
        found.setdefault("name", found.pop("sortable"))
    return found


def _decoded(content: bytes) -> tuple[str, list[str]]:
    """The text, and what was guessed about it."""
    notes: list[str] = []
    encoding = "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        try:
            text = content.decode("cp1252")
        except UnicodeDecodeError as error:
            raise RosterError(f"the roster is no text in UTF-8 or Windows-1252: {error}") from error
        notes = ["the roster is not in UTF-8 and was read as Windows-1252: look at names with accents"]
    if "\0" in text:
        raise RosterError("the roster holds NUL characters; expected a CSV, as spreadsheets save it")
    return text, notes


def _rows(text: str) -> list[list[str]]:
    first, _, rest = text.partition("\n")
    told = re.fullmatch(r"sep=(.)\s*", first)
    if told:
        text, delimiter = rest, told[1]
    else:
        delimiter = max(",;\t", key=lambda sign: _outside_quotes(first, sign))
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise RosterError(f"the roster is no CSV: {error}") from error


def _outside_quotes(line: str, sign: str) -> int:
    return sum(part.count(sign) for part in line.split('"')[::2])


def _tidy(cell: str) -> str:
    return " ".join(legible(from_text(cell.strip())).split())[:_LONGEST]
