"""What a submission shows of itself without being run: definitions with their parameters, variables, imports."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field

from grader.submissions import Submission
from grader.submissions.syntax import module_level, parse
from grader.submissions.unwritten import unwritten

_MAX_NAMES = 5_000  # of each kind; more is nobody's homework
_MAX_PARAMETERS = 40
_MAX_ANCESTORS = 10


@dataclass
class Traits:
    """What is known of a submission.

    Attributes:
        definitions: functions, classes and `Class.method`s -> parameters, without the `self` of a method; of the last
            definition of a name.
        methods: of each class, those in `definitions`.
        bases: of each class, by name.
        left_open: definitions that are still to be written.
        variables: assigned at top level.
        imported: modules, and names out of modules.
    """

    definitions: dict[str, tuple[str, ...]] = field(default_factory=dict)
    methods: dict[str, dict[str, tuple[str, ...]]] = field(default_factory=dict)
    bases: dict[str, tuple[str, ...]] = field(default_factory=dict)
    left_open: set[str] = field(default_factory=set)
    variables: set[str] = field(default_factory=set)
    imported: set[str] = field(default_factory=set)

    @property
    def classes(self) -> dict[str, dict[str, tuple[str, ...]]]:
        """The methods of each class, `__init__` too, but of those that others are derived from."""
        derived = {base for bases in self.bases.values() for base in bases}
        return {
            name: {**self.methods.get(name, {}), "__init__": self.definitions[name]}
            for name in self.bases
            if name not in derived
        }

    def add(self, name: str, parameters: tuple[str, ...]) -> None:
        """Note a definition."""
        self.definitions[name] = parameters
        owner, _, member = name.rpartition(".")
        if owner:
            self.methods.setdefault(owner, {})[member] = parameters


def traits_of(submission: Submission) -> Traits:
    """The traits of everything that was handed in, what runs and what is imported by it."""
    found = Traits()
    for unit in (*submission.modules.values(), *submission.units):
        tree = parse(unit.source)
        for statement in module_level(tree.body if tree else []):
            if max(len(found.definitions), len(found.variables), len(found.imported)) > _MAX_NAMES:
                return found
            _note(statement, found)
        found.left_open.update(name for name, is_open in unwritten(unit.source).items() if is_open)
    _inherit(found)
    return found


def _inherit(found: Traits) -> None:
    """A class has the methods of a class that it is derived from, of those in the submission."""
    for _ in range(_MAX_ANCESTORS):
        inherited = {
            f"{name}.{member}": parameters
            for name, bases in found.bases.items()
            for base in bases
            for member, parameters in found.methods.get(base, {}).items()
            if f"{name}.{member}" not in found.definitions
        }
        if not inherited or len(found.definitions) + len(inherited) > _MAX_NAMES:
            return
        for name, parameters in inherited.items():
            found.add(name, parameters)


def _note(statement: ast.stmt, found: Traits) -> None:
    match statement:
        case ast.FunctionDef():
            found.add(statement.name, _parameters(statement))
        case ast.ClassDef():
            found.add(statement.name, ())
            found.bases[statement.name] = tuple(
                base.id for base in statement.bases[:_MAX_ANCESTORS] if isinstance(base, ast.Name)
            )
            for member in statement.body[:_MAX_NAMES]:
                if isinstance(member, ast.FunctionDef):
                    own = _parameters(member)
                    own = own if _is_static(member) else own[1:]
                    name = statement.name if member.name == "__init__" else f"{statement.name}.{member.name}"
                    found.add(name, own)
        case ast.Assign(targets=targets):
            found.variables.update(name for target in targets for name in _names(target))
        case ast.AnnAssign(target=ast.Name(id=name)):
            found.variables.add(name)
        case ast.Import(names=names):
            found.imported.update(alias.name for alias in names)
        case ast.ImportFrom(module=str(module), names=names):
            found.imported.update((module, *(alias.name for alias in names)))


def _parameters(function: ast.FunctionDef) -> tuple[str, ...]:
    written = function.args
    names = [argument.arg for argument in (*written.posonlyargs, *written.args, *written.kwonlyargs)]
    return tuple(names[:_MAX_PARAMETERS])


def _is_static(function: ast.FunctionDef) -> bool:
    return any(isinstance(node, ast.Name) and node.id == "staticmethod" for node in function.decorator_list)


def _names(target: ast.expr) -> Iterator[str]:
    """The names that an assignment binds; what is nested deeper than any tree that `parse` gives cannot come."""
    match target:
        case ast.Name(id=name):
            yield name
        case ast.Tuple(elts=elements) | ast.List(elts=elements):
            for element in elements:
                yield from _names(element)
        case ast.Starred(value=value):
            yield from _names(value)
