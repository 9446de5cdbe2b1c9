"""`grade serve` and `grade worker` as processes, and what reaches the grader: entries of a batch, a course's terms."""

import os
import signal
import zipfile

import pytest
import sqlalchemy as sa

from grader.service import batches, courses, gradings
from grader.service.data import CourseAssignment, GradingState
from grader.service.engine.worker import NO_SANDBOX
from tests.batch.processes import Watched
from tests.service.engine.setting import RIGHT, WRONG, Setting, workers_below


@pytest.fixture
def setting(tmp_path):
    setting = Setting(tmp_path, "", workers=1)
    yield setting
    setting.close()


def test_serving_ends_cleanly_and_leaves_nobody_behind(setting):
    server = setting.start("serve")
    setting.wait(lambda: setting.log().count("ready"))
    [worker] = workers_below(server.pid)
    os.kill(worker, signal.SIGKILL)
    setting.wait(lambda: setting.log().count("ready") == 2)
    left = Watched(workers_below(server.pid))
    server.terminate()
    assert setting.exit_status(server) == 0
    assert left.have_ended(1)
    assert "Traceback" not in setting.log()


def test_without_a_sandbox_nothing_is_graded_and_it_is_said_loudly(tmp_path):
    setting = Setting(tmp_path, "", sandbox="strict")
    try:
        setting.submit(RIGHT)
        worker = setting.start_worker(PATH="/nowhere")  # bubblewrap is not found there
        assert setting.exit_status(worker) == NO_SANDBOX
        assert "CRITICAL no submission is graded here" in setting.log()
        assert [grading.state for grading in setting.gradings()] == [GradingState.QUEUED]
    finally:
        setting.close()


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
    setting.start_worker()
    setting.wait(setting.all_final)
    with setting.context.sessions() as session:
        by_student = {grading.submission.student_key: grading for grading in map(session.merge, setting.gradings())}
    assert {name: (g.status, g.score) for name, g in by_student.items()} == {
        "ada": ("graded", 10.0),
        "bob": ("graded", 0.0),
        "eve": ("graded", 0.0),
    }
    report = gradings.report_of(setting.context, by_student["bob"], {}, for_instructor=True)
    assert (report.assignment.hints, report.assignment.carried_forward) == ("nudge", "half")
    assert report.environment.seed not in (None, 0, 3)  # one of its own
    assert report.remarks[0].startswith("graded: homework.py")
