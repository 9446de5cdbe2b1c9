"""What a submission defines itself stays there, though it imports the same name from a file that was not handed in."""

import ast
import sys
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from grader.submissions.provided import LIBRARIES
from grader.submissions.submission import SourceUnit, Submission, first_remarks
from grader.submissions.syntax import Edit, edit, module_level, parse


@dataclass(frozen=True)
class _Replaced:
    """An import of names that are defined above it, with the places of their definitions."""

    statement: ast.ImportFrom
    places: Mapping[str, str]


def with_own_definitions(submission: Submission, provided: Collection[str]) -> Submission:
    """The submission without imports that would put what is not there in the place of a definition above them.

    A remark tells of each. There are libraries, and the modules that were handed in or are `provided`.
    """
    there = {name.partition(".")[0] for name in (*submission.modules, *provided)} | LIBRARIES | sys.stdlib_module_names
    defined: dict[str, str] = {}
    units, remarks = [], []
    for unit in submission.units:
        found = [*_replaced(unit, defined, there)]
        units.append(replace(unit, source=edit(unit.source, map(_without, found))) if found else unit)
        for one in found:
            names = " and ".join(f"the `{name}` of {place}" for name, place in one.places.items())
            remarks.append(
                f"{_place(unit, one.statement.lineno)}: the import from `{one.statement.module}`, which was not handed "
                f"in, would replace {names}, and was left out"
            )
    if not remarks:
        return submission
    return replace(submission, units=tuple(units), remarks=first_remarks([*submission.remarks, *remarks]))


def _replaced(unit: SourceUnit, defined: dict[str, str], there: Collection[str]) -> Iterator[_Replaced]:
    """The imports of a unit that replace what is `defined`, name by name with its place; its own are added."""
    tree = parse(unit.source)
    for statement in module_level(tree.body) if tree else ():
        match statement:
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                defined[name] = _place(unit, statement.lineno)
            case ast.ImportFrom(level=0, module=str(module)) if module.partition(".")[0] not in there:
                bound = [alias.asname or alias.name for alias in statement.names]
                if places := {name: defined[name] for name in bound if name in defined}:
                    yield _Replaced(statement, places)


def _without(found: _Replaced) -> Edit:
    kept = [alias for alias in found.statement.names if (alias.asname or alias.name) not in found.places]
    text = ast.unparse(ast.ImportFrom(found.statement.module, kept, 0)) if kept else "pass"
    return found.statement, lambda _: text


def _place(unit: SourceUnit, line: int) -> str:
    return f"cell {unit.cell}, line {line}" if unit.cell is not None else f"line {line}"
