"""How the files of a submission import each other: dotted names, dependencies, relative imports."""

import ast
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from grader.submissions.source_file import SourceFile
from grader.submissions.submission import SourceUnit
from grader.submissions.syntax import Import, edit, parse


class Siblings:
    """The modules of a submission under the names by which they may be imported.

    A script's own folder comes first on Python's path, the root of a project is usually there as well; and a root with
    an `__init__.py` is itself a package. Students mix all three, so a module has a name for each of them.
    """

    def __init__(self, modules: Iterable[SourceFile], root_name: str) -> None:
        self._modules = {module.file: module for module in modules}
        self._root_name = root_name
        self._by_name = self._names([""])

    def modules(self, entries: Sequence[SourceFile]) -> Mapping[str, SourceUnit]:
        """Every importable module by dotted name, as seen by `entries`."""
        folders = [_folder(entry.file) for entry in entries]
        return {
            name: absolute_imports(self._modules[file].units[0], _package(name, file))
            for name, file in self._names([*folders, ""]).items()
        }

    def package_of(self, file: str) -> str:
        """The package that the relative imports of a file start from, "" at top level."""
        folder = _folder(file)
        return folder.replace("/", ".") if _is_dotted(folder.replace("/", ".")) else ""

    def imported(self, source: SourceFile) -> Iterator[tuple[SourceFile, Import]]:
        """The siblings that a file imports at top level."""
        for found in source.imports:
            module = absolute_name(found.module, found.level, self.package_of(source.file))
            submodules = [f"{module}.{name}" if module else name for name, _ in found.names]
            for name in (module, *submodules):
                for candidate in (name, f"{self.package_of(source.file)}.{name}"):
                    file = self._by_name.get(candidate)
                    if file is not None and file != source.file:
                        yield self._modules[file], found

    def in_dependency_order(self, sources: Iterable[SourceFile]) -> list[SourceFile]:
        """The sources and what they import, imported files first; cycles are cut where they close."""
        ordered: dict[str, SourceFile] = {}
        begun: set[str] = set()
        for start in sources:
            stack = [(start, self.imported(start))] if start.file not in begun else []
            begun.add(start.file)
            while stack:
                source, pending = stack[-1]
                following = next((module for module, _ in pending if module.file not in begun), None)
                if following is None:
                    ordered[source.file] = source
                    stack.pop()
                else:
                    begun.add(following.file)
                    stack.append((following, self.imported(following)))
        return list(ordered.values())

    def _names(self, folders: Iterable[str]) -> dict[str, str]:
        """Dotted name to file, the first of `folders` that has one wins."""
        names: dict[str, str] = {}
        for folder in dict.fromkeys(folders):
            prefix = f"{folder}/" if folder else ""
            for file in self._modules:
                if file.startswith(prefix) and (name := _dotted(file[len(prefix) :])):
                    names.setdefault(name, file)
        if self._root_name.isidentifier() and self._imports_root():
            for file in self._modules:
                name = ".".join(part for part in (self._root_name, _dotted(file)) if part)
                if _is_dotted(name) and (_dotted(file) or file == "__init__.py"):
                    names.setdefault(name, file)
        return names

    def _imports_root(self) -> bool:
        """Whether the root is used as a package: by its `__init__.py`, or by somebody's import."""
        return "__init__.py" in self._modules or any(
            found.module.partition(".")[0] == self._root_name
            for module in self._modules.values()
            for found in module.imports
        )


def with_parents(units: Mapping[str, SourceUnit]) -> Mapping[str, SourceUnit]:
    """The importable units, with an empty package for every parent that has no `__init__.py`."""
    complete = {name: unit for name, unit in units.items() if _is_dotted(name)}
    for name in [*complete]:
        for parent in _parents(name):
            file = f"{parent.replace('.', '/')}/__init__.py"
            complete.setdefault(parent, SourceUnit(file, "", "", file))
    return complete


def absolute_name(module: str, level: int, package: str) -> str:
    """The dotted name that `from <level dots><module> import …` means in `package`; too many dots mean the top."""
    if level == 0:
        return module
    parts = package.split(".") if package else []
    base = parts[: max(0, len(parts) - level + 1)]
    return ".".join([*base, module] if module else base)


def absolute_imports(unit: SourceUnit, package: str) -> SourceUnit:
    """The unit with relative imports spelled out, so that it runs outside its package as well; lines stay."""
    if not re.search(r"\bfrom[\s\\]*\.", unit.source) or (tree := parse(unit.source)) is None:
        return unit
    edits = [
        (node, lambda text, node=node: _absolute(text, node, package))
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.level
    ]
    return replace(unit, source=edit(unit.source, edits))


_RELATIVE = re.compile(r"from[\s\\]*[.\s\\]+[\w.\s\\]*?[\s\\.]import\b")


def _absolute(text: str, node: ast.ImportFrom, package: str) -> str:
    module = absolute_name(node.module or "", node.level, package)
    if module:
        return _RELATIVE.sub(f"from {module} import", text, count=1)
    names = [ast.unparse(alias) for alias in node.names if alias.name != "*"]
    return f"import {', '.join(names)}" if names else "pass"


def _folder(file: str) -> str:
    return file.rpartition("/")[0]


def _dotted(file: str) -> str:
    """ "pkg/layers.py" -> "pkg.layers", "pkg/__init__.py" -> "pkg"; "" for what cannot be imported."""
    parts = [*PurePosixPath(file).with_suffix("").parts]
    if parts[-1:] == ["__init__"]:
        parts.pop()
    name = ".".join(parts)
    return name if _is_dotted(name) else ""


def _is_dotted(name: str) -> bool:
    return all(part.isidentifier() for part in name.split("."))


def _package(name: str, file: str) -> str:
    return name if file.endswith("__init__.py") else name.rpartition(".")[0]


def _parents(name: str) -> Iterator[str]:
    while name := name.rpartition(".")[0]:
        yield name
