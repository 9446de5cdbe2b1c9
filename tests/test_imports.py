"""Imports go one way: between modules there is no circle, nor between rooms, also where a type checker alone looks."""

import ast
import functools
from collections.abc import Mapping, Set
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
Graph = Mapping[str, Set[str]]


def modules(package: str) -> dict[str, Path]:
    """Dotted name -> file, of a package and everything below it but examples: those are students' texts."""
    own = (path for path in (ROOT / package).rglob("*.py") if "examples" not in path.relative_to(ROOT).parts)
    paths = {".".join(path.relative_to(ROOT).with_suffix("").parts): path for path in own}
    return {name.removesuffix(".__init__"): path for name, path in paths.items()}


@functools.cache
def imports(package: str) -> Graph:
    """Module -> the modules of the package that it names in imports, wherever these stand."""
    known = modules(package)
    return {name: imported(name, path, known) - {name} for name, path in known.items()}


def imported(name: str, path: Path, known: Mapping[str, Path]) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                own = name if path.name == "__init__.py" else name.rpartition(".")[0]
                above = own.split(".")[: len(own.split(".")) - node.level + 1]
                base = ".".join([*above, *([node.module] if node.module else [])])
            inner = {f"{base}.{alias.name}" for alias in node.names}
            found |= (inner & known.keys()) | ({base} if inner - known.keys() else set())
    return found & known.keys()


def circle(graph: Graph) -> list[str]:
    """A way from a module back to itself, or nothing."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return [*error.args[1]]
    return []


def rooms(graph: Graph) -> Graph:
    """The same between `grader.checks` and `grader.diagnosis`, say; the package's own face, `grader`, is no room."""
    found: dict[str, set[str]] = {}
    for module, others in graph.items():
        room = found.setdefault(".".join(module.split(".")[:2]), set())
        room |= {".".join(other.split(".")[:2]) for other in others}
    return {room: others - {room} for room, others in found.items()}


@pytest.mark.parametrize("package", ["grader", "reference", "assignments"])
def test_no_module_imports_what_imports_it(package):
    assert circle(imports(package)) == []


def test_no_room_imports_one_that_imports_it():
    assert circle(rooms(imports("grader"))) == []


def test_a_circle_is_found():
    graph = {"a": {"b"}, "b": {"c", "d"}, "c": {"d"}, "d": {"b"}}
    assert {*circle(graph)} >= {"b", "d"}
    assert circle({"a": {"b"}, "b": set()}) == []
