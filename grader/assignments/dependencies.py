"""Which functions of the contract the solution's functions are built on."""

import ast
from collections.abc import Collection, Mapping

from grader.submissions.syntax import is_text
from grader.submissions.trees import walk


def callees(source: str | bytes, names: Collection[str]) -> Mapping[str, frozenset[str]]:
    """For each name, the others of `names` that its code reaches, through helper functions too.

    Methods are looked at under their own name, `Class.method`; a class reaches what its constructor does.
    """
    direct: dict[str, set[str]] = {}
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef):
            direct[node.name] = _mentioned(node)
        elif isinstance(node, ast.ClassDef):
            direct[node.name] = set()
            for member in node.body:
                if isinstance(member, ast.FunctionDef):
                    own = node.name if member.name == "__init__" else f"{node.name}.{member.name}"
                    direct[own] = {
                        f"{node.name}.{name[5:]}" if name.startswith("self.") else name for name in _mentioned(member)
                    }
    return {name: frozenset(_reach(name, direct) & set(names) - {name}) for name in names}


def steps_behind_methods(source: str | bytes, names: Collection[str]) -> Mapping[str, str]:
    """Method, of `names` -> the function that it hands its arguments to, and does nothing else.

    Who calls that function instead asks for the same.
    """
    found: dict[str, str] = {}
    for owner in ast.parse(source).body:
        if not isinstance(owner, ast.ClassDef):
            continue
        for member in owner.body:
            if isinstance(member, ast.FunctionDef):
                name = f"{owner.name}.{member.name}"
                if name in names and (step := _handed_to(member)):
                    found[name] = step
    return found


def _handed_to(method: ast.FunctionDef) -> str:
    """The function that a method is another name for; "" if it is none."""
    body = [statement for statement in method.body if not is_text(statement)]
    if len(body) != 1 or not isinstance(body[0], ast.Return) or not isinstance(body[0].value, ast.Call):
        return ""
    call, own = body[0].value, [argument.arg for argument in method.args.args[1:]]
    given = [argument.id if isinstance(argument, ast.Name) else "" for argument in call.args]
    is_plain = own == given and not call.keywords and not method.args.kwonlyargs and not method.args.defaults
    return call.func.id if is_plain and isinstance(call.func, ast.Name) else ""


def defined_functions(source: str | bytes) -> tuple[str, ...]:
    """Names of the functions, classes and methods (`Class.method`) that a module defines at its top level."""
    names: list[str] = []
    for node in ast.parse(source).body:
        if isinstance(node, ast.FunctionDef):
            names.append(node.name)
        elif isinstance(node, ast.ClassDef):
            members = [member.name for member in node.body if isinstance(member, ast.FunctionDef)]
            names += [node.name, *(f"{node.name}.{member}" for member in members if member != "__init__")]
    return tuple(names)


def _mentioned(node: ast.AST) -> set[str]:
    names = set()
    for part in walk(node):
        match part:
            case ast.Name(id=name):
                names.add(name)
            case ast.Attribute(value=ast.Name(id="self"), attr=member):
                names.add(f"self.{member}")
    return names


def _reach(name: str, direct: Mapping[str, set[str]]) -> set[str]:
    reached: set[str] = set()
    waiting = [name]
    while waiting:
        for other in direct.get(waiting.pop(), set()):
            if other not in reached:
                reached.add(other)
                waiting.append(other)
    return reached
