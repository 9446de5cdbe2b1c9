"""Functions that stand where a method should, and methods that stand where a function should.

A function of the contract may have been written into a class, or copied out of one with its `self`; a method may stand
beside its class. What is meant is beyond doubt where the parameters are those of the contract, so it is graded; an
adapter in the cell puts it into its place, and a remark tells.
"""

import ast
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from grader.assignments import ContractFunction
from grader.checks.adapter import Adapter
from grader.report import Location
from grader.submissions import Submission
from grader.submissions.syntax import parse


@dataclass(frozen=True)
class Misplaced:
    """One definition that is not where the contract has it: how to reach it, where it is, what to tell."""

    function: str
    adapter: Adapter
    place: Location
    remark: str


def misplaced(submission: Submission, contract: Sequence[ContractFunction]) -> Iterator[Misplaced]:
    """The functions and methods of the contract that only an adapter makes callable."""
    places = submission.definitions()
    for function in contract:
        owner, _, name = function.name.rpartition(".")
        if function.kind == "function":
            found = _with_self(function, submission, places) or _in_a_class(function, submission, places)
        elif function.kind == "method" and owner in places and function.name not in places and name in places:
            found = _beside_its_class(function, submission, places)
        else:
            continue
        if found is not None:
            yield found


def _with_self(function: ContractFunction, submission: Submission, places: Mapping[str, Location]) -> Misplaced | None:
    name = function.name
    definition = _definition(name, submission, places)
    if definition is None or not _takes(definition, ("self", *function.parameters)):
        return None
    source = f"""
def {name}{function.signature}:
    return _written(type("self", (), {{}})(), {", ".join(function.parameters)})
"""
    return _told(
        name,
        f"_written = {name}\n" + source.replace("_written(", f"{name}._written(") + f"\n{name}._written = _written\n",
        places[name],
        f"`{name}` takes a `self`, but stands in no class: it was called with an empty object for it",
    )


def _in_a_class(function: ContractFunction, submission: Submission, places: Mapping[str, Location]) -> Misplaced | None:
    owners = [place for place in places if place.endswith(f".{function.name}")]
    if function.name in places or len(owners) != 1:
        return None
    definition = _definition(owners[0], submission, places)
    if definition is None:
        return None
    owner, arguments = owners[0].rpartition(".")[0], ", ".join(function.parameters)
    is_static = any(isinstance(node, ast.Name) and node.id == "staticmethod" for node in definition.decorator_list)
    if _takes(definition, function.parameters):  # a static method, or one that was given no `self`
        call = f"    return {owner}.{function.name}({arguments})\n"
    elif not is_static and _takes(definition, (_first(definition), *function.parameters)):
        call = f"""
    try:
        owner = {owner}()
    except Exception:
        owner = {owner}.__new__({owner})
    return owner.{function.name}({arguments})
"""
    else:
        return None
    return _told(
        function.name,
        f"def {function.name}{function.signature}:\n{call}",
        places[owners[0]],
        f"`{function.name}` stands in the class `{owner}`: it was called there",
    )


def _beside_its_class(
    function: ContractFunction, submission: Submission, places: Mapping[str, Location]
) -> Misplaced | None:
    owner, _, name = function.name.rpartition(".")
    definition = _definition(name, submission, places)
    if definition is None or not _takes(definition, ("self", *_without_self(function.parameters))):
        return None
    return _told(
        function.name,
        f"if not hasattr({owner}, {name!r}):\n    {owner}.{name} = {name}\n",
        places[name],
        f"`{name}` stands beside the class `{owner}`: it was taken for its method",
    )


def _told(function: str, source: str, place: Location, remark: str) -> Misplaced:
    return Misplaced(function, Adapter(f"<{function}>", source), place, f"{place}: {remark}")


def _definition(name: str, submission: Submission, places: Mapping[str, Location]) -> ast.FunctionDef | None:
    """The definition that `places` locates, if it may be a method: most are none, and are not looked into."""
    place = places.get(name)
    for unit in (*submission.units, *submission.modules.values()):
        if place is None or (unit.file, unit.cell) != (place.file, place.cell):
            continue
        if "." not in name and f"def {name}(self" not in unit.source:
            continue
        tree = parse(unit.source)
        for node in ast.walk(tree) if tree else ():
            if isinstance(node, ast.FunctionDef) and node.lineno == place.line:
                return node
    return None


def _takes(definition: ast.FunctionDef, names: Sequence[str]) -> bool:
    """Whether the parameters are as many as these, a first `self` among them where one is."""
    arguments = definition.args
    if arguments.vararg or arguments.kwarg or arguments.kwonlyargs:
        return False
    own = [argument.arg for argument in (*arguments.posonlyargs, *arguments.args)]
    return len(own) == len(names) and (own[:1] == ["self"]) == (list(names[:1]) == ["self"])


def _first(definition: ast.FunctionDef) -> str:
    """The name of the first parameter: `self`, or `cls` of a class method."""
    return definition.args.args[0].arg if definition.args.args else ""


def _without_self(parameters: Sequence[str]) -> Sequence[str]:
    return parameters[1:] if parameters[:1] == ("self",) else parameters
