"""Downloads in the forms of the platforms, and who is found in them."""

from datetime import UTC, datetime, timedelta

import pytest

from grader.batch.errors import LayoutError
from grader.batch.layouts import discover
from grader.batch.layouts.folder import doubts
from grader.batch.layouts.gradescope import parse_time as gradescope_time
from grader.batch.layouts.nbgrader import parse_time as nbgrader_time
from grader.batch.roster import Discovery, Entry
from grader.batch.source import open_source

from .conftest import zipped

CANVAS = {
    "doejane_1001_70001_homework.ipynb": "{}",
    "o39brien_LATE_1002_70002_my_final_2_network.py": "x = 1",
    "müllerzoë_1003_70003_homework.py": "x = 1",
    "müllerzoë_1003_70010_homework-1.py": "x = 2",
    "anon_x7Qk2_70004_homework.py": "x = 1",
    "LATE_anon_y8_70005_homework.py": "x = 1",
    "smithbob_1004_text.html": "<p>typed</p>",
}
MOODLE = {
    "Jane Doe_501_assignsubmission_file/homework.ipynb": "{}",
    'O\'Brien, Joe "JJ"_502_assignsubmission_file_/src/network.py': "x = 1",
    "Zoë Müller_503_assignsubmission_file_home_work.py": "x = 1",
    "Participant_504_504_assignsubmission_file/homework.py": "x = 1",
    "Jane Doe_501_assignsubmission_onlinetext/onlinetext.html": "<p>see file</p>",
}
METADATA = """---
submission_11:
  :submitters:
  - :name: Jane Doe
    :sid: '0012'
    :email: jane@example.edu
  :created_at: 2026-03-02 22:41:33.142938000 Z
  :score:
  :results:
    :tests:
    - :name: 'a: b'
submission_12:
  :submitters:
  - :name: "O'Brien, Joe"
    :sid: 0042
    :email: joe@example.edu
  - :name: Zoë Müller
    :sid:
    :email: zoe@example.edu
  :created_at: 2026-03-01 10:00:00 Z
"""
GRADESCOPE = {
    "assignment_7_export/submission_metadata.yml": METADATA,
    "assignment_7_export/submission_11/homework.py": "x = 1",
    "assignment_7_export/submission_12/src/network.py": "x = 1",
    "assignment_7_export/submission_13/stray.py": "x = 1",
}
NBGRADER = {
    "source/softplus/homework.ipynb": "{}",
    "submitted/jane/softplus/homework.ipynb": "{}",
    "submitted/jane/softplus/timestamp.txt": "2026-03-01 12:30:00.500000 UTC",
    "submitted/joe/softplus/homework.ipynb": "{}",
    "submitted/joe/other/homework.ipynb": "{}",
}


def found_in(path, layout="auto") -> Discovery:
    with open_source(path) as source:
        return discover(source, layout, "softplus")


def by_key(discovery: Discovery) -> dict[str, Entry]:
    return {entry.student.key: entry for entry in discovery.entries}


def names(entry: Entry) -> list[str]:
    return sorted(file.name for file in entry.files)


@pytest.mark.parametrize(
    ("layout", "files"),
    [("canvas", CANVAS), ("moodle", MOODLE), ("gradescope", GRADESCOPE), ("nbgrader", NBGRADER)],
)
def test_each_layout_is_recognised_in_a_folder_and_in_a_zip(write_folder, write_zip, layout, files):
    from_folder, from_zip = found_in(write_folder(files)), found_in(write_zip(files))
    assert from_folder.layout == from_zip.layout == layout
    assert [entry.key for entry in from_folder.entries] == [entry.key for entry in from_zip.entries]
    assert from_folder.unmatched == from_zip.unmatched
    assert [entry.key for entry in from_folder.entries] == sorted(entry.key for entry in from_folder.entries)


def test_canvas_names_are_taken_apart(write_folder):
    found = by_key(found_in(write_folder(CANVAS)))
    assert {key: (entry.student.name, entry.late) for key, entry in found.items()} == {
        "1001": ("doejane", False),
        "1002": ("o39brien", True),
        "1003": ("müllerzoë", False),
        "anon_x7Qk2": ("", False),
        "anon_y8": ("", True),
        "1004": ("smithbob", False),
    }
    assert names(found["1002"]) == ["my_final_2_network.py"]
    assert names(found["1004"]) == ["text.html"]


def test_canvas_versions_are_attempts_and_a_remark_says_which(write_folder):
    entries = [entry for entry in found_in(write_folder(CANVAS)).entries if entry.student.key == "1003"]
    assert [(entry.attempt, entry.files[0].stored, entry.remarks) for entry in entries] == [
        (1, "müllerzoë_1003_70003_homework.py", ("version 1 of 2 of homework.py",)),
        (2, "müllerzoë_1003_70010_homework-1.py", ("version 2 of 2 of homework.py",)),
    ]


def test_what_has_one_canvas_version_is_in_every_attempt(write_folder):
    files = {"doejane_1_71_layers.py": "x = 1", "doejane_1_72_layers-1.py": "x = 2", "doejane_1_73_net.py": "x = 3"}
    attempts = found_in(write_folder(files)).entries
    assert [names(entry) for entry in attempts] == [["layers.py", "net.py"], ["layers-1.py", "net.py"]]


@pytest.mark.parametrize(
    ("spoof", "owner"),
    [
        ("evee_12_70006_bob_99_text.html", "12"),
        ("evee_12_70006_bob_1001_70001_homework.py", "12"),
        ("evee_12_70006_LATE_1001_70001_homework.py", "12"),
        ("evee_1001_12_70006_homework.py", "12"),
        ("evee_1001_12_text.html", "12"),
        ("evee_12_70006_2_homework.py", "12"),
        ("12_70006_anon_x7Qk2_70004_homework.py", "12"),
    ],
)
def test_no_file_name_and_no_name_of_a_student_takes_the_place_of_another_canvas_user(write_folder, spoof, owner):
    honest = {
        "doejane_1001_70001_homework.py": "x = 1",
        "o39brien_1002_70002_homework.py": "x = 2",
        "zed_1003_70003_homework.py": "x = 3",
    }
    found = by_key(found_in(write_folder({**honest, spoof: "x = 4"})))
    assert set(found) == {"1001", "1002", "1003", owner}
    assert [file.stored for file in found[owner].files] == [spoof]
    assert names(found["1001"]) == ["homework.py"]


def test_a_file_named_like_an_attachment_makes_no_canvas_user_of_one(write_folder):
    """`70011_homework.py` of somebody who is known by another file: 70010 is the attachment, and nobody's id."""
    files = {f"s{n}_{1000 + n}_{70000 + n}_homework.py": "x = 1" for n in range(5)}
    own = {"evee_12_70012_plan.py": "x = 2", "evee_12_70010_70002_homework.py": "x = 3"}
    found = by_key(found_in(write_folder(files | own)))
    assert set(found) == {f"{1000 + n}" for n in range(5)} | {"12"}
    assert {file.stored for file in found["12"].files} == set(own)


def test_no_file_name_takes_the_place_of_another_moodle_student(write_folder):
    kind = "assignsubmission_file"
    files = {
        f"Bob B_99_{kind}_hw.py": "x = 1",
        f"Eve E_12_{kind}_Bob B_99_{kind}_hw.py": "x = 2",
        f"Eve E_12_{kind}_/Bob B_99_{kind}/hw.py": "x = 3",
    }
    found = by_key(found_in(write_folder(files)))
    assert {key: (entry.student.name, len(entry.files)) for key, entry in found.items()} == {
        "99": ("Bob B", 1),
        "12": ("Eve E", 2),
    }


HONEST = {"alice/hw.py": "x = 1", "bob/hw.py": "x = 2"}


@pytest.mark.parametrize(
    "hostile",
    [
        {"eve/x/timestamp.txt": "2026-01-01 00:00:00 UTC", "eve/x/hw.py": "x"},
        {"eve/submission_metadata.yml": METADATA, "eve/submission_11/hw.py": "x"},
        {"eve/submitted/bob/softplus/hw.py": "x", "eve/submitted/bob/softplus/timestamp.txt": "x"},
        {f"eve/doe_{n}_{n}_hw.py": "x" for n in range(50)},
        {f"eve/Bob B_{n}_assignsubmission_file/hw.py": "x" for n in range(50)},
        {"eve/hw.zip": zipped(CANVAS)},
    ],
    ids=["timestamp", "metadata", "course", "canvas", "moodle", "zip"],
)
@pytest.mark.parametrize("around", ["", "week 3/", "submissions/", "submitted/"])
def test_nobody_makes_the_class_look_like_another_platform(write_folder, around, hostile):
    discovery = found_in(write_folder({f"{around}{path}": text for path, text in {**HONEST, **hostile}.items()}))
    assert discovery.layout == "folder"
    assert {entry.student.key for entry in discovery.entries} == {"alice", "bob", "eve"}
    assert discovery.unmatched == ()


def test_nobody_makes_a_platforms_download_look_like_another(write_folder):
    spoof = {"Eve E_12_assignsubmission_file/submission_metadata.yml": METADATA}
    spoof |= {f"Eve E_12_assignsubmission_file/a/{n}/timestamp.txt": "x" for n in range(30)}
    discovery = found_in(write_folder({**MOODLE, **spoof}))
    assert discovery.layout == "moodle"
    assert len(discovery.entries) == 5


def test_canvas_numbers_that_are_no_versions_stay_two_files(write_folder):
    files = {"doejane_1_71_lab-1.py": "x = 1", "doejane_1_72_lab-2.py": "x = 2"}
    entry = by_key(found_in(write_folder(files)))["1"]
    assert names(entry) == ["lab-1.py", "lab-2.py"]
    assert entry.remarks == ()


def test_what_canvas_did_not_write_is_listed(write_folder):
    found = found_in(write_folder({**CANVAS, "roster.xlsx": "x", "notes/mine.txt": "x"}))
    assert found.unmatched == ("notes/mine.txt", "roster.xlsx")


def test_moodle_folders_flat_files_and_blind_marking(write_folder):
    found = by_key(found_in(write_folder(MOODLE)))
    assert {key: entry.student.name for key, entry in found.items()} == {
        "501": "Jane Doe",
        "502": 'O\'Brien, Joe "JJ"',
        "503": "Zoë Müller",
        "504": "Participant 504",
    }
    assert names(found["501"]) == ["homework.ipynb", "onlinetext.html"]
    assert names(found["502"]) == ["src/network.py"]
    assert names(found["503"]) == ["home_work.py"]


def test_gradescope_metadata_names_every_submitter(write_folder):
    discovery = found_in(write_folder(GRADESCOPE))
    found = by_key(discovery)
    assert {key: entry.student.name for key, entry in found.items()} == {
        "0012": "Jane Doe",
        "0042": "O'Brien, Joe",
        "zoe@example.edu": "Zoë Müller",
    }
    assert found["0042"].files == found["zoe@example.edu"].files
    assert found["0012"].submitted_at == datetime(2026, 3, 2, 22, 41, 33, 142938, UTC)
    assert discovery.unmatched == ("submission_13/stray.py",)


def test_a_gradescope_student_in_two_submissions_gets_the_newer(write_folder):
    metadata = METADATA.replace("    :sid: 0042", "    :sid: '0012'")
    found = by_key(found_in(write_folder({**GRADESCOPE, "assignment_7_export/submission_metadata.yml": metadata})))
    assert (found["0012"].attempt, names(found["0012"])) == (2, ["homework.py"])
    assert "several submissions" in found["0012"].remarks[0]


@pytest.mark.parametrize("metadata", ["- a list", "{unclosed", "\x00", "[" * 5000, "a: b"])
def test_broken_gradescope_metadata_is_told(write_folder, metadata):
    with pytest.raises(LayoutError):
        found_in(write_folder({"submission_metadata.yml": metadata, "submission_11/homework.py": "x = 1"}))


def test_nbgrader_takes_this_assignment_and_its_times(write_folder):
    discovery = found_in(write_folder(NBGRADER))
    found = by_key(discovery)
    assert set(found) == {"jane", "joe"}
    assert names(found["jane"]) == ["homework.ipynb"]
    assert found["jane"].submitted_at == datetime(2026, 3, 1, 12, 30, 0, 500000, UTC)
    assert found["joe"].submitted_at is None
    assert discovery.unmatched == ("joe/other/",)


def test_nbgrader_without_the_course_around_it(write_folder):
    inside = {path.removeprefix("submitted/"): text for path, text in NBGRADER.items() if "submitted" in path}
    assert found_in(write_folder(inside)).layout == "nbgrader"


def test_nbgrader_with_other_assignments_only_asks_which(write_folder):
    files = {f"submitted/jane/{name}/homework.ipynb": "{}" for name in ("ps1", "ps2")}
    with pytest.raises(LayoutError, match=r"several assignments \(ps1, ps2\).*--layout folder"):
        found_in(write_folder(files))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-03-01 12:30:00.500000 UTC", datetime(2026, 3, 1, 12, 30, 0, 500000, UTC)),
        ("2026-03-01 12:30:00 Europe/Berlin\n", datetime(2026, 3, 1, 11, 30, tzinfo=UTC)),
        ("2026-03-01 12:30:00 +0100", datetime(2026, 3, 1, 11, 30, tzinfo=UTC)),
        ("2026-03-01T12:30:00+00:00", datetime(2026, 3, 1, 12, 30, tzinfo=UTC)),
        ("2026-03-01 12:30:00", None),
        ("2026-03-01 12:30:00 ../../etc/passwd", None),
        ("2026-03-01 12:30:00 Nowhere/Land", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_nbgrader_times(text, expected):
    assert nbgrader_time(text) == expected


@pytest.mark.parametrize(
    ("text", "offset"),
    [("2026-03-01 12:30:00.123456789 Z", 0), ("2026-03-01 12:30:00 +02:00", 2), ("2026-03-01T12:30:00 UTC", 0)],
)
def test_gradescope_times(text, offset):
    parsed = gradescope_time(text)
    assert parsed is not None
    assert parsed.replace(microsecond=0) == datetime(2026, 3, 1, 12, 30, tzinfo=UTC) - timedelta(hours=offset)


@pytest.mark.parametrize("text", [None, 7, "", "2026-02-31 00:00:00 Z", "2026-03-01 12:30:00"])
def test_what_is_no_gradescope_time(text):
    assert gradescope_time(text) is None


def test_a_folder_or_a_file_for_each_student(write_folder):
    files = {
        "alice/homework.py": "x = 1",
        "alice/data.csv": "1,2",
        "José Núñez/homework.ipynb": "{}",
        "bob.py": "x = 1",
        'carol, the "second".zip': "PK",
        "roster.csv": "a,b",
        "dave/attempt-1/network.py": "x = 1",
        "dave/attempt-2/network.py": "x = 2",
        "__MACOSX/alice/._homework.py": "x",
        ".DS_Store": "x",
    }
    discovery = found_in(write_folder(files))
    assert discovery.layout == "folder"
    assert {entry.key: names(entry) for entry in discovery.entries} == {
        ("alice", 1): ["data.csv", "homework.py"],
        ("José Núñez", 1): ["homework.ipynb"],
        ("bob", 1): ["submission.py"],
        ('carol, the "second"', 1): ["submission.zip"],
        ("dave", 1): ["network.py"],
        ("dave", 2): ["network.py"],
    }
    assert discovery.unmatched == ("roster.csv",)


def test_decomposed_names_as_a_mac_packs_them_are_the_same_student(write_zip):
    found = found_in(write_zip({"Jose\u0301/homework.py": "x = 1", "bob/homework.py": "x = 1"}))
    assert "Jos\u00e9" in by_key(found)


@pytest.mark.parametrize("wrapper", ["submissions", "class of 2026"])
def test_a_folder_around_everything_is_no_student(write_zip, wrapper):
    files = {f"{wrapper}/alice/homework.py": "x = 1", f"{wrapper}/bob/homework.py": "x = 1"}
    assert set(by_key(found_in(write_zip(files, "class of 2026.zip")))) == {"alice", "bob"}


@pytest.mark.parametrize("wrapper", ["submitted", "Submissions"])
def test_a_folder_of_files_that_says_what_it_is_is_no_student(write_folder, wrapper):
    assert set(by_key(found_in(write_folder({f"{wrapper}/ann.py": "x", f"{wrapper}/ben.py": "x"})))) == {"ann", "ben"}


@pytest.mark.parametrize("folder", ["homework 3", "all/homework 3"])
def test_a_class_in_one_folder_is_told_to_count_as_one_student(write_folder, folder):
    found = found_in(write_folder({f"{folder}/ann.py": "x", f"{folder}/ben.py": "x"}))
    assert len(found.entries) == 1
    (doubt,) = doubts(found)
    assert f"all 2 files are in the one folder {folder.split('/')[0]}, and were taken for one student's work" in doubt
    assert doubts(found_in(write_folder({"ann/net.py": "x", "ben.py": "x"}))) == []


def test_a_folder_named_like_its_zip_is_no_student(write_zip):
    assert set(by_key(found_in(write_zip({"hw/alice.py": "x", "hw/bob.py": "x"}, "hw.zip")))) == {"alice", "bob"}


@pytest.mark.parametrize(("layout", "files"), [("canvas", CANVAS), ("gradescope", GRADESCOPE)])
def test_a_download_packed_once_more_is_no_student(write_folder, layout, files):
    root = write_folder({"all of them.zip": zipped(files), "ann.zip": zipped({"homework.py": "x = 1"})})
    with pytest.raises(LayoutError, match=f"all of them.zip is itself a {layout} download"):
        found_in(root)
    assert set(by_key(found_in(root, "folder"))) == {"all of them", "ann"}


def test_one_student_alone_stays_one(write_zip):
    assert set(by_key(found_in(write_zip({"alice/network.py": "x", "alice/main.py": "x"})))) == {"alice"}


def test_a_layout_can_be_asked_for(write_folder):
    found = found_in(write_folder({"doejane_1001_70001_homework.py": "x = 1"}), "folder")
    assert set(by_key(found)) == {"doejane_1001_70001_homework"}


def test_a_layout_that_does_not_fit_is_told(write_folder):
    with pytest.raises(LayoutError, match="moodle"):
        found_in(write_folder({"alice/homework.py": "x = 1"}), "moodle")


def test_nothing_at_all_is_told(tmp_path):
    (tmp_path / "download").mkdir()
    with pytest.raises(LayoutError, match="no files"):
        found_in(tmp_path / "download")
