"""A default that is not the one of the task: calls that leave the parameter out get another value than is meant."""

import ast
from collections.abc import Callable, Iterator, Sequence

from grader.assignments import ContractFunction
from grader.diagnosis.cases.verdict import Described
from grader.diagnosis.cases.where import Definition, Source
from grader.diagnosis.repair.written import Written

_Default = tuple[str, ast.Constant, ast.Constant]  # a parameter, its value in the submission and in the task


def other_default(
    function: ContractFunction, written: Written, source: Source, is_right: Callable[[str], bool]
) -> Described | None:
    """What to tell of a function that passes all of its checks with a default of the task.

    Args:
        is_right: whether it passes them with another text of its definition.
    """
    for parameter, own, asked in _differing(function, written.definition):
        if is_right(written.spliced([((own, own), ast.unparse(asked))])):
            return Described(
                code=f"{function.name}.other-default",
                title=f"The default of `{parameter}` is {ast.unparse(own)}, and the task has {ast.unparse(asked)}",
                explanation="A call that leaves the parameter out gets its default. With that of the task every check "
                f"of `{function.name}` passes.",
                hints=("Compare the line of its `def` with that of the task, parameter by parameter.",),
                confidence="certain",
                evidence={"parameter": parameter, "found": ast.unparse(own), "asked": ast.unparse(asked)},
                location=source.submission.locate(written.unit.filename, own.lineno + written.offset),
            )
    return None


def _differing(function: ContractFunction, definition: Definition) -> Iterator[_Default]:
    own, asked = _defaults(definition.args), _defaults(function.arguments)
    for parameter in asked:
        if parameter in own and own[parameter].value != asked[parameter].value:
            yield parameter, own[parameter], asked[parameter]


def _defaults(arguments: ast.arguments) -> dict[str, ast.Constant]:
    """The parameters that have a number, a word or the like for their default."""
    by_position: Sequence[ast.arg] = (*arguments.posonlyargs, *arguments.args)
    with_default = by_position[len(by_position) - len(arguments.defaults) :]
    pairs = [*zip(with_default, arguments.defaults, strict=True)]
    pairs += [(one, value) for one, value in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True) if value]
    return {one.arg: value for one, value in pairs if isinstance(value, ast.Constant)}
