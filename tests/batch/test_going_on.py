"""A batch that is gone on with: no grade, penalty or worksheet is lost on the way."""

import csv
from pathlib import Path

import pytest

from grader.batch import grade_batch
from grader.batch.errors import OutputError
from grader.batch.journal import Journal
from grader.batch.policy import Adjustment, Policy, ScorePolicy
from tests.grading.built_on_softmax import SOLUTION, WRONG_SOFTMAX, write_assignment
from tests.softplus import HALF_RIGHT, RIGHT

pytestmark = pytest.mark.usefixtures("in_a_thread")

UNREADABLE = "%PDF-1.4"
STAMP = "2026-03-01 12:30:00 UTC"
POLICY = 'adjustments = "mine.csv"\n[late]\ndue = 2026-02-28T00:00:00+00:00\npenalty = 10\n'
SHEET = b"Identifier,Full name,Email address,Grade,Maximum Grade\r\nParticipant 1,Ann,ann@x.edu,,10.00\r\n"


def lines(output: Path) -> dict[str, dict[str, str]]:
    with (output / "grades.csv").open(encoding="utf-8-sig", newline="") as file:
        return {line["student"]: line for line in csv.DictReader(file)}


def canvas_scores(output: Path) -> list[str]:
    with (output / "canvas.csv").open(encoding="utf-8", newline="") as file:
        return [row[-1] for row in csv.reader(file)][2:]


def test_what_cannot_be_read_has_no_score_and_is_in_no_mean_unless_the_policy_says_zero(
    assignment, write_folder, tmp_path
):
    download, output = write_folder({"ann.py": RIGHT, "ben/homework.pdf": UNREADABLE}), tmp_path / "out"
    result = grade_batch(assignment, download, output, jobs=1)
    assert lines(output)["ben"]["score"] == ""
    assert canvas_scores(output) == ["10", ""]
    page = (output / "index.html").read_text("utf-8")
    assert "Without a grade" in page
    assert '"mean": 10.0' in (output / "summary.json").read_text("utf-8")

    zero = Policy(score=ScorePolicy(unreadable="zero"))
    result = grade_batch(assignment, download, output, resume=True, policy=zero)
    assert result.graded == 0
    assert lines(output)["ben"]["score"] == "0"
    assert lines(output)["ben"]["comment"].endswith("zero for what could not be read")
    assert canvas_scores(output) == ["10", "0"]
    assert '"mean": 10.0' in (output / "summary.json").read_text("utf-8")


def test_a_score_by_hand_counts_wherever_it_is_told(assignment, write_folder, tmp_path):
    files = {"ann.py": RIGHT, "ben/homework.pdf": UNREADABLE, "cem/homework.pdf": UNREADABLE}
    download, output = write_folder(files), tmp_path / "out"
    decided = {"ben": Adjustment(override=0.0, comment="oral")}
    result = grade_batch(assignment, download, output, jobs=1, policy=Policy(), adjustments=decided)
    page = (output / "index.html").read_text("utf-8")
    without = page[page.index('id="without"') : page.index('id="functions"')]
    assert "cem" in without
    assert "ben" not in without, "its score is in the mean"
    assert "an instructor gave a score without a grade" in page
    assert '"mean": 5.0' in (output / "summary.json").read_text("utf-8")
    assert [row.student.key for row in result.gradebook.rows if row.score and row.score.is_given] == ["ben"]


def test_a_worse_upload_takes_no_grade_away(assignment, write_folder, tmp_path):
    """An attempt that cannot be read, and a file that cannot be read in the place of one that could."""
    attempts = {"ann/attempt-1/hw.py": RIGHT, "ann/attempt-2/hw.pdf": UNREADABLE, "ben/hw.py": RIGHT}
    download, output = write_folder(attempts), tmp_path / "out"
    grade_batch(assignment, download, output, jobs=1)
    ann = lines(output)["ann"]
    assert (ann["attempt"], ann["score"]) == ("1", "10")
    assert ann["remarks"] == "attempt 2 was refused: attempt 1 counts"

    (download / "ben/hw.py").rename(download / "ben/hw.pdf")
    (download / "ben/hw.pdf").write_text(UNREADABLE)
    again = grade_batch(assignment, download, output, jobs=1, resume=True)
    ben = lines(output)["ben"]
    assert (ben["score"], ben["status"]) == ("10", "graded")
    assert "could not be read: this grade is of the file that was handed in before" in ben["remarks"]
    assert (output / ben["report"]).exists()
    assert (output / "reports/ben+ungraded.html").exists()
    assert again.graded == 1
    assert grade_batch(assignment, download, output, jobs=1, resume=True).graded == 0

    (download / "ben/hw.pdf").rename(download / "ben/hw.py")
    (download / "ben/hw.py").write_text(HALF_RIGHT)
    grade_batch(assignment, download, output, jobs=1, resume=True)
    assert lines(output)["ben"]["score"] == "6"
    assert {path.name for path in (output / "reports").iterdir() if path.name.startswith("ben")} == {
        "ben.html",
        "ben.json",
        "ben.results.json",
    }


def test_a_fault_of_ours_takes_no_grade_away(tmp_path, assignment, write_folder):
    download, output = write_folder({"ann.py": RIGHT}), tmp_path / "out"
    grade_batch(assignment, download, output, jobs=1)
    with Journal(output / "journal.jsonl") as journal:
        (good,) = journal.entries.values()
        journal.append([good.model_copy(update={"status": "internal_error", "score": 0.0, "documents": {}})])
        assert journal.entries[good.key].status == "internal_error"
        assert journal.grades[good.key].score == 10
    result = grade_batch(assignment, download, output, jobs=1, resume=True)
    assert (result.graded, result.faults, lines(output)["ann"]["score"]) == (1, (), "10")


def test_others_keep_their_grades_when_the_assignment_has_changed(assignment, write_folder, tmp_path):
    download, output = write_folder({"ann.py": RIGHT, "ben.py": HALF_RIGHT}), tmp_path / "out"
    grade_batch(assignment, download, output, jobs=1)
    with (assignment / "checks.py").open("a") as checks:
        checks.write("# a comment\n")
    result = grade_batch(assignment, download, output, jobs=1, only=["ben"])
    assert (result.graded, result.waiting) == (1, 1)
    ann = lines(output)["ann"]
    assert ann["score"] == "10"
    assert "before the last change of the assignment" in ann["remarks"]


@pytest.mark.parametrize("how", [{"resume": True}, {"only": ["ann"]}])
def test_a_rerun_keeps_policy_adjustments_seed_layout_and_worksheet(assignment, write_folder, tmp_path, how):
    (tmp_path / "policy.toml").write_text(POLICY)
    (tmp_path / "mine.csv").write_text("student,points,override,comment\nann,-1,,late twice\n")
    (tmp_path / "sheet.csv").write_bytes(SHEET)
    download = write_folder({"ann/softplus/hw.py": RIGHT, "ann/softplus/timestamp.txt": STAMP})
    output = tmp_path / "out"
    given = {"policy": tmp_path / "policy.toml", "seed": 7, "moodle_worksheet": tmp_path / "sheet.csv"}
    first = grade_batch(assignment, download, output, jobs=1, layout="nbgrader", **given)
    assert first.kept_terms == ()
    before = (output / "grades.csv").read_bytes()
    assert lines(output)["ann"]["score"] == "7"
    again = grade_batch(assignment, download, output, jobs=1, **how)
    assert (output / "grades.csv").read_bytes() == before
    assert again.discovery.layout == "nbgrader"
    assert (output / "moodle.csv").exists()
    assert again.kept_terms == (
        "the policy holds as before (policy.toml, mine.csv)",
        "the seed is 7, as before",
        "the worksheet is sheet.csv, as it was before",
    )
    (tmp_path / "mine.csv").write_text("student,points,override,comment\nann,-2,,late twice\n")
    changed = grade_batch(assignment, download, output, jobs=1, **how)
    assert lines(output)["ann"]["score"] == "7"
    assert any("mine.csv says something else since" in sentence for sentence in changed.kept_terms)
    grade_batch(assignment, download, output, jobs=1, resume=True, policy=tmp_path / "policy.toml")
    assert lines(output)["ann"]["score"] == "6"
    grade_batch(assignment, download, output, jobs=1, resume=True, policy=Policy())
    assert lines(output)["ann"]["score"] == "10"
    assert grade_batch(assignment, download, output, jobs=1, resume=True).kept_terms[0].startswith("the seed is 7")


def test_whose_grade_leaves_the_gradebook_is_told(assignment, write_folder, tmp_path):
    """A download of those who handed in again is taken for the class."""
    download, output = write_folder({"ann.py": RIGHT, "ben.py": HALF_RIGHT, "cem.pdf": UNREADABLE}), tmp_path / "out"
    grade_batch(assignment, download, output, jobs=1)
    (download / "ben.py").unlink()
    (change,) = grade_batch(assignment, download, output, jobs=1, resume=True).changes
    assert str(change) == "ben: 6 → no score: is not in this download, and has no row now"
    assert "ben,ben,6,," in (output / "changes.csv").read_text("utf-8-sig")


def test_without_what_it_remembered_a_batch_is_not_gone_on_with(assignment, write_folder, tmp_path):
    (tmp_path / "policy.toml").write_text("[score]\ncap = 50\n")
    download, output = write_folder({"ann.py": RIGHT}), tmp_path / "out"
    grade_batch(assignment, download, output, jobs=1, policy=tmp_path / "policy.toml")
    (output / "terms/terms.json").unlink()
    with pytest.raises(OutputError, match="give --policy"):
        grade_batch(assignment, download, output, jobs=1, only=["ann"])
    assert lines(output)["ann"]["score"] == "5"
    grade_batch(assignment, download, output, jobs=1, resume=True, policy=tmp_path / "policy.toml")
    assert lines(output)["ann"]["score"] == "5"


def test_no_worksheet_with_the_grades_of_before_stays(assignment, write_folder, tmp_path):
    (tmp_path / "sheet.csv").write_bytes(SHEET)
    download, output = write_folder({"Ann_1_assignsubmission_file/hw.py": RIGHT}), tmp_path / "out"
    grade_batch(assignment, download, output, jobs=1, moodle_worksheet=tmp_path / "sheet.csv")
    (download / "Ann_1_assignsubmission_file/hw.py").write_text(HALF_RIGHT)
    grade_batch(assignment, download, output, jobs=1, resume=True)
    assert b"ann@x.edu,6,10.00" in (output / "moodle.csv").read_bytes()


def test_of_several_nbgrader_assignments_one_is_named_and_remembered(assignment, write_folder, tmp_path):
    files = {"submitted/ann/ps1/hw.py": RIGHT, "submitted/ann/ps2/hw.py": HALF_RIGHT}
    download, output = write_folder(files), tmp_path / "out"
    grade_batch(assignment, download, output, jobs=1, folder="ps1")
    assert lines(output)["ann"]["score"] == "10"
    grade_batch(assignment, download, output, jobs=1, resume=True)
    assert lines(output)["ann"]["score"] == "10"
    assert (output / "nbgrader-feedback/ann/ps1/feedback.html").exists()


def test_an_output_folder_holds_one_assignment(assignment, write_folder, tmp_path):
    download, output = write_folder({"ann.py": RIGHT}), tmp_path / "out"
    grade_batch(assignment, download, output, jobs=1)
    with pytest.raises(OutputError, match="holds grades of softplus, not of sigmoid-l2"):
        grade_batch("sigmoid-l2", download, output, resume=True)
    (output / "terms/terms.json").write_text("{}")
    with pytest.raises(OutputError, match="cannot be read"):
        grade_batch(assignment, download, output, resume=True)


def test_an_instructors_own_score_counts_for_what_has_no_grade(assignment, write_folder, tmp_path):
    (tmp_path / "policy.toml").write_text('adjustments = "mine.csv"\n')
    (tmp_path / "mine.csv").write_text("student,points,override,comment\nben,,8,read on paper\n")
    download, output = write_folder({"ann.py": RIGHT, "ben/homework.pdf": UNREADABLE}), tmp_path / "out"
    grade_batch(assignment, download, output, jobs=1, policy=tmp_path / "policy.toml")
    ben = lines(output)["ben"]
    assert (ben["raw_score"], ben["score"], ben["status"]) == ("", "8", "rejected")
    assert '"mean": 9.0' in (output / "summary.json").read_text("utf-8")


def test_lateness_is_of_the_attempt_that_counts(assignment, write_folder, tmp_path):
    (tmp_path / "policy.toml").write_text(POLICY.replace('adjustments = "mine.csv"\n', ""))
    download = write_folder({"ann/softplus/hw.py": RIGHT, "ann/softplus/timestamp.txt": STAMP})
    grade_batch(assignment, download, tmp_path / "out", jobs=1, policy=tmp_path / "policy.toml")
    assert lines(tmp_path / "out")["ann"]["late_penalty"] == "2"


def test_what_a_regrade_changes_is_told_with_the_reason(assignment, write_folder, tmp_path):
    download, output = write_folder({"ann.py": RIGHT, "ben.py": HALF_RIGHT, "cem.py": HALF_RIGHT}), tmp_path / "out"
    assert grade_batch(assignment, download, output, jobs=1).changes == ()
    checks = (assignment / "checks.py").read_text()
    lenient = checks.replace("student.slope(z)", "0.0 * student.slope(z)").replace("solution.slope(z)", "0.0 * z")
    (assignment / "checks.py").write_text(lenient)
    (download / "cem.py").write_text(RIGHT)
    result = grade_batch(assignment, download, output, jobs=1, resume=True)
    told = {change.student: (change.was, change.now, change.why) for change in result.changes}
    assert told == {
        "ben": ("6", "10", ("check `Random values` of `slope` passes now, 4 of 4",)),
        "cem": ("6", "10", ("another file was handed in",)),
    }
    assert 'ben,ben,6,10,"check `Random values`' in (output / "changes.csv").read_text("utf-8")
    result = grade_batch(assignment, download, output, resume=True, adjustments={"ann": Adjustment(points=-1)})
    assert [str(change) for change in result.changes] == ["ann: 10 → 9: the adjustment was 0, and is -1"]
    assert grade_batch(assignment, download, output, resume=True).changes == ()
    assert not (output / "changes.csv").exists()


def test_what_counts_of_errors_carried_forward_is_remembered_and_a_change_is_told(write_folder, tmp_path):
    assignment, output = write_assignment(tmp_path / "built-on-softmax"), tmp_path / "out"
    download = write_folder({"ann.py": SOLUTION, "ben.py": f"{SOLUTION}\n\n{WRONG_SOFTMAX}"})
    grade_batch(assignment, download, output, jobs=1, carried_forward="none")
    assert [lines(output)[who]["score"] for who in ("ann", "ben")] == ["51", "0"]
    result = grade_batch(assignment, download, output, jobs=1, resume=True)
    assert (result.graded, result.kept_terms) == (0, ("errors carried forward count: none, as before",))
    result = grade_batch(assignment, download, output, jobs=1, resume=True, carried_forward="half")
    (change,) = result.changes
    assert (change.student, change.was, change.now) == ("ben", "0", "20")
    assert "check `Scores` of `scores` has 5 of 10 instead of 0" in change.why
    assert (lines(output)["ben"]["raw_score"], lines(output)["ben"]["carried_forward"]) == ("20", "20")
    assert "20 carried forward" in (output / "index.html").read_text("utf-8")
    told = (output / "feedback/ben/score.txt").read_text("utf-8")
    assert "graded: 20, of it 20 carried forward" in told
    assert "right, given right functions for those it calls" in told
    assert "graded: 20, of it 20 carried forward" in (output / "feedback/ben/feedback.html").read_text("utf-8")
    assert "carried" not in (output / "feedback/ann/score.txt").read_text("utf-8")
