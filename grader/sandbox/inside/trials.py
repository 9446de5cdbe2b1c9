"""Trying edits: a function of the submission is defined anew, called, and put back as it was."""

from __future__ import annotations

import io
import random
import sys
import types
from typing import Any, Callable

import numpy as np

from .namespace import Namespace

CALLS = 600_000  # function calls that all trials together may take, counted on the function as it is
SLOW_TRIALS = 3  # of which each took all its time; then no more are made


class CannotTry(Exception):
    """The function cannot be defined anew by its text alone, or is too slow to be tried often."""


class Trials:
    """A `with` block in which the function `name` may be replaced.

    What the submission prints meanwhile is lost, and its random numbers go on afterwards as if nothing had been.
    """

    def __init__(self, namespace: Namespace, name: str) -> None:
        self.namespace = namespace
        owner, _, self.name = name.rpartition(".")
        self.owner = namespace.find(owner) if owner else None
        original = vars(self.owner).get(self.name) if owner else namespace.find(name)
        if type(original) is not types.FunctionType or original.__closure__:
            raise CannotTry("it is no function of its own")
        self.original: types.FunctionType = original

    def __enter__(self) -> Trials:
        self.streams = sys.stdout, sys.stderr
        self.random_state, self.numpy_state = random.getstate(), np.random.get_state()
        sys.stdout, sys.stderr = io.StringIO(), io.StringIO()
        return self

    def __exit__(self, *_: object) -> None:
        self.put(self.original)
        sys.stdout, sys.stderr = self.streams
        random.setstate(self.random_state)
        np.random.set_state(self.numpy_state)

    def put(self, function: Any) -> None:
        """Let every name of the original stand for this function."""
        if self.owner is not None:
            setattr(self.owner, self.name, function)
            return
        for names in (self.original.__globals__, self.namespace.values):
            names[self.name] = function

    def define(self, text: str) -> None:
        """Replace the function by what a text defines under its name."""
        made: dict[str, Any] = {}
        exec(
            compile(text, self.original.__code__.co_filename, "exec", dont_inherit=True),
            self.original.__globals__,
            made,
        )
        self.put(made[self.name])

    def results(self, make: Callable[[], list[Any]], text: str = "") -> list[Any] | None:
        """What the calls give with the function as a text defines it; None if something raised."""
        random.setstate(self.random_state)
        np.random.set_state(self.numpy_state)
        try:
            if text:
                self.define(text)
            return make()
        except Exception:
            return None


class CallCounter:
    """Counts function calls, the same in every run."""

    def __init__(self) -> None:
        self.calls = 0

    def __enter__(self) -> CallCounter:
        sys.setprofile(self.count)
        return self

    def __exit__(self, *_: object) -> None:
        sys.setprofile(None)

    def count(self, frame: Any, event: str, argument: Any) -> None:
        if event in ("call", "c_call"):
            self.calls += 1
