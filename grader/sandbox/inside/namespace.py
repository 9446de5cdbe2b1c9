"""The submission as a module: one namespace that its units run in, and its importable siblings."""

from __future__ import annotations

import ast
import builtins
import importlib.abc
import importlib.machinery
import inspect
import linecache
import sys
import types
from typing import Any, Callable, Sequence

from . import statements

MODULE_NAME = "submission"
MAX_NAMES = 2_000
MAX_SIGNATURE = 500


def as_it_is(tree: ast.Module, filename: str) -> ast.Module:
    return tree


class Dialect:
    """How the submission's text is run: as Python is today, unless it is retried as of an older day."""

    def __init__(self) -> None:
        self.builtins: Any = builtins
        self.rewrite: Callable[[ast.Module, str], ast.Module] = as_it_is

    def readable(self, source: str, filename: str) -> str | ast.Module:
        """What is to be compiled: the text itself, without a detour by its tree, wherever that is the same."""
        is_moved = ":cell " in filename and "__future__" in source
        if self.rewrite is as_it_is and not is_moved:
            return source
        tree = ast.parse(source, filename)
        if is_moved:
            tree.body.sort(key=_is_ordinary)
        return self.rewrite(tree, filename)


class Namespace:
    """Runs source in a module that behaves like an imported one: pickling, dataclasses and inspect work."""

    def __init__(self) -> None:
        self.module = types.ModuleType(MODULE_NAME)
        self.values: dict[str, Any] = self.module.__dict__
        self.values["__builtins__"] = builtins
        self.files: set[str] = set()
        self.with_classes: list[tuple[str, str]] = []  # texts with the word, whose classes have not been looked for yet
        self.classes: dict[str, tuple[str, int]] = {}  # a class does not know its line as a function does
        self.dialect = Dialect()
        self.finder = SiblingFinder(self.files, self.dialect)
        sys.modules[MODULE_NAME] = self.module
        sys.meta_path.insert(0, self.finder)  # like a script's own folder, before the standard library

    def run(self, source: str, filename: str) -> None:
        """Run a text; what stops it is raised in the end, when the statements below have been run all the same."""
        self.values["__file__"] = filename
        _note(source, filename, self.files)
        if "class" in source:
            self.with_classes.append((source, filename))
        error = statements.run(self.dialect.readable(source, filename), filename, self.values)
        if error is not None:
            raise error

    def find(self, dotted: str) -> Any:
        """The object with this name; raises NameError or AttributeError like the submission itself would."""
        first, *rest = dotted.split(".")
        if first not in self.values:
            raise NameError("name %r is not defined" % first)
        found = self.values[first]
        for name in rest:
            found = getattr(found, name)
        return found

    def describe(self) -> list[Any]:
        """[name, kind, type name, signature, filename, line] of what the namespace holds."""
        names = [name for name in self.values if type(name) is str and not name.startswith("__")]
        return [self._describe(name, self.values[name]) for name in names[:MAX_NAMES]]

    def _describe(self, name: str, obj: Any) -> list[Any]:
        kind = "value"
        filename: str | None = None
        line: int | None = None
        signature: str | None = None
        if issubclass(type(obj), types.ModuleType):
            kind = "module"
        elif issubclass(type(obj), type):
            kind = "class"
            filename, line = self._place_of_class(obj)
        elif callable(obj):
            kind = "function"
            filename, line = self._place_of_function(obj)
        if kind in ("class", "function"):
            signature = _signature(obj)
        return [name, kind, type(obj).__name__[:MAX_SIGNATURE], signature, filename, line]

    def _place_of_function(self, obj: Any) -> tuple[str | None, int | None]:
        try:
            code = inspect.unwrap(obj).__code__
            if code.co_filename in self.files:
                return code.co_filename, code.co_firstlineno
        except Exception:
            pass  # a callable without code of its own, or one that pretends
        return None, None

    def _place_of_class(self, obj: Any) -> tuple[str | None, int | None]:
        if type.__getattribute__(obj, "__module__") == MODULE_NAME:
            while self.with_classes:
                self.classes.update(_places_of_classes(*self.with_classes.pop(0)))
            return self.classes.get(type.__getattribute__(obj, "__name__"), (None, None))
        return None, None


def _signature(obj: Any) -> str | None:
    try:
        return str(inspect.signature(obj))[:MAX_SIGNATURE]
    except Exception:
        return None


def _note(source: str, filename: str, files: set[str]) -> None:
    files.add(filename)
    # For the submission's own tracebacks and inspect.getsource; an entry without a time is never dropped.
    linecache.cache[filename] = (len(source), None, source.splitlines(True), filename)


def _places_of_classes(source: str, filename: str) -> dict[str, tuple[str, int]]:
    """Name -> file and line of the classes in a text; none where it has no tree."""
    try:
        tree = statements.parsed(source, filename)
    except statements.STOPS:
        return {}
    return {node.name: (filename, node.lineno) for node in ast.walk(tree) if isinstance(node, ast.ClassDef)}


def _is_ordinary(node: ast.stmt) -> bool:
    """False for what must come first in a text; a notebook compiles statement by statement, so there it need not."""
    return not (isinstance(node, ast.ImportFrom) and node.module == "__future__")


class SiblingFinder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Imports the files that came with the submission from memory, relative imports included."""

    def __init__(self, files: set[str], dialect: Dialect) -> None:
        self.files = files
        self.dialect = dialect
        self.sources: dict[str, tuple[str, str]] = {}

    def define(self, modules: dict[str, tuple[str, str]]) -> None:
        """Add modules: dotted name -> (source, filename).  Folders without `__init__` become packages too."""
        self.sources.update(modules)
        for name in modules:
            while "." in name:
                name = name.rpartition(".")[0]
                self.sources.setdefault(name, ("", name.replace(".", "/") + "/__init__.py"))

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: Any = None
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname not in self.sources:
            return None
        filename = self.sources[fullname][1]
        is_package = filename.endswith("__init__.py")
        spec = importlib.machinery.ModuleSpec(fullname, self, origin=filename, is_package=is_package)
        spec.has_location = True
        return spec

    def exec_module(self, module: types.ModuleType) -> None:
        source, filename = self.sources[module.__name__]
        _note(source, filename, self.files)
        module.__dict__["__builtins__"] = self.dialect.builtins
        error = statements.run(self.dialect.readable(source, filename), filename, module.__dict__)
        if error is not None:
            line = statements.line_of(error, filename)
            print("%s, line %s: %s: %s" % (filename, line, type(error).__name__, error), file=sys.stderr)

    def get_source(self, fullname: str) -> str:
        return self.sources[fullname][0]
