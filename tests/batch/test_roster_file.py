"""Rosters as platforms and spreadsheets write them."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.batch.errors import RosterError
from grader.batch.known_students import with_roster
from grader.batch.roster import CanvasIds, Discovery, Entry, Student
from grader.batch.roster_file import read_roster

CANVAS = (
    "Student,ID,SIS User ID,SIS Login ID,Section,Homework 1 (42),Current Score\n"
    "    Points Possible,,,,,10,(read only)\n"
    '"Doe, Jane",1001,S1,jane@x.edu,"A, B",,\n'
    '"Student, Test",1010,,,A,,\n'
)


def known(text: str | bytes) -> list[tuple[str, str, str, str, str]]:
    content = text if isinstance(text, bytes) else text.encode()
    return [(p.login, p.name, p.email, p.key, p.part) for p in read_roster(content).people]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (CANVAS, ("jane@x.edu", "Jane Doe", "", "1001", "student")),
        (
            "First name,Last name,ID number,Email address,Roles\nJane,Doe,0042,jane@x.edu,Student\n",
            ("", "Jane Doe", "jane@x.edu", "0042", "student"),
        ),
        (
            "Vorname;Nachname;ID-Nummer;E-Mail-Adresse;Rollen\nZoë;Müller;7;zoe@x.edu;Trainer/in\n",
            ("", "Zoë Müller", "zoe@x.edu", "7", "instructor"),
        ),
        (
            "Identifier,Full name,Email address,Status,Grade\nParticipant 501,Jane Doe,jane@x.edu,x,\n",
            ("", "Jane Doe", "jane@x.edu", "501", "student"),
        ),
        (
            "First Name,Last Name,SID,Email,Role,Sections\nJane,Doe,7,jane@x.edu,TA,\n",
            ("", "Jane Doe", "jane@x.edu", "7", "instructor"),
        ),
        ("login\tname\tkey\nada\tAda\t1\n", ("ada", "Ada", "", "1", "student")),
        ("sep=;\nlogin;name;role\nada;'=Ada;StudentEnrollment\n", ("ada", "=Ada", "", "", "student")),
        ('login,role\nada,"Student, Teacher"\n', ("ada", "", "", "", "instructor")),
    ],
)
def test_each_platforms_columns(text, expected):
    assert known(text) == [expected]
    assert known(text.encode("utf-16")) == [expected]
    assert known("\ufeff" + text) == [expected]


def test_canvas_ids_are_kept_and_the_test_student_is_left_out():
    roster = read_roster(CANVAS.encode())
    assert roster.people[0].canvas == CanvasIds("Doe, Jane", "1001", "S1", "jane@x.edu", "A, B")
    assert roster.notes == ("row 4 is Canvas's test student, and was left out",)


def test_what_is_no_utf_8_is_read_as_excel_writes_it_and_said():
    roster = read_roster("login;name\nzoe;Zoë Müller\n".encode("cp1252"))
    assert roster.people[0].name == "Zoë Müller"
    assert "Windows-1252" in roster.notes[0]


def test_observers_are_left_out_and_unknown_roles_told():
    roster = read_roster(b"login,role\nada,student\nmum,Observer\n")
    assert [p.login for p in roster.people] == ["ada"]
    assert "observer" in roster.notes[0]
    with pytest.raises(RosterError, match="row 2 of the roster: the role is student or instructor, not 'wizard'"):
        read_roster(b"login,role\nada,wizard\n")


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_whatever_it_is_it_is_read_or_refused(content):
    with suppress(RosterError):
        assert read_roster(content).people


def test_a_roster_names_students_by_key_address_and_a_name_of_ones_own():
    students = [Student("1001", "doejane"), Student("z", "Zoë", "zoe@x.edu"), Student("m", "Max"), Student("e", "Max")]
    discovery = Discovery("canvas", tuple(Entry(student, ()) for student in students))
    text = CANVAS + '"Zed, Zoë",1,,zoe@x.edu,A,,\n"Max",2,,max@x.edu,A,,\n'
    found, notes = with_roster(discovery, read_roster(text.encode()))
    named = {entry.student.key: (entry.student.name, entry.student.email) for entry in found.entries}
    assert named["1001"] == ("Jane Doe", "jane@x.edu")
    assert (named["m"], named["e"]) == (("Max", ""), ("Max", "")), "two call themselves so"
    assert any("handed in nothing: Max" in note for note in notes)
