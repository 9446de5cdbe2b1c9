"""Does the solution take what the contract says? Students write what they read there, and checks call it."""

import ast
import inspect
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from grader.assignments import Assignment, ContractFunction
from grader.validation.outcome import Outcome

_UNKNOWN = object()  # a default that is no literal


@dataclass(frozen=True)
class _Parameter:
    name: str
    kind: inspect._ParameterKind
    default: Any = inspect.Parameter.empty

    def __str__(self) -> str:
        if self.kind is inspect.Parameter.VAR_POSITIONAL:
            return f"*{self.name}"
        return f"**{self.name}" if self.kind is inspect.Parameter.VAR_KEYWORD else self.name


def compare_signatures(assignment: Assignment) -> list[Outcome]:
    """An outcome for every function of the contract; where both come from one notebook there is nothing to compare."""
    if assignment.notebook is not None:
        return []
    return [_outcome(function, assignment.solution) for function in assignment.contract]


def _outcome(function: ContractFunction, solution: ModuleType) -> Outcome:
    target, is_bound = _target(function, solution)
    try:
        own = _parameters(inspect.signature(target))[1 if is_bound else 0 :]
    except (TypeError, ValueError):  # something that has no signature to read
        return Outcome(function.name, "not compared")
    declared = _declared(function.signature)
    problems = tuple(_differences(declared, own))
    return Outcome(function.name, "differs" if problems else "as declared", problems, _place(target, function))


def _target(function: ContractFunction, solution: ModuleType) -> tuple[Callable[..., Any], bool]:
    """What the solution has of that name, and whether its first parameter is the instance."""
    owner, _, attribute = function.name.rpartition(".")
    holder = getattr(solution, owner) if owner else solution
    is_static = isinstance(inspect.getattr_static(holder, attribute), staticmethod | classmethod)
    return getattr(holder, attribute), bool(owner) and not is_static


def _declared(signature: str) -> list[_Parameter]:
    arguments = ast.parse(f"def f{signature}: ...").body[0].args  # type: ignore[attr-defined]
    positional = [*arguments.posonlyargs, *arguments.args]
    defaults = [*[None] * (len(positional) - len(arguments.defaults)), *arguments.defaults]
    found = [
        _Parameter(argument.arg, inspect.Parameter.POSITIONAL_OR_KEYWORD, _literal(default))
        for argument, default in zip(positional, defaults, strict=True)
    ]
    if arguments.vararg:
        found.append(_Parameter(arguments.vararg.arg, inspect.Parameter.VAR_POSITIONAL))
    found += [
        _Parameter(argument.arg, inspect.Parameter.KEYWORD_ONLY, _literal(default))
        for argument, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)
    ]
    if arguments.kwarg:
        found.append(_Parameter(arguments.kwarg.arg, inspect.Parameter.VAR_KEYWORD))
    return found


def _literal(default: ast.expr | None) -> Any:
    if default is None:
        return inspect.Parameter.empty
    try:
        return ast.literal_eval(default)
    except ValueError:
        return _UNKNOWN


def _parameters(signature: inspect.Signature) -> list[_Parameter]:
    def kind(parameter: inspect.Parameter) -> inspect._ParameterKind:
        by_position = parameter.kind is inspect.Parameter.POSITIONAL_ONLY
        return inspect.Parameter.POSITIONAL_OR_KEYWORD if by_position else parameter.kind

    return [_Parameter(p.name, kind(p), p.default) for p in signature.parameters.values()]


def _differences(declared: Sequence[_Parameter], own: Sequence[_Parameter]) -> list[str]:
    names, own_names = list(map(str, declared)), list(map(str, own))
    if names != own_names:
        same = sorted(names) == sorted(own_names)
        how = "in another order" if same else "other parameters"
        return [f"{how}: the contract has ({', '.join(names)}), the solution ({', '.join(own_names)})"]
    return [
        difference
        for one, other in zip(declared, own, strict=True)
        if (difference := _difference(one, other)) is not None
    ]


def _difference(declared: _Parameter, own: _Parameter) -> str | None:
    if declared.kind != own.kind:
        by_name = "contract" if declared.kind is inspect.Parameter.KEYWORD_ONLY else "solution"
        return f"`{declared.name}` is given by its name alone in the {by_name}, not in the other"
    has, has_own = (default is not inspect.Parameter.empty for default in (declared.default, own.default))
    if has != has_own:
        return f"`{declared.name}` has a default in the {'contract' if has else 'solution'} alone"
    if declared.default is not _UNKNOWN and type(own.default) in _COMPARABLE and declared.default != own.default:
        return f"`{declared.name}` is {declared.default!r} by default in the contract, {own.default!r} in the solution"
    return None


_COMPARABLE = (bool, int, float, str, type(None), tuple, list, dict)


def _place(target: Callable[..., Any], function: ContractFunction) -> str:
    """Both places: the contract may be what is meant, or the solution."""
    code = getattr(getattr(target, "__init__", target) if inspect.isclass(target) else target, "__code__", None)
    own = f", solution.py, line {code.co_firstlineno}" if code is not None else ""
    return f"contract.py, line {function.line}{own}"
