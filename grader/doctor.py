"""`grade doctor`: what works on this machine, what is missing, and what to do about it."""

import platform
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from grader.sandbox import Finding as SandboxFinding

Level = Literal["ok", "warning", "missing"]

_SYMBOLS: Mapping[Level, str] = {"ok": "✓", "warning": "!", "missing": "✗"}


@dataclass(frozen=True)
class Finding:
    """One thing looked at.

    Attributes:
        subject: what it is: `numpy`, `bubblewrap`, `MNIST`.
        level: `missing` when no submission can be graded without it.
        words: what was found.
        remedy: what to do, empty when nothing need be done.
    """

    subject: str
    level: Level
    words: str
    remedy: str = ""


@dataclass(frozen=True)
class Findings:
    findings: tuple[Finding, ...]

    @property
    def can_grade(self) -> bool:
        """Whether submissions can be graded safely on this machine."""
        return all(finding.level != "missing" for finding in self.findings)

    def text(self) -> str:
        """A line for each finding, its remedy below it, and the conclusion."""
        width = max((len(finding.subject) for finding in self.findings), default=0)
        lines = []
        for finding in self.findings:
            lines.append(f"{_SYMBOLS[finding.level]} {finding.subject:{width}}  {finding.words}")
            if finding.remedy:
                lines.append(f"  {'':{width}}  → {finding.remedy}")
        return "\n".join([*lines, "", self._conclusion()])

    def _conclusion(self) -> str:
        if not self.can_grade:
            return "No: submissions cannot be graded safely here. What is marked ✗ is missing."
        if any(finding.level == "warning" for finding in self.findings):
            return "Yes: submissions can be graded safely here. What is marked ! could be better."
        return "Yes: submissions can be graded safely here."


def examine() -> Findings:
    """Look at Python, numpy, the sandbox, the assignments and the data; takes about a second."""
    return Findings(tuple(_examination()))


def _examination() -> Iterator[Finding]:
    yield Finding("Python", "ok", platform.python_version())
    numpy = examine_numpy()
    yield numpy
    if numpy.level == "missing":
        return  # nothing of what follows can be imported
    from grader.assignments import library_folders
    from grader.sandbox import diagnose_machine

    yield from map(about_the_sandbox, diagnose_machine())
    yield from examine_assignments(library_folders())
    yield examine_mnist()


def examine_numpy() -> Finding:
    """Whether numpy can be imported: a damaged installation is common, and its own message is long."""
    try:
        import numpy as np
    except ImportError as error:
        first_line = str(error).strip().partition("\n")[0]
        return Finding("numpy", "missing", f"cannot be imported: {first_line}", "`pip install --force-reinstall numpy`")
    return Finding("numpy", "ok", np.__version__)


def about_the_sandbox(found: "SandboxFinding") -> Finding:
    """A finding about the sandbox in the words of this page."""
    level: Level = "ok" if found.works else "missing" if found.required else "warning"
    return Finding(found.name, level, found.detail, "" if found.works else found.remedy)


def examine_assignments(folders: Mapping[str, Path]) -> Iterator[Finding]:
    """Whether the assignments can be read: one finding for those that can, one for each that cannot."""
    from grader.assignments import AssignmentError, read_assignment

    sound, faulty = [], []
    for name, folder in folders.items():
        try:
            read_assignment(folder)
            sound.append(name)
        except AssignmentError as error:
            faulty.append(Finding(f"assignment {name}", "warning", str(error), "install the grader anew"))
    if sound:
        yield Finding("assignments", "ok", ", ".join(sound))
    else:
        remedy = "install the grader anew, or grade with an assignment folder of your own"
        yield Finding("assignments", "warning", "none of the library can be used", remedy)
    yield from faulty


def examine_mnist() -> Finding:
    """Whether MNIST is at hand; without it digits drawn by the grader take its place, and reports say so."""
    from grader.datasets import describe_mnist

    status = describe_mnist()
    if status.directory is None:
        words = "not on this machine; training runs use digits drawn by the grader instead"
        return Finding("MNIST", "warning", words, "`grade data fetch`, or set GRADER_DATA_DIR to a folder that has it")
    if any(file.state == "differs" for file in status.files):
        return Finding("MNIST", "warning", status.summary, "`grade data fetch` gets the published files")
    return Finding("MNIST", "ok", status.summary)
