"""What a worker does with one submission after the other: asked of the same one, for its start takes longest."""

import shutil
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack
from subprocess import Popen

import pytest
import sqlalchemy as sa

from grader.service import batches, courses, gradings, submissions
from grader.service.data import CourseAssignment, Grading, GradingState
from grader.service.engine.queue import DbosQueue
from tests.batch.processes import descendants
from tests.service.conftest import DATABASES
from tests.service.engine.setting import ENDLESS, HOARDING, POISON, RIGHT, SLOW, WRONG, Setting, command_of
from tests.tables import WHOLE

# Of marked values the assignment's own check ends the process that grades, or makes it grow.
MARKED = """
    import os
    if isinstance(student.double(1.0), str):
        os.kill(os.getpid(), 9)
    if student.double(1e9) == 7:
        globals().setdefault("hoard", []).append(b"x" * (600 << 20))
"""


@pytest.fixture(scope="module", params=DATABASES if WHOLE else ["sqlite"])
def setting(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Setting]:
    folder = tmp_path_factory.mktemp("one-worker")
    with ExitStack() as until_the_end:
        if request.param == "postgresql":
            tables = request.getfixturevalue("postgres_with_tables")
            url = until_the_end.enter_context(request.getfixturevalue("cluster").database(tables))
        else:
            shutil.copyfile(request.getfixturevalue("sqlite_with_tables"), folder / "grader.db")
            url = f"sqlite:///{folder / 'grader.db'}"
        setting = Setting(folder, url, tries=2, lease_seconds=1)
        until_the_end.callback(setting.close)
        with (setting.shelf / "checks.py").open("a") as checks:
            checks.write(MARKED)
        yield setting


@pytest.fixture(scope="module", autouse=True)
def worker(setting: Setting) -> Popen[bytes]:
    worker = setting.start_worker()
    setting.wait(lambda: "ready" in setting.log())
    return worker


def told(setting: Setting, submission: str) -> list[str]:
    """The kinds of the events of its grading."""
    grading = setting.grading_of(submission)
    return [event.kind for event in setting.events() if event.grading_id == grading.id]


def test_a_submission_is_graded_told_of_and_shown(setting):
    wrong = setting.submit(WRONG)
    setting.wait(setting.all_final)
    grading = setting.grading_of(wrong)
    assert (grading.state, grading.status, grading.score, grading.max_score) == (GradingState.DONE, "graded", 0.0, 10.0)
    assert (grading.tries, grading.functions[0]["status"]) == (1, "failed")
    assert told(setting, wrong) == ["started", "loading", "loaded", "check", "diagnosing", "done"]
    [check] = [event for event in setting.events("check") if event.grading_id == grading.id]
    assert check.data == {
        "function": "double",
        "title": "Random values",
        "status": "failed",
        "done": 1,
        "total": 1,
    }
    report = gradings.report_of(setting.context, grading, {}, for_instructor=True)
    assert report.functions[0].checks[0].comparisons
    page = gradings.page_of(setting.context, grading, {}, for_instructor=False)
    assert "double(x)" in page
    assert "<html" not in page


def test_what_kills_the_process_that_grades_is_given_up_and_the_others_go_on(setting):
    poison, healthy = setting.submit(POISON, 1), [setting.submit(RIGHT, student) for student in (2, 3)]
    setting.wait(setting.all_final)
    given_up = setting.grading_of(poison)
    assert (given_up.state, given_up.status, given_up.score, given_up.tries) == (
        GradingState.FAILED,
        "internal_error",
        None,
        2,
    )
    assert "after 2 tries" in given_up.reason
    report = gradings.report_of(setting.context, given_up, {}, for_instructor=False)
    assert (report.status, report.max_score) == ("internal_error", 10.0)
    assert told(setting, poison)[-1] == "failed"
    assert [setting.grading_of(one).score for one in healthy] == [10.0, 10.0]
    with setting.context.sessions() as session:
        assignment = session.get_one(Grading, given_up.id).submission.course_assignment
        assert submissions.attempts_used(session, assignment, "student1") == 0


def test_cancelling_stops_what_waits_and_what_runs(setting):
    running = setting.submit(ENDLESS, 4)
    setting.wait(lambda: "loaded" in told(setting, running))
    waiting, last = setting.submit(RIGHT, 5), setting.submit(RIGHT, 6)
    submissions.cancel(setting.context, setting.students[5], waiting)
    submissions.cancel(setting.context, setting.students[4], running)
    setting.wait(lambda: setting.grading_of(last).state is GradingState.DONE)
    assert {setting.grading_of(one).state for one in (running, waiting)} == {GradingState.CANCELLED}
    assert not setting.grading_of(waiting).started_at


def test_a_lonely_worker_goes_on_after_its_job_was_taken_away(setting):
    slow = setting.submit(SLOW.format(seconds=0.5), 7)
    setting.wait(lambda: "loaded" in told(setting, slow))
    DbosQueue(setting.context.engine).resume([setting.grading_of(slow).job])  # as by a leader that was killed since
    another = setting.submit(RIGHT, 7)
    setting.wait(setting.all_final)
    both = [setting.grading_of(one) for one in (slow, another)]
    assert [(grading.state, grading.tries) for grading in both] == [(GradingState.DONE, 1)] * 2


def test_a_process_that_has_grown_too_large_makes_room_for_a_fresh_one(setting, worker):
    def graded_by() -> int:
        setting.wait(setting.all_final)
        (process,) = [one for one in descendants(worker.pid) if b"engine.process" in command_of(one)]
        return process

    before = setting.submit(RIGHT, 8)
    first = graded_by()
    hoarding = setting.submit(HOARDING, 9)
    setting.wait(setting.all_final)
    after = setting.submit(RIGHT, 8)
    assert graded_by() != first
    assert {setting.grading_of(one).score for one in (before, hoarding, after)} == {10.0}
    assert setting.grading_of(hoarding).tries == 1


def test_entries_of_a_batch_and_the_terms_of_the_course(setting, tmp_path):
    with zipfile.ZipFile(tmp_path / "class.zip", "w") as archive:
        archive.writestr("ada/homework.py", RIGHT)
        archive.writestr("bob/homework.py", WRONG)
        archive.writestr("bob/notes.txt", "what I tried")
        archive.writestr("eve/homework.py", "def double(x:\n")
    with setting.context.sessions.begin() as session:
        assignment = session.scalars(sa.select(CourseAssignment)).one()
        courses.change_assignment(
            session, setting.admin, assignment, {"hints": "nudge", "carried_forward": "half", "seed": 3}
        )
    batches.accept(setting.context, setting.admin, assignment, "class.zip", tmp_path / "class.zip")
    setting.wait(setting.all_final)
    with setting.context.sessions() as session:
        by_student = {grading.submission.student_key: grading for grading in map(session.merge, setting.gradings())}
    assert {name: (by_student[name].status, by_student[name].score) for name in ("ada", "bob", "eve")} == {
        "ada": ("graded", 10.0),
        "bob": ("graded", 0.0),
        "eve": ("graded", 0.0),
    }
    report = gradings.report_of(setting.context, by_student["bob"], {}, for_instructor=True)
    assert (report.assignment.hints, report.assignment.carried_forward) == ("nudge", "half")
    assert report.environment.seed not in (None, 0, 3)  # one of its own
    assert report.remarks[0].startswith("graded: homework.py")
