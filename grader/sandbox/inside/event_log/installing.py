"""Puts the recorder to work in a cell: the namespace's text, its builtins, what it is run as."""

from __future__ import annotations

import ast
import builtins
import sys
from typing import Any

import numpy as np

from .instrument import RECORDER
from .recorder import Recorder


def compile_rewritten(files: set[str], dialect: Any) -> Any:
    """`compile` for text of the submission's files that an adapter runs (see `grader.checks.script`).

    It is rewritten once, so that its operations keep their places in every call.
    """
    original = builtins.compile
    known: dict[tuple[str, str], Any] = {}

    def compile(source: Any, filename: Any, mode: str, *arguments: Any, **named: Any) -> Any:
        if type(source) is not str or mode != "exec" or filename not in files or arguments:  # ast.parse has flags
            return original(source, filename, mode, *arguments, **named)
        if (source, filename) not in known:
            tree = dialect.rewrite(ast.parse(source, filename), filename)
            known[source, filename] = original(tree, filename, mode, **named)
        return known[source, filename]

    return compile


def install(namespace: Any, *, of_calls: bool = False, is_idle: bool = False, **options: Any) -> Recorder:
    """Record what the namespace runs from now on; `__grader_recording__` in it gives the recording.

    The options are those of the `Recorder`. With `of_calls`, it is a module whose functions are called: what is noted
    begins with a call of `__grader_begin__`. With `is_idle` nothing is noted but what operations that raise are given.
    """
    recorder = Recorder(namespace.files, is_closed=of_calls or is_idle, **options)
    setattr(builtins, RECORDER, recorder)
    earlier = namespace.dialect.rewrite
    namespace.dialect.rewrite = lambda tree, filename: recorder.rewrite(earlier(tree, filename), filename)
    if isinstance(namespace.dialect.builtins, dict):
        namespace.dialect.builtins[RECORDER] = recorder
    namespace.values["__grader_recording__"] = recorder.recording
    if of_calls:
        namespace.values["__grader_begin__"] = recorder.begin
        builtins.compile = compile_rewritten(namespace.files, namespace.dialect)
    else:
        namespace.values["__name__"] = "__main__"
        sys.modules["__main__"] = namespace.module
        sys.argv[:] = [next(iter(namespace.files), "script.py")]  # the list may be one that answers
    sys.setrecursionlimit(max(sys.getrecursionlimit(), 4_000))
    np.seterr(all="ignore")
    return recorder
