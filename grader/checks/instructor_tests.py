"""Instructors' own `test_*.py` in the assignment folder, run by pytest in this (trusted) process.

    import pytest

    @pytest.mark.function("softmax")
    @pytest.mark.points(3)
    def test_rows_sum_to_one(submission, rng):
        \"\"\"Each row sums to 1\"\"\"
        assert submission.softmax(rng.normal(size=(4, 3))).sum(axis=1) == pytest.approx(1)

`submission` and `solution` look alike: the first is called in its cell. Also there: `rng`, `dataset`. A test without a
mark for points is worth none; without one for a function it counts for the first function of the contract that its
name mentions. Every case of a parametrised test is worth the points of its mark.

A test that ends in an assertion, or in a call that failed, tells something about the submission. Any other exception
may be a fault of the test: it is run on the solution then, which tells.
"""

import contextlib
import inspect
import io
import os
import re
import sys
from collections.abc import Callable, Collection, Generator, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest

from grader.assignments import Assignment, Check
from grader.assignments.declarations import CHECK_ARGUMENTS
from grader.checks.implementation import CallFailed
from grader.checks.record import CheckRecord, recording
from grader.checks.run import CheckFault, CheckRun, CheckSetting, demand_sound_check, failed_call, judged
from grader.checks.student import Student
from grader.datasets import Dataset

_ADDRESS = re.compile(r" at 0x[0-9A-Fa-f]+")
_RECORD = pytest.StashKey[CheckRecord]()


def run_instructor_tests(
    assignment: Assignment, student: Student, setting: CheckSetting, functions: Collection[str]
) -> list[CheckRun]:
    """Run the assignment's pytest files; every test becomes a check of the function that it is marked with.

    Raises:
        CheckFault: pytest could not collect or run them (a fault of the assignment).
    """
    if not assignment.test_files:
        return []
    plugin = _Plugin(assignment, student, setting, functions)
    options = ["-q", "-p", "no:cacheprovider", "-c", os.devnull, "--import-mode=importlib", "--strict-markers"]
    options += ["-p", "no:unraisableexception"]  # it sifts through all memory five times at the end
    options += ["--rootdir", str(assignment.folder), *map(str, assignment.test_files)]
    with _quiet_pytest() as output, _modules_forgotten(assignment.folder):
        status = pytest.main(options, plugins=[plugin])
    if status not in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED, pytest.ExitCode.NO_TESTS_COLLECTED):
        raise CheckFault(f"the assignment's pytest files cannot be run:\n{plugin.refused or output.getvalue()[-2000:]}")
    if plugin.fault:
        raise CheckFault(plugin.fault)
    return plugin.runs


@contextlib.contextmanager
def _quiet_pytest() -> Iterator[io.StringIO]:
    """Pytest without other people's plugins, bytecode in the assignment's folder, or a word on the terminal."""
    variable, before = "PYTEST_DISABLE_PLUGIN_AUTOLOAD", os.environ.get("PYTEST_DISABLE_PLUGIN_AUTOLOAD")
    writes_bytecode = sys.dont_write_bytecode
    output = io.StringIO()
    os.environ[variable], sys.dont_write_bytecode = "1", True
    try:
        with contextlib.redirect_stdout(output), contextlib.redirect_stderr(output):
            yield output
    finally:
        sys.dont_write_bytecode = writes_bytecode
        if before is None:
            del os.environ[variable]
        else:
            os.environ[variable] = before


@contextlib.contextmanager
def _modules_forgotten(folder: Path) -> Iterator[None]:
    """Test files of one name, in two assignments or before and after a change, must not be taken for each other."""
    try:
        yield
    finally:
        for name, module in list(sys.modules.items()):
            file = getattr(module, "__file__", None)
            if file is not None and Path(file).is_relative_to(folder):
                del sys.modules[name]


@dataclass
class _Plugin:
    assignment: Assignment
    student: Student
    setting: CheckSetting
    functions: Collection[str]
    runs: list[CheckRun] = field(default_factory=list)
    fault: str = ""
    refused: str = ""

    @pytest.fixture
    def submission(self) -> Student:
        return self.student

    @pytest.fixture
    def solution(self) -> object:
        return self.setting.solution

    @pytest.fixture
    def rng(self, request: pytest.FixtureRequest) -> np.random.Generator:
        return self.setting.random_generator(self._check(request.node))

    @pytest.fixture
    def dataset(self) -> Dataset | None:
        return self.setting.dataset

    def pytest_configure(self, config: pytest.Config) -> None:
        config.addinivalue_line("markers", "function(name): the function of the contract that the test is about")
        config.addinivalue_line("markers", "points(number): what passing is worth")

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self.refused += report.longreprtext[-1000:]

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        checks = {item.nodeid: self._check(item) for item in items}
        for nodeid, check in checks.items():
            if check.function not in self.assignment.function_names:
                self.fault = f"{nodeid} is about {check.function!r}, which the contract does not declare"
        items[:] = [item for item in items if checks[item.nodeid].function in self.functions]

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self, item: pytest.Item) -> Generator[None, None, None]:
        self.setting.seed_global_generators(self._check(item))
        with recording() as record:
            item.stash[_RECORD] = record
            yield
        if record.failures:
            pytest.fail("; ".join(record.failures), pytrace=False)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        report = yield
        if report.when == "call" and not report.skipped:
            self._note(item, call, report)
        elif report.failed:
            self.fault = f"{item.nodeid}: {report.when} failed: {report.longreprtext[-500:]}"
        return report

    def _note(self, item: pytest.Item, call: pytest.CallInfo[None], report: pytest.TestReport) -> None:
        record, check = item.stash[_RECORD], self._check(item)
        error = call.excinfo.value if call.excinfo else None
        if isinstance(error, CallFailed):
            self.runs.append(failed_call(check, record, error, call.duration, self.student.contract))
            return
        if isinstance(error, Exception) and not isinstance(error, AssertionError | pytest.fail.Exception):
            try:
                demand_sound_check(check, self.setting, error)
            except CheckFault as fault:
                self.fault = str(fault)
        message = _message(report)
        if error is not None and message != "; ".join(record.failures):
            record.fail(message)
        self.runs.append(judged(check, record, call.duration))

    def _check(self, item: pytest.Item) -> Check:
        """The test as a check, which can be run again on another implementation."""
        assert isinstance(item, pytest.Function)
        test: Callable[..., None] = item.obj
        others = dict(item.funcargs or {})

        def run(student: object, solution: object, rng: object, dataset: object) -> None:
            fixtures = {**others, "submission": student, "solution": solution, "rng": rng, "dataset": dataset}
            test(**{name: fixtures[name] for name in inspect.signature(test).parameters})

        run.__name__ = item.name
        function, points = item.get_closest_marker("function"), item.get_closest_marker("points")
        words = item.originalname.removeprefix("test_").replace("_", " ")
        title = (test.__doc__ or "").strip().partition("\n")[0] or words
        case = item.name.removeprefix(item.originalname)
        return Check(
            function=function.args[0] if function else self._mentioned(item.name),
            points=float(points.args[0]) if points else 0.0,
            title=f"{title} {case}" if case else title,
            run=run,
            arguments=CHECK_ARGUMENTS,
        )

    def _mentioned(self, test_name: str) -> str:
        names = self.assignment.function_names
        return next((name for name in names if name.lower() in test_name.lower()), names[0])


def _message(report: pytest.TestReport) -> str:
    """What pytest's assertion rewriting says, without the instructor's file and line, the same in every run."""
    crash = getattr(report.longrepr, "reprcrash", None)
    text = crash.message if crash is not None else report.longreprtext
    return "\n".join(_ADDRESS.sub("", text.removeprefix("AssertionError: ")).splitlines()[:8])[:1000]
