"""Classes of a submission by their methods, and which of them is one that is asked for, under another name."""

import ast
from collections import Counter
from collections.abc import Iterable, Mapping

from grader.submissions.submission import Submission
from grader.submissions.syntax import module_level, parse

Methods = Mapping[str, tuple[str, ...]]  # name -> parameters without the `self`; "__init__" too

_MOST = 200  # classes; more is nobody's homework
_SHARED, _SHARE = 2, 0.5  # methods of one that is asked for: how many at least, and what part of all
_TELLING = 2  # parameters of a constructor that nobody writes by accident


def classes_of(submission: Submission) -> dict[str, dict[str, tuple[str, ...]]]:
    """Each class with the methods that it defines itself; without those that other classes are derived from."""
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    bases: set[str] = set()
    for unit in (*submission.modules.values(), *submission.units):
        tree = parse(unit.source) if "class" in unit.source else None
        for statement in module_level(tree.body) if tree else ():
            if isinstance(statement, ast.ClassDef) and len(found) < _MOST:
                members = [member for member in statement.body if isinstance(member, ast.FunctionDef)]
                found[statement.name] = {member.name: parameters_of(member)[1:] for member in members}
                bases |= {base.id for base in statement.bases if isinstance(base, ast.Name)}
    return {name: methods for name, methods in found.items() if name not in bases}


def methods_asked(functions: Iterable[tuple[str, tuple[str, ...]]]) -> dict[str, dict[str, tuple[str, ...]]]:
    """Each class among functions `Class.method` and classes, which are given with the parameters of `__init__`."""
    asked: dict[str, dict[str, tuple[str, ...]]] = {}
    for name, parameters in functions:
        owner, _, method = name.partition(".")
        asked.setdefault(owner, {})[method or "__init__"] = tuple(parameters)
    return {name: methods for name, methods in asked.items() if methods.keys() - {"__init__"}}


def parameters_of(function: ast.FunctionDef) -> tuple[str, ...]:
    """The names of its parameters, without those that gather more."""
    written = function.args
    return tuple(argument.arg for argument in (*written.posonlyargs, *written.args, *written.kwonlyargs))


def alike(asked: Mapping[str, Methods], written: Mapping[str, Methods]) -> dict[str, str]:
    """Of classes that are asked for and not there, the one that is there instead, where it can be no other.

    It has half of the methods. It is made of the same things, or has two of the methods, one of which, with its
    parameters, is asked for in no other class: that something goes forward and backward tells nothing among layers.
    """
    absent = {name: methods for name, methods in asked.items() if name not in written}
    others = {name: methods for name, methods in written.items() if name not in asked}
    common = Counter(name for methods in asked.values() for name in methods)
    scores = {
        (name, other): score
        for name, methods in absent.items()
        for other, own in others.items()
        if (score := _likeness(methods, own, common))
    }
    found = {}
    for (name, other), score in scores.items():
        rivals = [s for pair, s in scores.items() if pair != (name, other) and (pair[0] == name or pair[1] == other)]
        if score > max(rivals, default=0):
            found[name] = other
    return found


def _likeness(asked: Methods, own: Methods, common: Mapping[str, int]) -> int:
    """How many methods, and parameters of these, two classes have in common; 0 if that may be by accident."""
    shared = [name for name in asked if name in own and name != "__init__"]
    equal = [name for name in asked if name in own and _plain(asked[name]) == _plain(own[name])]
    is_made_alike = "__init__" in equal and len(asked["__init__"]) >= _TELLING
    is_telling = any(common[name] == 1 for name in equal if name != "__init__")
    wanted = len([name for name in asked if name != "__init__"])
    is_half = shared and len(shared) >= _SHARE * wanted
    is_it = is_half and (is_made_alike or (is_telling and len(shared) >= _SHARED))
    return len(shared) + len(equal) if is_it else 0


def _plain(parameters: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name.lower() for name in parameters)
