"""What can go wrong in a cell, and with the sandbox itself.

Exception
├── CellFailure              something about the submission; the message is written for the student
│   ├── SubmissionRaised     its code raised an exception
│   ├── CellTimeout          it ran longer than permitted
│   ├── CellMemoryExceeded   it needed more memory than permitted
│   ├── CellCrashed          its process ended, or answered with something that is no answer
│   └── ResultRejected       its result cannot leave the cell; the cell lives on
└── SandboxUnavailable       this machine cannot isolate a submission; nothing was run
"""

from dataclasses import dataclass
from typing import Self

#: What to do where the self-lock does not work.
UPGRADE_KERNEL = (
    "use Linux 5.13 or later with Landlock (`landlock` in the kernel's `lsm=` list) and seccomp;"
    " `grade doctor` tells what is missing, `--sandbox none` runs code of your own without protection"
)


@dataclass(frozen=True)
class Frame:
    """One line of a traceback, in a file of the submission."""

    filename: str
    line: int
    function: str


def _place(frames: tuple[Frame, ...]) -> str:
    """Where it happened, to be appended to a message: " in `train`, line 88", or nothing."""
    if not frames:
        return ""
    line = frames[-1].line
    named = [frame.function for frame in frames if not frame.function.startswith("<")]  # <lambda>, <module>
    return f" in `{named[-1]}`, line {line}" if named else f" in line {line}"


class CellFailure(Exception):
    """Something about the submission went wrong; `frames` are its own files only, outermost first."""

    def __init__(self, message: str, frames: tuple[Frame, ...] = ()) -> None:
        super().__init__(message)
        self.frames = frames


class SubmissionRaised(CellFailure):
    """The submission's code raised `type_name` (any exception, `SystemExit` too) with `message`."""

    def __init__(self, type_name: str, message: str, frames: tuple[Frame, ...] = ()) -> None:
        super().__init__(f"{type_name}: {message}" if message else type_name, frames)
        self.type_name = type_name
        self.message = message


class CellTimeout(CellFailure):
    """The submission ran longer than `seconds`.  `frames` is empty when it had to be killed."""

    def __init__(self, message: str, seconds: float, frames: tuple[Frame, ...] = ()) -> None:
        super().__init__(message, frames)
        self.seconds = seconds

    @classmethod
    def interrupted(cls, seconds: float, frames: tuple[Frame, ...]) -> Self:
        return cls(f"still running after {seconds:g} s{_place(frames)}", seconds, frames)

    @classmethod
    def killed(cls, seconds: float) -> Self:
        return cls(f"still running after {seconds:g} s, and did not stop when interrupted", seconds)

    @classmethod
    def exhausted(cls, seconds: float) -> Self:
        return cls(f"the {seconds:g} s that the whole submission may take are used up", seconds)


class CellMemoryExceeded(CellFailure):
    """The submission needed more than `limit_bytes` of memory."""

    def __init__(self, limit_bytes: int, detail: str = "", frames: tuple[Frame, ...] = ()) -> None:
        amount = f"{limit_bytes / (1 << 30):g} GB" if limit_bytes >= 1 << 30 else f"{limit_bytes >> 20} MB"
        message = f"used more than the permitted {amount} of memory{_place(frames)}"
        super().__init__(f"{message} ({detail})" if detail else message, frames)
        self.limit_bytes = limit_bytes


class CellCrashed(CellFailure):
    """The process of the submission ended, or sent what is no answer: `reason`."""

    def __init__(self, reason: str, frames: tuple[Frame, ...] = ()) -> None:
        super().__init__(f"the process running the submission ended: {reason}{_place(frames)}", frames)
        self.reason = reason


class ResultRejected(CellFailure):
    """The result cannot leave the cell, or the cell keeps too many objects already: `reason`."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"the result cannot be read: {reason}")
        self.reason = reason


class SandboxUnavailable(Exception):
    """Submissions cannot be isolated here: what is `missing`, and the `remedy`."""

    def __init__(self, missing: str, remedy: str) -> None:
        super().__init__(f"the sandbox cannot start, missing: {missing}. What to do: {remedy}")
        self.missing = missing
        self.remedy = remedy
