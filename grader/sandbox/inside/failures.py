"""How a request ended that gave no value: in words and lines of the submission's own files."""

from __future__ import annotations

import traceback
from typing import Any, Collection

from .time_limit import TimeLimit
from .wire import Unsendable

MAX_FRAMES = 30
MAX_MESSAGE = 2_000


def outcome_of(error: BaseException, files: Collection[str]) -> list[Any]:
    """The outcome that tells what `error` was; frames of these files only."""
    frames = _frames_of(error, files)
    if isinstance(error, Unsendable):
        outcome: list[Any] = ["rejected", str(error)]
    elif type(error) is TimeLimit:
        outcome = ["timeout", frames]
    elif isinstance(error, MemoryError):
        outcome = ["memory", _message_of(error), frames]
    else:
        outcome = ["raised", type(error).__name__[:MAX_MESSAGE], _message_of(error), frames]
    traceback.clear_frames(error.__traceback__)
    error.__traceback__ = None
    return outcome


def _frames_of(error: BaseException, files: Collection[str]) -> list[Any]:
    frames = []
    step = error.__traceback__
    while step is not None:
        code = step.tb_frame.f_code
        if code.co_filename in files:
            frames.append([code.co_filename, step.tb_lineno or 0, code.co_name])
        step = step.tb_next
    if isinstance(error, SyntaxError) and error.filename in files:
        frames.append([error.filename, error.lineno or 0, "<module>"])
    return frames[-MAX_FRAMES:]


def _message_of(error: BaseException) -> str:
    try:
        return str(error)[:MAX_MESSAGE]
    except BaseException as failure:
        return "(no message: its __str__ raised %s)" % type(failure).__name__[:100]
