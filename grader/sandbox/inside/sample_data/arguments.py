"""What a file is given that reads its command line: the defaults that it names, and small numbers where it has none."""

from __future__ import annotations

import argparse
import sys
from typing import Any

from .answers import suggested
from .samples import Samples

ANSWERED = 12  # places of the command line


class Answer(str):
    """A text that is a number as well, whichever a file makes of it."""

    def __int__(self) -> int:
        return 10

    def __float__(self) -> float:
        return 0.1


class Arguments(list):  # type: ignore[type-arg]
    """`sys.argv` of a file that was started without any, and asks for some."""

    def __init__(self, given: list[str], samples: Samples) -> None:
        super().__init__(given)
        self._samples = samples

    def __getitem__(self, key: Any) -> Any:
        if isinstance(key, int) and len(self) <= key < ANSWERED:
            name = self._samples.argument
            self._samples.note("argument %d of the command line" % key, "`%s`, or 10 as a whole number, or 0.1" % name)
            return Answer(name)
        return super().__getitem__(key)


def answer_arguments(samples: Samples) -> None:
    """Let `sys.argv` and `argparse` have an answer for what is asked of nobody here."""
    known = argparse.ArgumentParser.parse_known_args

    def parse_known_args(self: Any, args: Any = None, namespace: Any = None) -> Any:
        for action in self._actions if args is None else ():
            if (action.required or not action.option_strings) and action.default in (None, argparse.SUPPRESS):
                action.default = _given(action, samples.argument)
                name = action.dest or "/".join(action.option_strings)
                samples.note("the argument `%s`" % name[:40], "`%s`" % (action.default,))
            if action.nargs not in (0, argparse.PARSER):
                action.required = False
                action.nargs = "?" if not action.option_strings and action.nargs in (None, 1) else action.nargs
                action.nargs = "*" if not action.option_strings and action.nargs == "+" else action.nargs
        return known(self, [] if args is None else args, namespace)

    argparse.ArgumentParser.parse_known_args = parse_known_args  # type: ignore[method-assign]
    sys.argv = Arguments(sys.argv[:1], samples)


def _given(action: Any, file: str) -> Any:
    """What stands for an argument: one of its choices, or what its name suggests, in its own type."""
    if action.choices:
        return next(iter(action.choices))
    text = suggested("%s %s" % (action.dest, action.help or ""))
    kind = action.type if callable(action.type) else None
    if kind is int:
        value: Any = 10
    elif kind is float:
        value = 0.1
    else:
        value = kind(text) if kind is not None else Answer(file)
    return [value] if action.nargs in ("+", "*") or (isinstance(action.nargs, int) and action.nargs > 0) else value
