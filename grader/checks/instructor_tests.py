"""Instructors' own `test_*.py` in the assignment folder, run by pytest in this (trusted) process.

    import pytest

    @pytest.mark.function("softmax")
    @pytest.mark.points(3)
    def test_rows_sum_to_one(submission, rng):
        \"\"\"Each row sums to 1\"\"\"
        assert submission.softmax(rng.normal(size=(4, 3))).sum(axis=1) == pytest.approx(1)

`submission` and `solution` look alike: the first is called in its cell. Also there: `rng`, `dataset`. A test without a
mark for points is worth none; without one for a function it counts for the first function of the contract that its
name mentions.
"""

import contextlib
import io
import os
import sys
from collections.abc import Collection, Generator, Iterator
from dataclasses import dataclass, field

import numpy as np
import pytest

from grader.assignments import Assignment, Check
from grader.checks.implementation import CallFailed
from grader.checks.record import CheckRecord, recording
from grader.checks.run import CheckFault, CheckRun, CheckSetting, failed_call, judged
from grader.checks.student import Student
from grader.datasets import Dataset

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
    options += ["--rootdir", str(assignment.folder), *map(str, assignment.test_files)]
    with _quiet_pytest() as output:
        status = pytest.main(options, plugins=[plugin])
    if status not in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED, pytest.ExitCode.NO_TESTS_COLLECTED):
        raise CheckFault(f"the assignment's pytest files cannot be run:\n{output.getvalue()[-2000:]}")
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


@dataclass
class _Plugin:
    assignment: Assignment
    student: Student
    setting: CheckSetting
    functions: Collection[str]
    runs: list[CheckRun] = field(default_factory=list)
    fault: str = ""

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

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items[:] = [item for item in items if self._check(item).function in self.functions]

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self, item: pytest.Item) -> Generator[None, None, None]:
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
            self.runs.append(failed_call(check, record, error, call.duration))
            return
        if error is not None and not record.failures:
            record.fail(_message(report))
        self.runs.append(judged(check, record, call.duration))

    def _check(self, item: pytest.Item) -> Check:
        function, points = item.get_closest_marker("function"), item.get_closest_marker("points")
        assert isinstance(item, pytest.Function)
        title = (item.obj.__doc__ or "").strip().partition("\n")[0]
        return Check(
            function=function.args[0] if function else self._mentioned(item.name),
            points=float(points.args[0]) if points else 0.0,
            title=title or item.name.removeprefix("test_").replace("_", " "),
            run=item.obj,
            arguments=(),
        )

    def _mentioned(self, test_name: str) -> str:
        names = self.assignment.function_names
        return next((name for name in names if name.lower() in test_name.lower()), names[0])


def _message(report: pytest.TestReport) -> str:
    """What pytest's assertion rewriting says, without the file and line of the instructor's test."""
    crash = getattr(report.longrepr, "reprcrash", None)
    text = crash.message if crash is not None else report.longreprtext
    return "\n".join(text.splitlines()[:8])[:1000]
