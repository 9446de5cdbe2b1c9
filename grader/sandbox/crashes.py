"""Why a process was ended by a signal, and where in the submission it was."""

import re
import signal
from collections.abc import Collection

from grader.sandbox.errors import Frame

_REASONS: dict[int, str] = {
    signal.SIGSEGV: "segmentation fault (an endless recursion, or a fault in native code)",
    signal.SIGBUS: "bus error",
    signal.SIGFPE: "arithmetic fault in native code",
    signal.SIGILL: "illegal instruction",
    signal.SIGABRT: "abort in native code",
    signal.SIGKILL: "killed by the system, which had no memory left",
    signal.SIGSYS: "a system call of a foreign architecture",
}
_LINE = re.compile(r'^  File "(.{1,1000})", line (\d{1,9}) in (.{1,200})$', re.MULTILINE)


def signal_reason(number: int) -> str:
    """What the end by this signal means."""
    return _REASONS.get(number, f"signal {number}")


def crash_frames(stderr: str, filenames: Collection[str]) -> tuple[Frame, ...]:
    """The submission's own lines, outermost first, from what the interpreter wrote when a signal ended it.

    `faulthandler` writes the innermost line first.  The submission can write the same, about itself alone.
    """
    report = stderr.rpartition("Fatal Python error")[2]
    frames = [Frame(name, int(line), function) for name, line, function in _LINE.findall(report)]
    return tuple(frame for frame in reversed(frames) if frame.filename in filenames)
