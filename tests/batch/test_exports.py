"""The gradebook, and the files for the platforms read back the way the platforms read them."""

import csv
import io
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.batch.errors import WorksheetError
from grader.batch.exports.canvas import canvas_csv
from grader.batch.exports.junit import junit_xml
from grader.batch.exports.moodle import fill_worksheet
from grader.batch.exports.nbgrader import COLUMNS, nbgrader_csv
from grader.batch.gradebook import Gradebook, Row, grades_csv
from grader.batch.journal import FunctionGrade
from grader.batch.policy import Lateness, Score
from grader.batch.roster import Student

HOSTILE_NAMES = ['O\'Brien, "JJ"\nJr.', "José Núñez", "=HYPERLINK(1)", "<script>&", "\x07\x1b[31mred\ufffe"]


def row_of(key: str, final: float | None = 72.125, *, name: str = "", email: str = "") -> Row:
    score = None if final is None else Score(80.0, 100.0, 8.0, 0.0, final, "8 points less for 1 day late")
    functions = (
        FunctionGrade(name="softplus", status="passed", score=60, max_score=60),
        FunctionGrade(name="slope", status="partial", score=20, max_score=40, diagnoses=("The slope of a ReLU",)),
    )
    return Row(
        Student(key, name, email),
        1,
        Lateness(True, timedelta(hours=1.5)),
        "graded" if score else "internal_error",
        score,
        functions if score else (),
        "" if score else "the sandbox was lost",
        f"reports/{key}.html",
    )


def book(*rows: Row) -> Gradebook:
    return Gradebook("softplus", "Softplus, and its slope", 100.0, ("softplus", "slope"), rows)


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


# grades.csv -------------------------------------------------------------------------------------------------------


def test_every_student_has_a_row_and_a_fault_of_ours_is_no_zero():
    lines = table(grades_csv(book(row_of("jane", name="Jane Doe"), row_of("joe", None))))
    assert lines[0] | {"student": "jane", "name": "Jane Doe", "late": "yes", "late_hours": "1.5"} == lines[0]
    assert lines[0] | {"raw_score": "80", "late_penalty": "8", "score": "72.125", "max_score": "100"} == lines[0]
    assert lines[0] | {"function softplus": "60", "function slope": "20"} == lines[0]
    assert lines[1] | {"student": "joe", "status": "internal_error", "score": "", "raw_score": ""} == lines[1]
    assert lines[1]["comment"] == "the sandbox was lost"


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1), max_size=4))
def test_names_come_back_from_the_csv_and_none_is_a_formula(names):
    lines = table(grades_csv(book(*(row_of("k", name=name) for name in names))))
    assert [line["name"].removeprefix("'") for line in lines] == [name.removeprefix("'") for name in names]
    assert not any(line["name"].startswith(("=", "+", "-", "@", "\t", "\r")) for line in lines)


@pytest.mark.parametrize("name", ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(1)", "\t=1", "\n=1", "＝1"])
def test_no_file_for_a_spreadsheet_holds_a_formula(name):
    gradebook = book(row_of(name, name=f"{name} {name}", email=name))
    for text in (
        grades_csv(gradebook),
        canvas_csv(gradebook, column="Softplus", layout="folder"),
        nbgrader_csv(gradebook, due=None, submitted={}),
    ):
        cells = [cell for line in csv.reader(io.StringIO(text, newline=""), strict=True) for cell in line]
        assert f"'{name}" in cells
        assert not any(cell.startswith(name[:1]) for cell in cells)


# Canvas -----------------------------------------------------------------------------------------------------------


def canvas_import(text: str) -> tuple[str, dict[str, str]]:
    """What Canvas's importer takes from a gradebook: the assignment's heading, and id -> score."""
    header, *lines = csv.reader(io.StringIO(text, newline=""), strict=True)
    assert "Student" in header[0]
    assert "ID" in header[1]
    last_info = max(i for i, name in enumerate(header) if "Section" in name)
    (assignment,) = header[last_info + 1 :]
    assert lines[0][0].strip() == "Points Possible"
    return assignment, {line[1] or line[2]: line[last_info + 1] for line in lines[1:]}


def test_canvas_takes_scores_to_two_decimals_by_its_own_id():
    rows = [row_of("1001", name="doejane"), row_of("1002", 72.129), row_of("1003", None), row_of("anon_x7")]
    text = canvas_csv(book(*rows), column="Softplus (77)", layout="canvas")
    assert canvas_import(text) == ("Softplus (77)", {"1001": "72.12", "1002": "72.13", "1003": ""})


def test_students_of_other_platforms_go_by_their_sis_ids():
    text = canvas_csv(book(row_of("0012", email="jane@example.edu")), column="Softplus, 1", layout="gradescope")
    (line,) = table(text)[1:]
    assert (line["ID"], line["SIS User ID"], line["SIS Login ID"]) == ("", "0012", "jane@example.edu")
    assert line["Softplus, 1"] == "72.12"


# nbgrader ---------------------------------------------------------------------------------------------------------


def test_nbgrader_columns_survive_commas_in_names():
    rows = book(row_of("jane", name="Jane, A. Doe", email="j@x.edu"), row_of("joe", None))
    due, handed_in = datetime(2026, 3, 1, tzinfo=UTC), datetime.fromisoformat("2026-03-01T02:30:00.5+01:00")
    text = nbgrader_csv(rows, due=due, submitted={("jane", 1): handed_in, ("joe", 1): None})
    first, second = table(text)
    assert tuple(first) == COLUMNS
    assert first == {
        "assignment": "softplus",
        "duedate": "2026-03-01 00:00:00",
        "timestamp": "2026-03-01 01:30:00.500000",
        "student_id": "jane",
        "last_name": "Doe",
        "first_name": "Jane, A.",
        "email": "j@x.edu",
        "raw_score": "80",
        "late_submission_penalty": "8",
        "score": "72.125",
        "max_score": "100",
    }
    assert second["score"] == ""


# JUnit ------------------------------------------------------------------------------------------------------------


def test_junit_has_a_suite_per_student_and_a_case_per_function():
    root = ElementTree.fromstring(junit_xml(book(row_of("jane", name="Jane Doe"), row_of("joe", None))))
    assert {name: root.get(name) for name in ("tests", "failures", "errors")} == {
        "tests": "3",
        "failures": "1",
        "errors": "1",
    }
    jane, joe = root.findall("testsuite")
    assert [case.get("name") for case in jane.findall("testcase")] == ["softplus", "slope"]
    assert jane.find("testcase[@name='slope']/failure").get("message") == "The slope of a ReLU"
    assert jane.find("properties/property[@name='score']").get("value") == "72.125"
    assert joe.find("testcase/error").get("message") == "the sandbox was lost"


@pytest.mark.parametrize("name", HOSTILE_NAMES)
def test_junit_is_xml_whatever_a_student_is_called(name):
    root = ElementTree.fromstring(junit_xml(book(row_of(name, name=name))))
    assert len(root.findall("testsuite")) == 1


# Moodle -----------------------------------------------------------------------------------------------------------

SHEET = (
    "\ufeffIdentifier,Full name,ID number,Email address,Status,Grade,Maximum Grade,Grade can be changed,"
    '"Last modified (submission)","Last modified (grade)",Feedback comments\r\n'
    'Participant 501,"Doe, Jane",,jane@example.edu,"Submitted for grading, ""late""",,100.00,Yes,'
    '"Sunday, 1 March 2026, 9:00 PM",-,"<p>two\r\nlines</p>"\r\n'
    "Participant 502,Joe,,joe@example.edu,Submitted,33.00,100.00,Yes,-,-,\r\n"
    "Participant 503,Zoë Müller,,zoe@example.edu,Draft,,100.00,Yes,-,-,"
)


def test_only_the_cells_of_the_grade_change():
    filled = fill_worksheet(SHEET.encode("utf-8"), book(row_of("501", 72.125), row_of("503", 80.0)), layout="moodle")
    expected = SHEET.replace('""late""",,100.00', '""late""",72.12,100.00').replace("Draft,,", "Draft,80,")
    assert filled.content == expected.encode("utf-8") + b"80 of 100 points", "and a comment where there was none"
    assert filled.notes == ("1 comment in the worksheet, written there, left as before",)
    lines = table(filled.content.decode("utf-8-sig"))
    assert [line["Grade"] for line in lines] == ["72.12", "33.00", "80"]
    assert lines[0]["Feedback comments"] == "<p>two\r\nlines</p>"


def test_students_of_other_platforms_are_found_by_their_address():
    filled = fill_worksheet(SHEET.encode(), book(row_of("502", 50.0, email="jane@example.edu")), layout="gradescope")
    assert [line["Grade"] for line in table(filled.content.decode("utf-8-sig"))] == ["50", "33.00", ""]


def test_above_its_maximum_moodle_would_take_no_grade_at_all():
    filled = fill_worksheet(SHEET.encode(), book(row_of("502", 103.0, name="Joe")), layout="moodle")
    assert [line["Grade"] for line in table(filled.content.decode("utf-8-sig"))] == ["", "100", ""]
    assert filled.notes == (
        "Moodle takes no grade above its maximum, which these have in the worksheet: Joe (103 of 100)",
    )


def test_a_score_without_a_row_is_noted_and_without_a_score_the_cell_stays():
    filled = fill_worksheet(SHEET.encode(), book(row_of("502", None), row_of("999", name="Nobody")), layout="moodle")
    assert filled.content == SHEET.encode()
    assert filled.notes == ("the worksheet has no row for Nobody",)


def test_another_language_a_decimal_comma_and_another_maximum():
    sheet = (
        "ID,Vollständiger Name,E-Mail-Adresse,Status,Bewertung,Bestwertung,Bewertung kann geändert werden\n"
        'Teilnehmer/in501,Jane,jane@example.edu,Abgegeben,,"10,00",Ja\n'
    )
    filled = fill_worksheet(sheet.encode(), book(row_of("501", 72.5)), layout="moodle")
    assert filled.content.decode() == sheet.replace("Abgegeben,,", 'Abgegeben,"7,25",')
    assert filled.notes == ("scores out of 100 points were scaled to Moodle's maximum",)


@given(st.text(st.sampled_from('ab",\r\n'), max_size=30), st.sampled_from(["\n", "\r\n"]))
def test_foreign_cells_are_kept_byte_for_byte_or_the_sheet_is_refused(cell, end):
    sheet = f"Identifier,Grade,Other{end}Participant 501,,{cell}{end}"
    try:
        filled = fill_worksheet(sheet.encode(), book(row_of("501", 80.0)), layout="moodle")
    except WorksheetError:
        assert '"' in cell
    else:
        assert filled.content.decode() == sheet.replace("Participant 501,,", "Participant 501,80,", 1)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "nothing"),
        (b"a,b\n1,2\n", "lacks a column"),
        ("Identifier,Grade\nä".encode("latin-1"), "UTF-8"),
        (b'Identifier,Grade\n"open', "stray quotation mark"),
    ],
)
def test_a_sheet_that_is_none_is_told(content, told):
    with pytest.raises(WorksheetError, match=told):
        fill_worksheet(content, book(row_of("501")), layout="moodle")
