"""Functions of the submission defined anew for a while, called, and put back as they were."""

from __future__ import annotations

import ast
import sys
import types
from typing import Any

from .generators import Generators
from .namespace import Namespace

SWITCH = "__grader_switch__"  # the number of the alternative that a text is to be run with
_IN_CLASS = "__grader_in_class__"
_OF_SUPER = ("__class__",)  # what a method that says `super()` knows besides its module
SLOW_TRIALS = 3  # of which each took all its time; then no more are made


class CannotTry(Exception):
    """The function cannot be defined anew by its text alone, or is too slow to be tried often."""


class _Nowhere:
    """A stream for what a submission prints while it is tried."""

    encoding = "utf-8"

    def write(self, text: str) -> int:
        return len(text)

    def flush(self) -> None:
        pass

    def isatty(self) -> bool:
        return False


class Trial:
    """A `with` block in which functions may be replaced.

    What the submission prints meanwhile is lost, and its random numbers go on afterwards as if nothing had been.
    """

    def __init__(self, namespace: Namespace, adaptation: Any) -> None:
        self.namespace, self.adaptation = namespace, adaptation
        self.originals: dict[str, Any] = {}
        self.inherited: set[str] = set()  # methods that stand in a class above the one that they are replaced in
        self.added: list[tuple[dict[str, Any], str]] = []

    def __enter__(self) -> Trial:
        self.streams = sys.stdout, sys.stderr
        self.generators = Generators.now()
        self.notes = None if self.adaptation is None else dict(self.adaptation.notes)
        sys.stdout, sys.stderr = _Nowhere(), _Nowhere()
        return self

    def __exit__(self, *_: object) -> None:
        for name, original in self.originals.items():
            if name in self.inherited:
                owner, attribute = name.rsplit(".", 1)
                delattr(self.namespace.find(owner), attribute)
            else:
                self._put(name, original)
        for names, added in self.added:
            names.pop(added, None)
        sys.stdout, sys.stderr = self.streams
        self.rewind()
        if self.adaptation is not None:
            self.adaptation.notes.clear()
            self.adaptation.notes.update(self.notes)

    def rewind(self) -> None:
        """The random numbers as they were when the trial began."""
        self.generators.restore()

    def define(self, name: str, text: str, **more: Any) -> None:
        """Replace a function, or a method by `Class.method`, by what a text defines; it sees `more` as globals."""
        if name not in self.originals:
            self.originals[name] = self._original(name)
        function = _function_of(self.originals[name])
        filename = function.__code__.co_filename
        source: Any = self.namespace.dialect.readable(text, filename)
        if function.__closure__:
            source = _in_class(ast.parse(source, filename) if type(source) is str else source)
        code: Any = compile(source, filename, "exec", dont_inherit=True)
        made: dict[str, Any] = {}
        exec(code, function.__globals__, made)
        if function.__closure__:
            self._put(name, made[_IN_CLASS](function.__closure__[0].cell_contents))
        else:
            self._put(name, made[name.rpartition(".")[2]])
        function.__globals__.update(more)
        self.added += [(function.__globals__, added) for added in more]

    def switch(self, name: str, number: int) -> None:
        """Have the text that stands for a function now be run with one of its alternatives."""
        _function_of(self.originals[name]).__globals__[SWITCH] = number

    def _original(self, name: str) -> Any:
        owner, _, attribute = name.rpartition(".")
        original = self._method(owner, attribute) if owner else self.namespace.find(name)
        function = _function_of(original)
        is_plain = type(function) is types.FunctionType and function.__code__.co_freevars in ((), _OF_SUPER)
        if not is_plain or ("." not in name and function.__closure__):
            raise CannotTry("it is no function of its own")
        return original

    def _method(self, owner: str, attribute: str) -> Any:
        """A method where it stands: in its class, or in one above that."""
        holder = self.namespace.find(owner)
        for above in getattr(holder, "__mro__", (holder,)):
            if attribute in vars(above):
                if above is not holder:
                    self.inherited.add("%s.%s" % (owner, attribute))
                return vars(above)[attribute]
        return None

    def _put(self, name: str, function: Any) -> None:
        """Let every name of the original stand for this function."""
        owner, _, attribute = name.rpartition(".")
        if owner:
            setattr(self.namespace.find(owner), attribute, function)
            return
        for names in (_function_of(self.originals[name]).__globals__, self.namespace.values):
            names[attribute] = function


def _in_class(tree: Any) -> Any:
    """The text of a method in a function that is given its class, by the name under which `super()` looks for it."""
    outer = ast.parse("def %s(__class__):\n    return None" % _IN_CLASS)
    maker: Any = outer.body[0]
    maker.body[0].value = ast.Name(tree.body[-1].name, ast.Load())
    maker.body[:0] = tree.body
    return ast.fix_missing_locations(outer)


def _function_of(original: Any) -> Any:
    return original.__func__ if type(original) in (staticmethod, classmethod) else original


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
