"""What lies between a check and a function of a submission: arguments that it changes, and arguments that are objects.

Arguments travel by value, so what a submission does to one is lost unless it is asked for. A contract says
`@updates("bn_param")`; checks then get that argument behind the other results. In the cell an adapter calls the
student's function and returns the argument as well; a solution is written so that it returns it by itself.

Some arguments of a course are objects with methods. `@made(dataset=_Words)` has the adapter make one of the value that
a check gives, with a class that stands in the contract.
"""

import ast
from collections.abc import Iterator, Sequence
from textwrap import indent

from grader.assignments import ContractFunction
from grader.checks.adapter import Adapter
from grader.checks.loaded import LoadedSubmission
from grader.sandbox import CellFailure

_MAKE = """\
{made}
    names = {parameters!r}
    makers = {makers}
    arguments = [makers[n](a) if n in makers else a for n, a in zip(names, arguments)] + [*arguments[len(names):]]
    named = {{n: makers[n](a) if n in makers else a for n, a in named.items()}}
"""
_CALL = """\
def {target}({instance}*arguments, **named):
{make}    result = {name}(*arguments, **named)
"""
_RETURN = """\
    names = {parameters!r}
    changed = tuple(named[names[i]] if names[i] in named else arguments[i] for i in {positions!r})
    if not {returns!r} and result is None:
        return changed if len(changed) > 1 else changed[0]
    has_several = type(result) in (tuple, list)
    last = result[-1] if has_several and result else result
    is_without = has_several and len(result) == {outputs!r}
    if result is None or (changed[-1] is last and not is_without):
        return result
    values = result if has_several and {has_outputs!r} else (result,)
    return (*values, *changed)
"""


def target_of(function: ContractFunction | None, name: str) -> str:
    """What is called in a cell for a function of a submission, or for a method that has an adapter."""
    return f"__grader_adapted_{name.replace('.', '_')}__" if is_adapted(function) else name


def is_adapted(function: ContractFunction | None) -> bool:
    """Whether an adapter is called in its place; that of a method is given the instance first."""
    return function is not None and bool(function.updates or function.made)


def argument_adapters(contract: Sequence[ContractFunction]) -> Iterator[Adapter]:
    """What is run after a submission so that such functions can be asked."""
    for function in contract:
        if is_adapted(function):
            owner, _, method = function.name.rpartition(".")
            source = _CALL.format(
                target=target_of(function, function.name),
                instance="instance, " if owner else "",
                name=f"instance.{method}" if owner else function.name,
                make=_making(function),
            )
            if function.updates:
                source += _RETURN.format(
                    parameters=function.parameters,
                    positions=tuple(function.parameters.index(name) for name in function.updates),
                    returns=function.returns,
                    outputs=function.outputs,
                    has_outputs=function.outputs is not None,
                )
            else:
                source += "    return result\n"
            yield Adapter(f"<{function.name}, adapted>", source)


def _making(function: ContractFunction) -> str:
    if not function.made:
        return ""
    makers = ", ".join(f"{parameter!r}: {name}" for parameter, name, _ in function.made)
    classes = "\n".join(dict.fromkeys(text for _, _, text in function.made))
    return _MAKE.format(made=indent(classes, "    "), parameters=function.parameters, makers=f"{{{makers}}}")


def arguments_taken(contract: Sequence[ContractFunction], loaded: LoadedSubmission) -> dict[str, int]:
    """Of functions that lack such parameters, how many arguments they are to be given; all others are not in it."""
    declared = [function for function in contract if function.may_lack]
    try:
        names = loaded.names() if declared else {}
    except CellFailure:  # that is told where functions are looked for
        return {}
    found: dict[str, int] = {}
    for function in declared:
        accepted = _positional(names[function.name].signature) if function.name in names else None
        if accepted is not None and accepted < len(function.parameters):
            found[function.name] = max(accepted, len(function.parameters) - len(function.may_lack))
    return found


def _positional(signature: str | None) -> int | None:
    """How many positional parameters are in a signature; None where there is no bound, or it cannot be read."""
    try:
        arguments = ast.parse(f"def f{signature}: ...").body[0].args  # type: ignore[attr-defined]
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        return None
    return None if arguments.vararg else len(arguments.posonlyargs) + len(arguments.args)
