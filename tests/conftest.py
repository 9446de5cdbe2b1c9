"""Settings for every test."""

import ast
import gc
import os
import re
import signal
import sys
import threading
from collections import OrderedDict, defaultdict, deque
from collections.abc import Iterator
from contextlib import nullcontext
from operator import itemgetter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from xdist.scheduler import LoadScopeScheduling

# As the `grade` command does: one thread for linear algebra, since small matrices gain nothing from more. NumPy reads
# this when it is imported, which the imports below do.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from grader import Assignment, load_assignment, preparation
from grader.assignments import library_folders
from grader.cli import run
from grader.diagnosis import Findings
from grader.garbage import collect_seldom
from grader.grading_run import GradingRun
from grader.grading_session import GradingSession
from grader.sandbox import Sandbox
from tests import library
from tests.graded import GradedExamples
from tests.tables import WHOLE

# The tests start hundreds of Python processes, each of which would compile the grader anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False
# What is loaded for all tests stays until the end: nobody need look through it again and again, and through the rest as
# seldom as the grader's own processes do.
gc.disable()
collect_seldom()

# A shell starts what runs in the background deaf to Ctrl-C, and what a test means to interrupt would inherit it.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# Python before 3.11.8 ends two threads that parse at once (gh-106905); some tests run a batch or a server in one.
_PARSING, _parse = threading.RLock(), ast.parse


def _parse_alone(*arguments: Any, **named: Any) -> Any:
    with _PARSING:
        return _parse(*arguments, **named)


ast.parse = _parse_alone

# Examples are bounded in number, not in time: a loaded machine is no failure. CI draws the same ones every time; more
# than fifty are for `make fuzz`.
settings.register_profile("local", deadline=None, max_examples=50)
settings.register_profile("ci", deadline=None, derandomize=True, max_examples=50)
settings.load_profile("ci" if os.environ.get("CI") else "local")


@pytest.fixture(scope="session")
def graded_examples(tmp_path_factory: pytest.TempPathFactory) -> GradedExamples:
    """What is graded once for all, whichever process the tests that look at it run in."""
    own = tmp_path_factory.getbasetemp()
    return GradedExamples((own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "graded")


@pytest.fixture(scope="session", autouse=True)
def shared_sandboxes() -> Iterator[None]:
    """What submissions of a batch share, sessions of one process share: the solution's results, images, a sandbox."""
    begin, sandboxes = GradingSession.__init__, dict[object, Sandbox]()
    earlier = OrderedDict[int, GradingSession]()

    def begin_with_it(session: GradingSession, assignment: Any, *, sandbox: Any = "auto", **more: Any) -> None:
        found = assignment if isinstance(assignment, Assignment) else _read(assignment)
        begin_in_a_sandbox(session, found, sandbox, more)
        if found.folder == _ATTACKED:
            return
        first = earlier.setdefault(id(found), session)  # which keeps the assignment, too
        earlier.move_to_end(id(found))
        if len(earlier) > _SHARED_ASSIGNMENTS:
            earlier.popitem(last=False)
        if first is not session:
            vars(session).update({name: getattr(first, name) for name in ("solution", "allowances", "diagnoser")})

    def begin_in_a_sandbox(session: GradingSession, found: Assignment, sandbox: Any, more: dict[str, Any]) -> None:
        if sandbox != "auto" or more.get("begun") or found.folder == _ATTACKED:
            return begin(session, found, sandbox=sandbox, **more)
        packages, data = found.metadata.imports.allowed, found.metadata.dataset
        alike = packages, data and (data.model_dump_json(), data.files and found.folder)
        if alike not in sandboxes:
            begin(session, found, **more)
            sandboxes[alike], session._own_sandbox = session.sandbox, False
            return None
        return begin(session, found, sandbox=sandboxes[alike], **more)

    prepared, load, loaded = run._prepared, preparation._dataset, dict[object, Any]()

    def load_once(folder: Path, metadata: Any) -> Any:
        """The images, which nobody can change: to read them takes longer than most submissions to be judged."""
        settings = metadata.dataset
        if settings is None or settings.files is not None:
            return load(folder, metadata)
        where = settings.model_dump_json(), *map(os.environ.get, ("GRADER_DATA_DIR", "XDG_CACHE_HOME", "HOME"))
        if where not in loaded:
            loaded[where] = load(folder, metadata)
        return loaded[where]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(GradingSession, "__init__", begin_with_it)
        patch.setattr(preparation, "_dataset", load_once)
        # So does `grade run` in this process; in one of its own it begins to start one before anything else.
        patch.setattr(run, "_begun", lambda mode: nullcontext() if mode == "auto" else Sandbox(mode))
        patch.setattr(run, "_prepared", lambda name, begun: prepared(name, begun) if begun else nullcontext())
        yield
    for sandbox in sandboxes.values():
        sandbox.close()


@pytest.fixture
def undiagnosed(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Points and messages alone, without the search for what a mistake is called, which takes longest of all.

    Not for what must earn nothing: a diagnosis may prove a function right, which gives points.
    """
    assert "graded_examples" not in request.fixturenames, "others look at those reports, too"
    monkeypatch.setattr(GradingRun, "_diagnose", lambda run, attempts: Findings({}, {}))


# Rooms of tests that share a running service, or graded classes, run in one process each, and begin first: nothing
# takes longer.
_ROOMS = re.compile(r"tests/(service/(pages|api)|notebooks)/")
# Tests that wait more than they compute, or share nothing, are handed out one by one.
_APART = re.compile(r"tests/(service/engine/(?!test_one_worker)|batch/test_interruption|courses/test_as_they_are)")
# Whatever needs PostgreSQL, by which a server with a database of tables is made: once for all of them.
_ON_POSTGRES = re.compile(r"tests/service/.*(\[postgresql|/test_kills|/test_openapi)")
# Of the others each file is for one process, which reads its assignments and starts its sandboxes once. These take
# longest, and must not be what everybody waits for in the end.
_LONG = (
    "tests/hostile/test_attacks.py",
    "tests/seeds/test_nielsen_network.py",
    "tests/diagnosis/test_catalogue.py",
    "tests/diagnosis/test_general.py",
    "tests/diagnosis/slips/test_behind_an_error.py",
    "tests/diagnosis/slips/test_where_it_is_made.py",
    "tests/diagnosis/test_sentences.py",
    "tests/courses/test_tiers.py",
    "tests/courses/test_examples.py",
    "tests/courses/test_mutants.py",
    "tests/grading/test_training.py",
    "tests/cli/test_documentation.py",
    "tests/cli/test_run_output.py",
    "tests/reading/test_explaining.py",
)
_SLOWEST = 10
_ATTACKED = Path(__file__).parent / "hostile" / "assignment"  # with sandboxes of its own


_SHARED_ASSIGNMENTS = 64  # whose solutions' results are kept: the library's, which file after file is about


def _read(name: Any) -> Assignment:
    return library.assignment(name) if name in library_folders() else load_assignment(name)


class Together(LoadScopeScheduling):
    """Hands out rooms, files or tests, in the order of the tests; `xdist_group` is void with pytest 9.2."""

    def _split_scope(self, nodeid: str) -> str:
        if _ON_POSTGRES.match(nodeid):
            return "postgresql"
        if room := _ROOMS.match(nodeid):
            return room[0]
        return nodeid if _APART.match(nodeid) else nodeid.partition("::")[0]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Together:
    config.option.loadscopereorder = False
    return Together(config, log)


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "table: one more of a kind, which `make tables` alone runs")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if not WHOLE and (left_out := [item for item in items if item.get_closest_marker("table")]):
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if not item.get_closest_marker("table")]
    items[:] = _in_order(items)


def _in_order(items: list[pytest.Item]) -> list[pytest.Item]:
    """What takes longest first; those that wait are spread among the others, which fill the time."""
    rooms, apart, files = list[pytest.Item](), deque[pytest.Item](), defaultdict[str, list[pytest.Item]](list)
    for item in items:
        if _ROOMS.match(item.nodeid) or _ON_POSTGRES.match(item.nodeid):
            rooms.append(item)
        elif _APART.match(item.nodeid):
            apart.append(item)
        else:
            files[item.nodeid.partition("::")[0]].append(item)
    ordered = sorted(rooms, key=lambda item: "/service/" not in item.nodeid)
    for path in sorted(files, key=lambda path: _LONG.index(path) if path in _LONG else len(_LONG)):
        ordered += files[path]
        if apart:
            ordered.append(apart.popleft())
    return [*ordered, *apart]


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
