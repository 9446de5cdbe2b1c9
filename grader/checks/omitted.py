"""Parameters that a submission's function lacks, and may lack: a course had them in other years."""

import ast
from collections.abc import Sequence

from grader.assignments import ContractFunction
from grader.checks.loaded import LoadedSubmission
from grader.sandbox import CellFailure


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
