"""Settings for every test."""

import ast
import gc
import os
import re
import signal
import sys
import threading
from collections import defaultdict, deque
from collections.abc import Iterator
from operator import itemgetter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from xdist.scheduler import LoadScopeScheduling

# As the `grade` command does: one thread for linear algebra, since small matrices gain nothing from more. NumPy reads
# this when it is imported, which the imports below do.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from grader import Assignment, load_assignment
from grader.grading_session import GradingSession
from grader.sandbox import Sandbox
from tests.graded import GradedExamples

# The tests start hundreds of Python processes, each of which would compile the grader anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False
# What is loaded for all tests stays until the end: nobody need look through it again and again.
gc.disable()

# A shell starts what runs in the background deaf to Ctrl-C, and what a test means to interrupt would inherit it.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# Python before 3.11.8 ends two threads that parse at once (gh-106905); some tests run a batch or a server in one.
_PARSING, _parse = threading.RLock(), ast.parse


def _parse_alone(*arguments: Any, **named: Any) -> Any:
    with _PARSING:
        return _parse(*arguments, **named)


ast.parse = _parse_alone

# Examples are bounded in number, not in time: a loaded machine is no failure. CI draws the same ones every time.
settings.register_profile("local", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "local")


@pytest.fixture(scope="session")
def graded_examples(tmp_path_factory: pytest.TempPathFactory) -> GradedExamples:
    """What is graded once for all, whichever process the tests that look at it run in."""
    own = tmp_path_factory.getbasetemp()
    return GradedExamples((own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "graded")


@pytest.fixture(scope="session", autouse=True)
def shared_sandboxes() -> Iterator[None]:
    """Sessions of one process that need the same of a sandbox share it, as the submissions of a batch do."""
    begin, sandboxes = GradingSession.__init__, dict[object, Sandbox]()

    def begin_with_it(session: GradingSession, assignment: Any, *, sandbox: Any = "auto", **more: Any) -> None:
        found = assignment if isinstance(assignment, Assignment) else load_assignment(assignment)
        if sandbox != "auto" or "begun" in more or found.folder == _ATTACKED:
            return begin(session, found, sandbox=sandbox, **more)
        packages, data = found.metadata.imports.allowed, found.metadata.dataset
        alike = packages, data and (data.model_dump_json(), data.files and found.folder)
        if alike not in sandboxes:
            begin(session, found, **more)
            sandboxes[alike], session._own_sandbox = session.sandbox, False
            return None
        return begin(session, found, sandbox=sandboxes[alike], **more)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(GradingSession, "__init__", begin_with_it)
        yield
    for sandbox in sandboxes.values():
        sandbox.close()


# Tests that share what is dear to set up (a service, a site, the reports on examples) run in one process.
_TOGETHER = re.compile(
    r"tests/(service/(pages|api)/|cli/test_documentation\.py|seeds/\w+|assignments/test_(?=library|starter))"
)


_SLOWEST = 10
_ATTACKED = Path(__file__).parent / "hostile" / "assignment"  # with sandboxes of its own


class Together(LoadScopeScheduling):
    """Hands out tests one by one, but for those; `xdist_group` is void with pytest 9.2, which has no `_nodeid`."""

    def _split_scope(self, nodeid: str) -> str:
        shared = _TOGETHER.match(nodeid)
        return shared[0] if shared else nodeid


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Together:
    return Together(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The service's tests wait more than they compute: they are spread among the others, which fill the time.

    Those that share a browser go first, for one process runs them all.
    """
    waiting = deque(sorted(filter(_is_of_the_service, items), key=lambda item: "/pages/" not in item.nodeid))
    computing = [item for item in items if not _is_of_the_service(item)]
    apart = max(1, len(computing) // (len(waiting) + 1))
    mixed: list[pytest.Item] = []
    for number, item in enumerate(computing):
        if waiting and number % apart == 0:
            mixed.append(waiting.popleft())
        mixed.append(item)
    items[:] = [*mixed, *waiting]


def pytest_collection_finish() -> None:
    gc.freeze()
    gc.enable()


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Where the time went: the ten files whose tests, with what they set up, took longest."""
    seconds: defaultdict[str, float] = defaultdict(float)
    for reports in terminalreporter.stats.values():
        for report in reports:
            if isinstance(report, pytest.TestReport):
                seconds[report.nodeid.partition("::")[0]] += report.duration
    if len(seconds) > _SLOWEST:
        terminalreporter.section("slowest files")
        for path, spent in sorted(seconds.items(), key=itemgetter(1), reverse=True)[:_SLOWEST]:
            terminalreporter.line(f"{spent:7.1f} s  {path}")


def _is_of_the_service(item: pytest.Item) -> bool:
    return "/service/" in item.nodeid
