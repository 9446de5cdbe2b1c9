"""42 students with everything at once, from every platform: everybody's feedback is in one place, under their name."""

import csv
import html
import io
import json
import re
import unicodedata
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import nbformat
import pytest

from grader.batch import grade_batch
from grader.batch.policy import Adjustment, LatePolicy, Policy
from grader.batch.spreadsheet import from_text
from grader.render.cleaning import printable
from tests.softplus import HALF_RIGHT, RIGHT

from .conftest import zipped

pytestmark = pytest.mark.usefixtures("in_a_thread")

HOSTILE = [
    *("Ada Lovelace", "José Núñez", "Jose\u0301 Nu\u0301n\u0303es", "O'Brien, Joe", "李小龙", "Zoë \u202emüller"),
    *("=cmd|calc", "+49 30", "@sum", "-rf", "<b>Bold</b>", "a" * 180, "Ä" * 90, "con", "NUL.txt", "Name.With.Dots"),
    *("Jane Doe", "jane doe", "Jane-Doe", "Jane  Doe", "100%", "$(id)", "{{7*7}}", "Robert'); --", "x 12", "12 x"),
    *("LATE", "anon", "😀 Grin", "Ab]]>cd", "**bold** _it_", "`tick`", "[link](javascript:x)", "# Head", "~", "null"),
    *("submission_metadata.yml", "attempt-1", "feedback", "results.json", "index", "reports"),
]
assert len(HOSTILE) == 42


def notebook(source: str) -> str:
    cells = [nbformat.v4.new_code_cell(source, id="a")]
    return nbformat.writes(nbformat.v4.new_notebook(cells=cells))


# What students hand in, and what of 10 points it is worth: the fifth is refused.
KINDS: list[tuple[str, str | bytes, float | None]] = [
    ("hw.ipynb", notebook(HALF_RIGHT), 6),
    ("hw.py", RIGHT, 10),
    ("hw.py", HALF_RIGHT, 6),
    ("hw.zip", zipped({"src/hw.py": HALF_RIGHT}), 6),
    ("hw.ipynb", "%PDF-1.4", None),
]


@dataclass(frozen=True)
class Expected:
    """One student, as the platform and the gradebook have to know them; `score` is None without one."""

    key: str
    name: str
    score: float | None


@dataclass(frozen=True)
class Download:
    files: Mapping[str, str | bytes]
    students: list[Expected]
    late_penalty_marks: bool = False


def _late(score: float | None) -> float | None:
    return None if score is None else score * 0.9


def _canvas() -> Download:
    """Canvas writes sortable names without anything but letters and digits; n % 6 == 5 hand in a damaged file later."""
    files: dict[str, str | bytes] = {}
    students = []
    for n, hostile in enumerate(HOSTILE):
        name = re.sub(r"(?<=_)\d+(?=_)", "", re.sub(r"[^\w]", "", hostile).lower())
        name = f"n{name}" if name.isdecimal() else name  # which Canvas's own importer would take for the user
        late = n % 7 == 3
        file, content, score = KINDS[n % 5]
        owner = "_".join(filter(None, (name, "LATE" if late else "", str(1000 + n))))
        files[f"{owner}_{70000 + n}_{file}"] = content
        if n % 6 == 5:
            files[f"{owner}_{80000 + n}_{file.replace('.', '-1.')}"] = "\0\0"
        students.append(Expected(str(1000 + n), name or str(1000 + n), _late(score) if late else score))
    return Download(files, students)


def _moodle() -> Download:
    files: dict[str, str | bytes] = {}
    students = []
    for n, hostile in enumerate(HOSTILE):
        name = re.sub(r'[_/\\:*?"<>|\x00-\x1f]+', " ", hostile)
        file, content, score = KINDS[n % 5]
        files[f"{name}_{500 + n}_assignsubmission_file/{file}"] = content
        files[f"{name}_{500 + n}_assignsubmission_onlinetext/onlinetext.html"] = "<p>see file"
        students.append(Expected(str(500 + n), name, score))
    return Download(files, students)


def _gradescope() -> Download:
    """n % 4 == 0 hand in with the next one; n % 6 == 5 hand in a damaged file later."""
    files: dict[str, str | bytes] = {}
    students = []
    written: dict[str, object] = {}
    for n, hostile in enumerate(HOSTILE):
        file, content, score = KINDS[n % 5]
        person = {":name": hostile, ":sid": f"0{n}", ":email": f"s{n}@x.edu"}
        if n % 4 == 1:
            written[f"submission_{n - 1}"][":submitters"].append(person)
            students.append(replace(students[-1], key=f"0{n}", name=hostile))
            continue
        day = "03" if n % 7 == 3 else "01"
        written[f"submission_{n}"] = {":submitters": [person], ":created_at": f"2026-03-{day} 10:00:00.5 Z"}
        files[f"submission_{n}/{file}"] = content
        students.append(Expected(f"0{n}", hostile, _late(score) if n % 7 == 3 else score))
        if n % 6 == 5:
            written[f"submission_9{n}"] = {":submitters": [person], ":created_at": "2026-03-01 23:00:00 Z"}
            files[f"submission_9{n}/{file}"] = "\0\0"
    files["submission_metadata.yml"] = json.dumps(written, ensure_ascii=False)  # which is YAML as well
    return Download(files, students)


def _path(name: str) -> str:
    """As a folder can be called; what stands in the gradebook is composed."""
    return unicodedata.normalize("NFC", re.sub(r"[/\x00]", " ", name).encode()[:200].decode("utf-8", "ignore"))


def _nbgrader() -> Download:
    files: dict[str, str | bytes] = {}
    students = []
    for n, hostile in enumerate(HOSTILE):
        file, content, score = KINDS[0] if n % 5 in (1, 3) else KINDS[n % 5]
        late = n % 7 == 3
        name = _path(hostile)
        files[f"submitted/{name}/softplus/{file}"] = content
        files[f"submitted/{name}/softplus/timestamp.txt"] = f"2026-03-0{3 if late else 1} 10:00:00 UTC"
        students.append(Expected(name, name, _late(score) if late else score))
    return Download(files, students)


def _folder() -> Download:
    files: dict[str, str | bytes] = {}
    students = []
    for n, hostile in enumerate(HOSTILE):
        file, content, score = KINDS[n % 5]
        name = _path(hostile)
        if n % 6 == 5:
            files[f"{name}/attempt-1/{file}"] = content
            files[f"{name}/attempt-2/{file}"] = "\0\0"
        else:
            files[f"{name}/{file}"] = content
        students.append(Expected(name, name, score))
    return Download(files, students)


DOWNLOADS: dict[str, Callable[[], Download]] = {
    "canvas": _canvas,
    "moodle": _moodle,
    "gradescope": _gradescope,
    "nbgrader": _nbgrader,
    "folder": _folder,
}

POLICY = Policy(late=LatePolicy(penalty=10, due=datetime(2026, 3, 2, tzinfo=UTC), cap=10))


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def shown(name: str) -> str:
    return " ".join(printable(unicodedata.normalize("NFC", name)).split())


def told(student: Expected) -> str:
    """How the feedback begins."""
    score = "no score" if student.score is None else f"{student.score:g} of 10 points"
    return f"{shown(student.name)}: {score}"


def without_escapes(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text)


def in_canvas(output: Path) -> dict[str, str]:
    """What Canvas shows whom, by the user's id, as its importer takes names apart."""
    found = {}
    with zipfile.ZipFile(output / "canvas-feedback.zip") as packed:
        for name in packed.namelist():
            user, _ = [part for part in name.split("_") if re.fullmatch(r"\d+", part)][:2]
            assert user not in found
            content = packed.read(name)
            if name.endswith(".zip"):
                content = zipfile.ZipFile(io.BytesIO(content)).read("score.txt")
            if name.endswith(".ipynb"):
                document = nbformat.reads(content.decode(), as_version=4)
                nbformat.validate(document)
                content = document.cells[0].source.encode()
            found[user] = content.decode()
    return found


def in_moodle(output: Path) -> dict[str, str]:
    found: dict[str, str] = {}
    with zipfile.ZipFile(output / "moodle-feedback.zip") as packed:
        for name in packed.namelist():
            folder, file = name.split("/")
            _, number, kind, plugin = folder.split("_")
            assert (kind, plugin) == ("assignsubmission", "file")
            if file == "feedback.html":
                assert number not in found
                found[number] = of_page(packed.read(name).decode())
    return found


def of_page(page: str) -> str:
    (name,) = re.findall(r'<p class="whose">(.*?)</p>', page, re.DOTALL)
    (outcome,) = re.findall(r'<p class="counts">(.*?)</p>', page, re.DOTALL)
    outcome = re.sub(r"<.*?>", "", outcome).replace(" count", "").replace("No score, which is no zero", "no score")
    return shown(f"{html.unescape(re.sub('<small.*', '', name)).strip()}: {outcome}")


def in_gradescope(output: Path) -> dict[str, str]:
    """By the place of a submission."""
    paths = (output / "gradescope").glob("*/results.json")
    return {path.parent.name: json.loads(path.read_text("utf-8"))["output"] for path in paths}


def in_nbgrader(output: Path) -> dict[str, str]:
    found = {}
    for student in (output / "nbgrader-feedback").iterdir():
        (page,) = student.glob("softplus/*.html")
        assert (student / "softplus" / "timestamp.txt").read_text().startswith("2026")
        found[student.name] = of_page(page.read_text("utf-8"))
    return found


@pytest.mark.parametrize("platform", DOWNLOADS)
def test_everybodys_feedback_is_in_one_place_under_their_name(platform, assignment, write_zip, tmp_path):
    download, output = DOWNLOADS[platform](), tmp_path / "out"
    students = {student.key: student for student in download.students}
    chosen = next(key for key, student in students.items() if student.score == 6)
    students[chosen] = replace(students[chosen], score=7)
    adjustments = {chosen: Adjustment(points=1, comment="agreed")}
    result = grade_batch(assignment, write_zip(download.files), output, jobs=1, policy=POLICY, adjustments=adjustments)
    assert (result.discovery.layout, result.discovery.unmatched) == (platform, ())

    grades = {from_text(row["student"]): row for row in rows(output / "grades.csv")}
    assert grades.keys() == students.keys()
    lines = rows(output / "feedback.csv")
    assert [from_text(line["student"]) for line in lines] == list(grades)
    assert {str(path.relative_to(output)) for path in (output / "feedback").glob("*/*.html")} == {
        line["page"] for line in lines
    }
    assert len({line["page"] for line in lines}) == 42
    for line in lines:
        student = students[from_text(line["student"])]
        score = "" if student.score is None else f"{student.score:g}"
        assert (line["score"], grades[student.key]["score"]) == (score, score)
        assert of_page((output / line["page"]).read_text("utf-8")) == told(student)
        assert shown((output / line["text"]).read_text("utf-8").splitlines()[2]) == told(student)

    if platform == "canvas":
        found = in_canvas(output)
        assert found.keys() == students.keys()
        for key, text in found.items():
            assert told(students[key]) in " ".join(without_escapes(text).split())
        by_id = {row["ID"]: row for row in rows(output / "canvas.csv") if row["ID"]}
        assert by_id.keys() == students.keys()
    elif platform in ("moodle", "nbgrader"):
        found = in_moodle(output) if platform == "moodle" else in_nbgrader(output)
        assert found == {key: told(student) for key, student in students.items()}
    elif platform == "gradescope":
        found = in_gradescope(output)
        groups: dict[str, list[Expected]] = {}
        for n, student in enumerate(students.values()):
            groups.setdefault(f"submission_{n - (n % 4 == 1)}", []).append(student)
        assert found.keys() == groups.keys()
        for place, members in groups.items():
            scores = {member.score for member in members}
            names = replace(members[0], name=" and ".join(shown(member.name) for member in members))
            expected = told(names if len(scores) == 1 else replace(names, score=None))
            assert expected in shown(without_escapes(found[place])[:400])
