"""What is kept and what is not."""

import os
from datetime import timedelta

import sqlalchemy as sa
from typer.testing import CliRunner

from grader.cli.app import app
from grader.service.compressed_texts import compressed
from grader.service.data import Event, Grading, GradingState, Submission
from grader.service.data.base import utc_now
from grader.service.engine.queue import DbosQueue
from tests.service.engine.setting import RIGHT


def test_old_submissions_go_with_their_files_and_what_is_not_graded_yet_stays(make_setting):
    setting = make_setting(keep_days=30)
    context, queue = setting.context, DbosQueue(setting.context.engine)
    old, ungraded, young = [setting.submit(f"{RIGHT}# {i}\n", i) for i in range(3)]
    orphan = context.storage.put(compressed("nobody's"))
    with context.sessions.begin() as session:
        long_ago = utc_now() - timedelta(days=31)
        session.execute(sa.update(Submission).where(Submission.id != young).values(created_at=long_ago))
        report = context.storage.put(compressed("a report"))
        finished = sa.update(Grading).where(Grading.submission_id == old)
        session.execute(finished.values(state=GradingState.DONE, report=report))
        session.add(Event(grading_id=setting.grading_of(old).id, kind="done"))
        session.execute(sa.update(queue.jobs).values(updated_at=0, status="SUCCESS"))
        kept = {session.get_one(Submission, one).blob for one in (ungraded, young)}
    told = [grade_retention(setting, "--dry-run").replace("would be ", ""), grade_retention(setting)]
    assert told[0] == told[1]
    assert "1 submission (older than 30 days)" in told[1]
    assert "3 finished jobs" in told[1]
    assert len(list(context.storage.keys())) == 5  # young files may belong to what is being handed in right now
    age_files(setting.settings.folder / "files")
    told.append(grade_retention(setting, "--dry-run").replace("would be ", ""))
    told.append(grade_retention(setting))
    assert told[2] == told[3]
    assert "0 submissions" in told[3]
    assert "3 files" in told[3]
    with context.sessions() as session:
        assert set(session.scalars(sa.select(Submission.id))) == {ungraded, young}
        assert not session.scalars(sa.select(Event)).all()
        assert not session.scalars(sa.select(queue.jobs.c.workflow_uuid)).all()
    assert set(dict(context.storage.keys())) == kept
    assert orphan not in kept


def grade_retention(setting, *more):
    """What the command says."""
    settings = setting.settings
    arguments = ["retention", "--folder", str(settings.folder), "--keep-days", f"{settings.keep_days}", *more]
    result = CliRunner().invoke(app, arguments, env={"GRADER_DATABASE_URL": settings.database_url})
    assert result.exit_code == 0, result.output
    return result.output


def age_files(folder):
    for path in folder.glob("??/*"):
        os.utime(path, (0, 0))
