"""What was acknowledged is graded once, whatever is killed: web server, workers, supervisor, PostgreSQL."""

import os
import random
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from itertools import count

import httpx
import sqlalchemy as sa

from grader.service.data import GradingState, Submission
from tests.batch.processes import Watched
from tests.service.api.running import client
from tests.service.conftest import mainly
from tests.service.engine.setting import RIGHT, SLOW, WRONG, Setting, counts, workers_below
from tests.service.postgres import Cluster

SUBMISSIONS = int(os.environ.get("GRADER_CHAOS_SUBMISSIONS", "15"))
KILLS = int(os.environ.get("GRADER_CHAOS_KILLS", "0"))  # or one of each kind
SEED = int(os.environ.get("GRADER_CHAOS_SEED", "7"))
STUDENTS, UPLOADERS = 20, 3
PATIENCE_SECONDS = 90.0  # in which nothing is acknowledged: how long all of them take is for the machine to say


@mainly("postgresql")  # where there is one more thing to kill
def test_nothing_is_lost_or_doubled_whatever_is_killed(make_setting, database_url, request):
    setting = make_setting(workers=1, drain_seconds=5)  # with GRADER_CHAOS_KILLS, and one without a supervisor
    setting.enroll(STUDENTS)
    cluster = request.getfixturevalue("cluster") if database_url.startswith("postgresql") else None
    uploads = Uploads(setting)
    with Chaos(setting, cluster) as chaos:
        for _ in range(KILLS or len(chaos.kinds)):
            time.sleep(chaos.random.uniform(0.2, 1.0))
            chaos.strike()
        uploads.finish()
        setting.wait(setting.all_final, PATIENCE_SECONDS + SUBMISSIONS / 2)
    assert len(uploads.acknowledged) == SUBMISSIONS
    with setting.context.sessions() as session:
        found = {submission.id: submission for submission in session.scalars(sa.select(Submission))}
    assert set(uploads.acknowledged.values()) == set(found), "a submission was lost, or taken in twice"
    for number, submission_id in uploads.acknowledged.items():
        gradings = found[submission_id].gradings
        outcome = [(g.number, g.state, g.status, g.score) for g in gradings]
        assert outcome == [(1, GradingState.DONE, "graded", 10.0 if is_right(number) else 0.0)]
    assert set(counts(setting.events("done")).values()) == {1}
    assert not setting.events("failed")
    assert all(workers.have_ended(60) for workers in chaos.orphans)


def test_a_grading_outlives_a_time_without_the_database(cluster, postgres_url, tmp_path):
    setting = Setting(tmp_path, postgres_url, lease_seconds=1)
    try:
        setting.start_worker()
        setting.submit(SLOW.format(seconds=1.0))
        setting.wait(lambda: setting.events("loaded"))
        cluster.kill()
        time.sleep(2.5)  # the grading is done meanwhile, and the lease is over
        cluster.start()
        setting.submit(RIGHT, 1)
        setting.wait(setting.all_final)
        assert [(g.state, g.score) for g in setting.gradings()] == [(GradingState.DONE, 10.0)] * 2
        assert set(counts(setting.events("done")).values()) == {1}
    finally:
        setting.close()


class Uploads:
    """Hands in by HTTP, each with its key again and again until it is acknowledged."""

    def __init__(self, setting: Setting) -> None:
        self._setting = setting
        self.acknowledged: dict[int, str] = {}
        self._numbers = iter(range(SUBMISSIONS))
        self._given_up = threading.Event()
        self._threads = [threading.Thread(target=self._hand_in) for _ in range(UPLOADERS)]
        for thread in self._threads:
            thread.start()

    def finish(self) -> None:
        for thread in self._threads:
            while thread.is_alive():
                before = len(self.acknowledged)
                thread.join(PATIENCE_SECONDS)
                if thread.is_alive() and len(self.acknowledged) == before:
                    self._given_up.set()
                    raise AssertionError(f"{before} acknowledged, and no other since\n{self._setting.log()[-3000:]}")

    def _hand_in(self) -> None:
        address = f"http://127.0.0.1:{self._setting.settings.port}/api/v1/courses/deep/assignments/doubling/submissions"
        with client(timeout=20) as door:
            for number in self._numbers:
                text = f"# {number}\n{RIGHT if is_right(number) else WRONG}"
                token = self._setting.tokens[number % STUDENTS]
                headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": f"key-{number}"}
                while not self._given_up.is_set():
                    with suppress(httpx.HTTPError):
                        files = {"file": ("homework.py", text.encode())}
                        answer = door.post(address, headers=headers, files=files)
                        if answer.is_success:
                            self.acknowledged[number] = answer.json()["id"]
                            break
                        assert answer.status_code >= 500, answer.text
                    time.sleep(0.1)


class Chaos:
    """The service, with somebody who kills its parts; what has no supervisor is started again."""

    def __init__(self, setting: Setting, cluster: Cluster | None) -> None:
        self.random = random.Random(SEED)
        self._setting, self._cluster = setting, cluster
        self._turns: Iterator[int] = count()
        self.orphans: list[Watched] = []
        self.kinds = [self._kill_worker, self._kill_server]
        if cluster is not None:
            self.kinds.append(self._kill_database)
        self._server = setting.start("serve")
        self._lonely = setting.start_worker() if KILLS else None
        self._over = threading.Event()
        self._keeper = threading.Thread(target=self._keep)
        self._keeper.start()

    def strike(self) -> None:
        self.kinds[next(self._turns) % len(self.kinds)]()

    def _keep(self) -> None:
        """Start again what has ended, as an operator's supervisor does: a server without a database ends, too."""
        while not self._over.wait(0.1):
            if self._server.poll() is not None:
                self._server = self._setting.start("serve")
            if self._lonely is not None and self._lonely.poll() is not None:
                self._lonely = self._setting.start_worker()

    def _kill_worker(self) -> None:
        found: list[int] = [] if self._lonely is None else [self._lonely.pid]
        self._setting.wait(lambda: found.extend(workers_below(self._server.pid)) or found)
        with suppress(ProcessLookupError):
            os.kill(self.random.choice(found), signal.SIGKILL)

    def _kill_server(self) -> None:
        """The web server and supervisor; its workers notice, and end."""
        self.orphans.append(Watched(workers_below(self._server.pid)))
        self._server.kill()

    def _kill_database(self) -> None:
        assert self._cluster is not None
        self._cluster.kill()
        time.sleep(0.3)
        self._cluster.start()

    def __enter__(self) -> "Chaos":
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._keeper.join()


def is_right(number: int) -> bool:
    return number % 3 != 0
