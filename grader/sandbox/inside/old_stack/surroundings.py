"""What surrounds the submission's text: modules under old names, names in modules, `compile`, warnings."""

from __future__ import annotations

import ast
import builtins
import importlib
import importlib.machinery
import sys
import types
import warnings
from typing import Any, Callable

from .names import MODULES
from .notes import Notes


class OldModules:
    """The names under which Python 2 had some modules."""

    def __init__(self, stack: Notes) -> None:
        self.stack = stack

    def find_spec(self, fullname: str, path: Any, target: Any = None) -> Any:
        if fullname not in MODULES or self.stack.place() is None:
            return None
        self.stack.note("module", fullname)
        return importlib.machinery.ModuleSpec(fullname, self)  # type: ignore[arg-type]

    def create_module(self, spec: Any) -> types.ModuleType:
        return importlib.import_module(MODULES[spec.name])

    def exec_module(self, module: types.ModuleType) -> None:
        pass


def serve_names(module: types.ModuleType, names: dict[str, Any], stack: Notes, kind: str) -> None:
    """Let the submission's files find `names` in a module that has them no more."""
    original = getattr(module, "__getattr__", None)

    def find(name: str) -> Any:
        if names.get(name) is not None and sys._getframe(1).f_code.co_filename in stack.files:
            stack.note(kind, name if kind == "numpy" else "%s.%s" % (module.__name__, name))
            return names[name]
        if original is not None:
            return original(name)
        raise AttributeError("module %r has no attribute %r" % (module.__name__, name))

    module.__getattr__ = find  # type: ignore[method-assign]


def compile_rewritten(files: set[str], rewrite: Callable[[ast.Module, str], ast.Module]) -> Any:
    """`compile` for text of the submission's files that an adapter runs (see `grader.checks.script`)."""
    original = builtins.compile

    def compile(source: Any, filename: Any, mode: str, *arguments: Any, **named: Any) -> Any:
        if type(source) is str and mode == "exec" and filename in files and not arguments:  # ast.parse has flags
            source = rewrite(ast.parse(source, filename), filename)
        return original(source, filename, mode, *arguments, **named)

    return compile


def warn_of_the_submission(stack: Notes) -> None:
    """Have warnings that come up in here name the submission's line."""
    original = warnings.formatwarning

    def formatted(message: Any, category: Any, filename: str, lineno: int, line: str | None = None) -> str:
        place = stack.place() if filename == "<adaptation>" else None
        return original(message, category, *(place or (filename, lineno)), line)

    warnings.formatwarning = formatted
