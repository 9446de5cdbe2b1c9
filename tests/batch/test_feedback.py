"""What goes back to students: everybody's own, in exactly one place, with the score of the gradebook."""

import csv
import io
import json
import re
import zipfile
from collections import Counter
from pathlib import Path

import nbformat
import pytest

from grader.batch import grade_batch
from grader.batch.policy import Adjustment, LatePolicy, Policy, ReportPolicy
from tests.softplus import HALF_RIGHT, RIGHT

pytestmark = pytest.mark.usefixtures("in_a_thread")

NAMES = [
    *(
        "Ada Lovelace",
        "José Núñez",
        "O'Brien, Joe",
        "李小龙",
        "Zoë \u202emüller",
        "=cmd|calc",
        "<b>Bold</b>",
        "a" * 180,
    ),
    *("con", "-rf", "Name.With.Dots", "Æther Øst", "Jane Doe", "jane doe", "100%", "$(id)", "{{7*7}}", "Robert'); --"),
]


def notebook(source: str) -> str:
    cells = [nbformat.v4.new_code_cell(source, id="a")]
    return nbformat.writes(nbformat.v4.new_notebook(cells=cells))


def sheet(output: Path, name: str = "feedback.csv") -> list[dict[str, str]]:
    with (output / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def by_moodle(name: str) -> tuple[int, str] | None:
    """How Moodle's importer takes a path apart: participant, file."""
    parts = name.split("/")
    while parts:
        info = parts.pop(0).split("_", 4)
        if len(info) >= 4 and info[1].isdigit() and info[2].startswith("assign"):
            return int(info[1]), "/".join([*info[4:], *parts])
    return None


def by_canvas(name: str) -> tuple[str, str]:
    """How Canvas takes a name apart: user, attachment."""
    user, attachment = [part for part in name.split("_") if re.fullmatch(r"\d+", part)][:2]
    return user, attachment


def test_moodle_takes_every_students_feedback_and_comment(assignment, write_zip, tmp_path):
    files = {}
    for n, name in enumerate(NAMES):
        plain = re.sub(r'[_/\\:*?"<>|\x00-\x1f]', " ", name)[:100]
        content = (notebook(HALF_RIGHT), RIGHT, "%PDF")[n % 3]
        files[f"{plain}_{500 + n}_assignsubmission_file/hw{('.ipynb', '.py', '.pdf')[n % 3]}"] = content
    rows = ["Identifier,Full name,Email address,Grade,Maximum Grade,Feedback comments"]
    stream = io.StringIO()
    csv.writer(stream).writerows(
        [f"Participant {500 + n}", name, f"s{n}@x.edu", "", "10.00", ""] for n, name in enumerate(NAMES)
    )
    worksheet = tmp_path / "sheet.csv"
    worksheet.write_text("\r\n".join(rows) + "\r\n" + stream.getvalue(), "utf-8", newline="")
    output = tmp_path / "out"
    adjustments = {"500": Adjustment(points=1, comment='found "an" <error>,\nreally')}
    grade_batch(
        assignment,
        write_zip(files),
        output,
        jobs=1,
        policy=Policy(),
        adjustments=adjustments,
        moodle_worksheet=worksheet,
    )
    with zipfile.ZipFile(output / "moodle-feedback.zip") as packed:
        found = {name: packed.read(name).decode() for name in packed.namelist()}
    taken = [by_moodle(name) for name in found]
    assert Counter(taken) == Counter(set(taken)), "nothing twice"
    assert {participant for participant, _ in taken} == {500 + n for n in range(len(NAMES))}
    assert {Path(file).name for _, file in taken} == {"feedback.html", "feedback.ipynb"}
    filled = {row["Identifier"]: row for row in csv.DictReader(io.StringIO((output / "moodle.csv").read_text("utf-8")))}
    assert filled["Participant 500"]["Grade"] == "7"
    assert filled["Participant 500"]["Feedback comments"] == (
        "7 of 10 points<br>graded: 6<br>adjusted by an instructor (found &#34;an&#34; &lt;error&gt;,\nreally): +1"
    )
    assert filled["Participant 502"]["Grade"] == ""
    assert filled["Participant 502"]["Feedback comments"].startswith("no score<br>The file was refused")
    assert [row["Full name"] for row in filled.values()] == NAMES


def test_canvas_takes_back_what_it_gave_under_the_same_name(assignment, write_zip, tmp_path):
    files = {
        "doejane_1001_70001_hw.ipynb": notebook(HALF_RIGHT),
        "roejoe_LATE_1002_70002_hw.py": HALF_RIGHT,
        "poezoe_1003_70003_hw.zip": b"PK\x05\x06" + b"\0" * 18,
        "typed_1004_text.html": "<p>",
        "x_12_1005_70005_hw.py": RIGHT,
        "x_12_1005_70006_hw-1.py": "%PDF, no Python (",
    }
    output = tmp_path / "out"
    policy = Policy(late=LatePolicy(penalty=10))
    result = grade_batch(assignment, write_zip(files), output, jobs=1, policy=policy)
    with zipfile.ZipFile(output / "canvas-feedback.zip") as packed:
        found = {name: packed.read(name) for name in packed.namelist()}
    assert set(found) <= set(files)
    assert {by_canvas(name)[0] for name in found if not name.startswith("x_")} == {"1001", "1002", "1003"}
    document = nbformat.reads(found["doejane_1001_70001_hw.ipynb"].decode(), as_version=4)
    nbformat.validate(document)
    assert document.cells[0].source.startswith("**doejane: 6 of 10 points**")
    module = found["roejoe_LATE_1002_70002_hw.py"].decode()
    compile(module, "hw.py", "exec")
    assert "1 day late" in module
    assert module.endswith(HALF_RIGHT)
    inside = zipfile.ZipFile(io.BytesIO(found["poezoe_1003_70003_hw.zip"])).namelist()
    assert inside == ["feedback.html", "score.txt"]
    assert any("canvas-feedback.zip has nothing for typed" in note for note in result.notes)


def test_nbgrader_and_gradescope_have_a_tree_each(assignment, write_folder, tmp_path):
    stamp = "2026-03-01 12:30:00 UTC"
    files = {f"submitted/{s}/softplus/home work.ipynb": notebook(HALF_RIGHT) for s in ("ada", "zoë")}
    files |= {f"submitted/{s}/softplus/timestamp.txt": stamp for s in ("ada", "zoë")}
    output = tmp_path / "out"
    grade_batch(assignment, write_folder(files), output, jobs=1)
    tree = sorted(
        str(p.relative_to(output / "nbgrader-feedback")) for p in (output / "nbgrader-feedback").rglob("*.html")
    )
    assert tree == ["ada/softplus/home work.html", "zoë/softplus/home work.html"]
    own = output / "nbgrader-feedback/zoë/softplus"
    assert ((own / "timestamp.txt").read_text(), (own / "submission_secret.txt").read_text()) == (stamp, "")


def test_a_group_of_gradescope_has_one_result_and_everybody_their_own_page(assignment, write_folder, tmp_path):
    metadata = (
        "submission_11:\n  :submitters:\n  - :name: Jane Doe\n    :sid: '7'\n    :email: j@x.edu\n"
        "  - :name: Joe Roe\n    :sid: '8'\n    :email: r@x.edu\n  :created_at: 2026-03-01 10:00:00 Z\n"
    )
    files = {"submission_metadata.yml": metadata, "submission_11/hw.py": HALF_RIGHT}
    output = tmp_path / "out"
    adjustments = {"7": Adjustment(points=2, comment="x"), "Joe Roe": Adjustment(points=1, comment="by name")}
    result = grade_batch(assignment, write_folder(files), output, jobs=1, policy=Policy(), adjustments=adjustments)
    assert [p.name for p in (output / "gradescope").iterdir()] == ["submission_11"]
    results = json.loads((output / "gradescope/submission_11/results.json").read_text("utf-8"))
    assert "score" not in results
    assert not any("score" in test for test in results["tests"])
    assert "Jane Doe and Joe Roe: no score" in results["output"]
    assert "by name" not in results["output"], "a comment is for one of them"
    assert any("members have different scores" in note for note in result.notes)
    assert "8 of 10 points" in (output / "feedback/7/feedback.html").read_text("utf-8")
    assert "Joe Roe" in (output / "feedback/8/feedback.html").read_text("utf-8")


def test_what_metadata_calls_a_folder_leads_nowhere(assignment, write_folder, tmp_path):
    places = ["../../elsewhere", "..", "/etc/elsewhere", "a/b", "x" * 300, "submission_2"]
    people = {place: {":submitters": [{":name": f"Jane {n}"}]} for n, place in enumerate(places)}
    people["submission_2"][":submitters"] = [{":name": "Null", ":sid": None}]
    files = {"submission_metadata.yml": json.dumps(people), "submission_2/hw.py": RIGHT}
    result = grade_batch(assignment, write_folder(files), tmp_path / "out")
    assert [path.parent.name for path in tmp_path.rglob("results.json")] == ["submission_2"]
    assert sum("gradescope has nothing for Jane" in note for note in result.notes) == 5
    assert [line["name"] for line in sheet(tmp_path / "out")] == [*(f"Jane {n}" for n in range(5)), "Null"]


def test_a_module_that_says_how_to_read_it_still_does_under_canvas(assignment, write_zip, tmp_path):
    module = f"# coding: latin-1\n# é\n{HALF_RIGHT}".encode("latin-1")
    files = {"doejane_1001_70001_hw.py": module, "poezoe_1003_70003_hw.py": b"\xef\xbb\xbf" + RIGHT.encode()}
    grade_batch(assignment, write_zip(files), tmp_path / "out", jobs=1)
    with zipfile.ZipFile(tmp_path / "out/canvas-feedback.zip") as packed:
        for name, marks in (("doejane_1001_70001_hw.py", "6"), ("poezoe_1003_70003_hw.py", "10")):
            compile(packed.read(name), name, "exec")
            assert f"{marks} of 10 points".encode() in packed.read(name)


def test_everybody_has_one_folder_and_one_line_with_the_score_of_the_gradebook(assignment, write_folder, tmp_path):
    folders = [re.sub(r"[/\x00]", " ", name)[:80] for name in NAMES]
    files = {f"{name}/hw.py": (RIGHT, HALF_RIGHT)[n % 2] for n, name in enumerate(folders)}
    files |= {"late one/attempt-1/hw.py": RIGHT, "late one/attempt-2/hw.py": "\0\0"}
    output = tmp_path / "out"
    grade_batch(assignment, write_folder(files), output, jobs=1)
    lines = sheet(output)
    grades = {row["student"]: row for row in sheet(output, "grades.csv")}
    assert [line["student"] for line in lines] == list(grades)
    pages = [line["page"] for line in lines]
    assert len(set(pages)) == len(pages) == len(files) - 1
    assert {str(p.relative_to(output)) for p in (output / "feedback").rglob("feedback.html")} == set(pages)
    for line in lines:
        assert line["score"] == grades[line["student"]]["score"]
        page = (output / line["page"]).read_text("utf-8")
        assert f"<strong>{line['score']} of 10 points</strong> count" in page
        assert page == (output / grades[line["student"]]["report"]).read_text("utf-8")
        assert "href=" not in re.sub(r'href="#[^"]*"', "", page), "links to nothing"
    late = next(line for line in lines if line["student"] == "late one")
    assert "Attempt 2 was refused" in (output / late["page"]).read_text("utf-8")

    again = grade_batch(assignment, tmp_path / "download", output, jobs=1, resume=True)
    assert again.graded == 0, "the statement is no change of the report"
    halved = Policy(reports=ReportPolicy())
    grade_batch(
        assignment,
        tmp_path / "download",
        output,
        resume=True,
        policy=halved,
        adjustments={"Ada Lovelace": Adjustment(override=3, comment="agreed")},
    )
    page = (output / next(line["page"] for line in lines if line["student"] == "Ada Lovelace")).read_text("utf-8")
    assert "3 of 10 points" in page
    assert page.count('class="statement"') == 1


def test_anonymous_feedback_names_nobody(assignment, write_folder, tmp_path):
    output = tmp_path / "out"
    policy = Policy(reports=ReportPolicy(anonymous=True))
    grade_batch(assignment, write_folder({"jane_doe/hw.py": HALF_RIGHT}), output, jobs=1, policy=policy)
    for path in (*(output / "feedback").rglob("*"), *(output / "gradescope").rglob("*")):
        assert "jane" not in path.name
        assert not path.is_file() or "jane" not in path.read_text("utf-8")
    (line,) = sheet(output)
    assert line["student"] == "jane_doe"


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n", 'login\n"x', "login,role\nada,wizard\n", "login\n\n"])
def test_a_roster_that_is_none_is_told_before_anything_is_graded(assignment, write_folder, tmp_path, text):
    (tmp_path / "roster.csv").write_text(text)
    with pytest.raises(Exception, match="roster"):
        grade_batch(assignment, write_folder({"ann.py": RIGHT}), tmp_path / "out", roster=tmp_path / "roster.csv")
