"""What the engine promises, one promise at a time."""

import os
import signal
from dataclasses import replace

import sqlalchemy as sa

from grader.service import submissions
from grader.service.data import Grading, GradingState, Worker
from grader.service.engine import claims
from grader.service.engine.caretaker import Caretaker
from grader.service.engine.queue import QUEUE, DbosQueue
from grader.service.engine.report_documents import graded, without_grade
from grader.service.engine.runner import Runner
from tests.service.conftest import mainly
from tests.service.engine.setting import ENDLESS, RIGHT, SLOW, counts
from tests.service.stopping import stop


@mainly("postgresql")
def test_workers_take_over_from_each_other_and_nothing_is_done_twice(make_setting):
    """From one that seemed to be dead, from one that took ahead what it cannot begin with, from one that ends."""
    setting = make_setting(drain_seconds=0.5, lease_seconds=20)  # nothing comes back by a lease that runs out
    zombie = setting.start_worker()
    setting.wait(lambda: "ready" in setting.log())
    setting.submit(SLOW.format(seconds=2.0))
    setting.wait(lambda: setting.events("loaded"))
    stop(zombie, setting.context)
    with setting.context.sessions.begin() as session:
        session.execute(sa.update(Worker).values(beat=0.0))  # as if it had stood still for longer than its lease
    other = setting.start_worker()
    setting.wait(setting.all_final)
    first = setting.gradings()[0]
    os.kill(zombie.pid, signal.SIGCONT)
    setting.wait(lambda: "the result is void" in setting.log() or "taken over by another" in setting.log())
    assert counts(setting.events("done")) == {first.id: 1}
    assert setting.gradings()[0].finished_at == first.finished_at

    # The zombie is a worker like any other again: both have something to do.
    slow = [setting.submit(ENDLESS, student) for student in (0, 1)]
    setting.wait(lambda: all(worker_of(setting, one) for one in slow))
    queue = DbosQueue(setting.context.engine)
    queue.set_pace(0.05, ahead=True)
    ahead = setting.submit(RIGHT, 2)
    setting.wait(lambda: setting.grading_of(ahead).job in queue.jobs_of(worker_of(setting, slow[0])))
    cancel(setting, slow[1], 1)
    setting.wait(lambda: setting.grading_of(ahead).state is GradingState.DONE)
    long = setting.grading_of(slow[0])
    assert long.state is GradingState.RUNNING

    first = next(one for one in (zombie, other) if f"-{one.pid}-" in worker_of(setting, slow[0]))
    first.terminate()  # it does not wait for what takes longer than it may, and says so at once
    assert setting.exit_status(first) == 0
    setting.wait(lambda: counts(setting.events("started"))[long.id] == 2)
    again = setting.grading_of(slow[0])
    assert (again.state, again.tries) == (GradingState.RUNNING, 1)  # what was handed back was no try
    cancel(setting, slow[0])


def worker_of(setting, submission_id):
    """The name of the worker that grades it; empty as long as nobody does."""
    return (setting.grading_of(submission_id).claim or "").rpartition(":")[0]


def test_a_fault_that_a_file_brings_about_every_time_uses_the_attempt_and_tells_no_numbers(make_setting):
    setting = make_setting(tries=2)
    handed_in = setting.submit(RIGHT)
    runner, grading = Runner(setting.context, "here"), setting.grading_of(handed_in)
    report = without_grade("doubling", "Doubling", "homework.py", "RecursionError: 0.125 is too deep")
    failed = replace(graded(report, None), is_by_file=True)
    for token in ("one", "other"):
        claim = claims.claim_grading(setting.context, grading.id, token)
        assert claim is not None
        runner._retry_or_give_up(claim, report.reason, [], failed)
    found = setting.grading_of(handed_in)
    assert (found.state, found.uses_attempt) == (GradingState.FAILED, True)
    assert found.reason == "given up after 2 tries: RecursionError: … is too deep"
    assert not any("0.125" in str(event.data) for event in setting.events())
    with setting.context.sessions() as session:
        assignment = session.get_one(Grading, found.id).submission.course_assignment
        assert submissions.attempts_used(session, assignment, "student0") == 1


def test_students_share_fairly_batches_come_last_and_nobody_starves(make_setting):
    setting = make_setting(ageing_seconds=0)
    batch = [setting.submit(RIGHT) for _ in range(3)]
    for one in batch:
        cancel(setting, one)
    submissions.regrade(setting.context, setting.admin, batch, is_batch=True)
    flood = [setting.submit(RIGHT, 1) for _ in range(3)]
    late = setting.submit(RIGHT, 2)
    assert queued(setting) == [flood[0], late, flood[1], flood[2], *batch]
    caretaker = Caretaker(setting.context, DbosQueue(setting.context.engine))
    caretaker.round()
    assert queued(setting)[0] == batch[0]  # it has waited longest
    caretaker.round()
    assert queued(setting)[:2] == [batch[0], flood[0]]  # and only one for every few that are graded


def test_gradings_that_lost_their_job_get_another(make_setting):
    setting = make_setting()
    lost = setting.submit(RIGHT)
    queue = DbosQueue(setting.context.engine)
    with setting.context.engine.begin() as connection:
        connection.execute(sa.delete(queue.jobs))
    for _ in range(2):
        Caretaker(setting.context, queue).round()
        assert queued(setting) == [lost]
        with setting.context.engine.begin() as connection:
            assert connection.scalar(sa.select(sa.func.count()).where(queue.jobs.c.queue_name == QUEUE)) == 1


def cancel(setting, submission_id, student=0):
    submissions.cancel(setting.context, setting.students[student], submission_id)


def queued(setting):
    """The submissions that wait, the next first."""
    ids = {grading.id: grading.submission_id for grading in setting.gradings()}
    with setting.context.sessions() as session:
        places = setting.context.queue.places(session, list(ids))
    assert sorted(places.values()) == list(range(1, len(places) + 1))
    return [ids[grading] for grading in sorted(places, key=places.__getitem__)]
