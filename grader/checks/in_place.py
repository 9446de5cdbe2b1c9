"""Functions that change an argument in place: what is in it afterwards is one of their results.

Arguments travel by value, so what a submission does to one is lost unless it is asked for. A contract says
`@updates("bn_param")`; checks then get that argument behind the other results. In the cell an adapter calls the
student's function and returns the argument as well; a solution is written so that it returns it by itself.
"""

from collections.abc import Iterator, Sequence

from grader.assignments import ContractFunction
from grader.checks.adapter import Adapter

_SOURCE = """\
def {target}(*arguments, **named):
    result = {name}(*arguments, **named)
    names = {parameters!r}
    changed = tuple(named[names[i]] if names[i] in named else arguments[i] for i in {positions!r})
    if not {returns!r} and result is None:
        return changed if len(changed) > 1 else changed[0]
    has_several = type(result) in (tuple, list)
    last = result[-1] if has_several and result else result
    is_without = has_several and len(result) == {outputs!r}
    if result is None or (changed[-1] is last and not is_without):
        return result
    values = result if has_several and {outputs!r} is not None else (result,)
    return (*values, *changed)
"""


def target_of(function: ContractFunction | None, name: str) -> str:
    """What is called in a cell for a function of a submission."""
    return f"__grader_updated_{name}__" if function is not None and function.updates else name


def in_place_adapters(contract: Sequence[ContractFunction]) -> Iterator[Adapter]:
    """What is run after a submission so that such functions can be asked."""
    for function in contract:
        if function.updates:
            source = _SOURCE.format(
                target=target_of(function, function.name),
                name=function.name,
                parameters=function.parameters,
                positions=tuple(function.parameters.index(name) for name in function.updates),
                returns=function.returns,
                outputs=function.outputs,
            )
            yield Adapter(f"<{function.name}, in place>", source)
