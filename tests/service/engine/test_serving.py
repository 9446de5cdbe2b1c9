"""`grade serve` and `grade worker` as processes: how they begin and end."""

import os
import signal
from contextlib import closing

from grader.service.data import GradingState
from grader.service.engine.worker import NO_SANDBOX
from tests.batch.processes import Watched
from tests.service.engine.setting import RIGHT, Setting, workers_below


def test_serving_ends_cleanly_and_leaves_nobody_behind(tmp_path):
    with closing(Setting(tmp_path, "", workers=1)) as setting:
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
    with closing(Setting(tmp_path, "", sandbox="strict")) as setting:
        setting.submit(RIGHT)
        worker = setting.start_worker(PATH="/nowhere")  # bubblewrap is not found there
        assert setting.exit_status(worker) == NO_SANDBOX
        assert "CRITICAL no submission is graded here" in setting.log()
        assert [grading.state for grading in setting.gradings()] == [GradingState.QUEUED]
