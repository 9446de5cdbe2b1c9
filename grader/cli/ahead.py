"""The sandbox of `grade run`, begun before the words of the command are read.

It starts on the other core, which takes longer than all else that comes before the first call of a submission.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from grader.sandbox import Mode, Sandbox

_begun: "Sandbox | None" = None
_SAYING_OTHERWISE = ("--sandbox", "--help")


def begin(words: Sequence[str]) -> None:
    """Start the sandbox if the command is one that will want the usual one.

    If it is not asked for after all, it ends with this process.
    """
    global _begun
    if len(words) < 2 or words[0] != "run" or any(word.startswith(_SAYING_OTHERWISE) for word in words):
        return
    from grader.sandbox import Sandbox, SandboxUnavailable

    sandbox = Sandbox()
    try:
        sandbox.start()
    except SandboxUnavailable:
        return  # which is told where it is asked for
    _begun = sandbox


def sandbox(mode: "Mode") -> "Sandbox":
    """The sandbox that has been begun, once, or a new one."""
    global _begun
    from grader.sandbox import Sandbox

    found, _begun = _begun, None
    return found if found is not None and found.mode == mode else Sandbox(mode)
