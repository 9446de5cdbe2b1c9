"""Grades hostile submissions with a real grader and judges what came of it."""

import dataclasses
import os
import re
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from grader.datasets import find_mnist
from grader.grading import Grader
from grader.render import render
from grader.report import Report
from grader.sandbox.seccomp import ARGUMENT_RULES, SYSCALLS, machine_architecture
from grader.submissions import Submission, load_source

from .files import FileAttack
from .layers import Layers, only
from .registry import HOMEWORK, Attack
from .surroundings import Surroundings, descendants, open_descriptors, peak_memory, reset_peak_memory

ASSIGNMENT = Path(__file__).parent / "assignment"
REPOSITORY = Path(__file__).parents[2]
HONEST_SCORE, WRONG_SCORE = 10.0, 3.0
# What the limits of the assignment allow a submission, plus a hard kill and the load of the machine.
SECONDS = 20.0
MEMORY_BYTES = 400 << 20

# How each means of containment shows itself, the strongest evidence first.
MEANS: Mapping[str, str] = {
    "ESCAPED": r"ESCAPED",
    "seccomp": r"denied (EPERM|ENOSYS)|start a? ?new thread|foreign architecture|every call refused",
    "Landlock": r"denied EACCES",
    "namespaces": r"denied (ENOENT|ENXIO|EROFS)",
    "resource limits": r"denied|stopped by|used more than|RecursionError|truncated output",
    "protocol": r"sent bytes that are no reply|closed the pipe",
    "time limit": r"still running after|whole submission may take",
    "result limit": r"result cannot be read",
    "process died": r"the process running the submission ended",
    "loader": r"REJECTED",
}


@dataclass(frozen=True)
class Outcome:
    """What came of one attack; it failed if there are no problems."""

    attack: str
    contained_by: str
    evidence: str
    problems: tuple[str, ...]
    seconds: float
    memory: int


class Arena:
    """One grader and its surroundings, attacked again and again; a context manager."""

    def __init__(self, layers: Layers) -> None:
        self.surroundings = Surroundings()
        with only(layers):
            self.grader = Grader(ASSIGNMENT)
            self.layers = " + ".join(self.grader.sandbox.layers)
        self.honest = load_source((ASSIGNMENT / "solution.py").read_text("utf-8"), "honest.py")
        self._prelude = self._constants() + "\n" + HOMEWORK.read_text("utf-8")
        if self._score(self.submission("")) != WRONG_SCORE or self._score(self.honest) != HONEST_SCORE:
            raise AssertionError("the assignment's honest scores are not what they should be")

    def submission(self, source: str) -> Submission:
        """The wrong implementation with an attack after it, in one namespace like two cells of a notebook."""
        homework, attack = load_source(self._prelude, "homework.py"), load_source(source, "attack.py")
        return dataclasses.replace(attack, units=(*homework.units, *attack.units))

    def attack(self, attack: Attack | FileAttack) -> Outcome:
        if isinstance(attack, Attack):
            submission = self.submission(attack.source)
            return self._judge(attack.id, attack.seen, lambda: self.grader.grade(submission))
        with tempfile.TemporaryDirectory(prefix="hostile-file-") as folder:
            path = attack.make(Path(folder))
            return self._judge(attack.id, attack.seen, lambda: self.grader.grade(path))

    def _judge(self, name: str, seen: str, grade: Callable[[], Report]) -> Outcome:
        """Grade, and look for every trace of success; `seen` is what the evidence must show."""
        processes, descriptors = descendants_alive(), open_descriptors()
        memory, started = reset_peak_memory(), time.monotonic()
        report = grade()
        seconds, memory = time.monotonic() - started, max(peak_memory() - memory, 0)
        shown = evidence(report)
        problems = self.surroundings.traces()
        if report.status == "internal_error":
            problems.append(f"a fault of the grader: {report.reason}")
        if report.score > WRONG_SCORE:
            problems.append(f"{report.score:g} points, the honest submission gets {WRONG_SCORE:g}")
        if "ESCAPED" in shown or not re.search(seen, shown):
            problems.append(f"expected /{seen}/, found: {' / '.join(shown.splitlines())[-900:]}")
        if (ugly := set(render(report, "text")) & _TERMINAL) or "<script>alert" in render(report, "html"):
            problems.append(f"the report carries control characters or markup {ugly}")
        if seconds > SECONDS:
            problems.append(f"it took {seconds:.1f} s")
        if memory > MEMORY_BYTES:
            problems.append(f"it took {memory >> 20} MB of the grader's memory")
        if self._score(self.honest) != HONEST_SCORE:
            problems.append("the next, honest submission did not get its points")
        if left := descendants_alive() - processes:
            problems.append(f"processes left behind: {left}")
        if open_descriptors() != descriptors:
            problems.append(f"descriptors left behind: {open_descriptors() - descriptors}")
        quoted = _quoted(shown, seen)
        return Outcome(name, _means(quoted), quoted[:80], tuple(problems), seconds, memory)

    def _score(self, submission: Submission) -> float:
        return self.grader.grade(submission).score

    def _constants(self) -> str:
        secrets = {
            "solution": str(ASSIGNMENT / "solution.py"),
            "checks": str(ASSIGNMENT / "checks.py"),
            "submission": self.surroundings.constants["SUBMISSION"],
            "socket": self.surroundings.constants["SOCKET"],
            "labels": str(find_mnist() or "/nowhere"),
        }
        column = 0 if machine_architecture() == "x86_64" else 1
        allowed = [numbers[column] for numbers in SYSCALLS.values()]
        allowed += [rule.numbers[column] for rule in ARGUMENT_RULES.values()]
        constants = {
            **self.surroundings.constants,
            "SECRETS": secrets,
            "GRADER": str(REPOSITORY),
            "ALLOWED_CALLS": sorted(number for number in allowed if number is not None),
        }
        return "; ".join(f"{name} = {value!r}" for name, value in constants.items())

    def close(self) -> None:
        self.grader.close()
        self.surroundings.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()


# Everything that moves a cursor or turns text round, but for line ends.
_TERMINAL = {chr(code) for code in (*range(9), *range(11, 32), *range(127, 160), *range(0x202A, 0x202F))}


def descendants_alive() -> set[int]:
    return set(descendants(os.getpid()))


def evidence(report: Report) -> str:
    """What a report shows of an attack, as lines."""
    lines = [f"REJECTED {report.reason}"] if report.status == "rejected" else []
    lines += [run.message for run in report.cells if run.status != "ran"]
    for function in report.functions:
        lines += [f"{check.status}: {check.message}" for check in function.checks if check.message]
    if report.output.truncated:
        lines.append("truncated output")
    return "\n".join([report.output.stdout[-4_000:], *lines, *report.remarks])


def _quoted(shown: str, seen: str) -> str:
    """The line of the evidence in which the expected thing was found."""
    match = re.search(seen, shown)
    if match is None:
        return "nothing expected"
    start = shown.rfind("\n", 0, match.start()) + 1
    return shown[start:].partition("\n")[0]


def _means(quoted: str) -> str:
    """By what an attack was contained."""
    return next((means for means, pattern in MEANS.items() if re.search(pattern, quoted)), "comparison")
