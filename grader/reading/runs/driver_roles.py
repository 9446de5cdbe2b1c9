"""Lines for functions whose names say nothing, found by what is done with their parameters.

def make_brain(n_senses, n_middle, n_acts): ...     what draws arrays of such sizes
def teach(brain, senses, wanted, speed=0.5): ...    what changes them: `wanted` is subtracted, `brain` is taken apart
"""

import ast
import re
from collections.abc import Iterator, Sequence

from grader.reading.runs.driver_functions import function_of

_DRAWS = re.compile(r"\b(randn|rand|normal|uniform|random|standard_normal|random_sample)\(")
_SIZES = {2: ("784", "{outputs}"), 3: ("784", "16", "{outputs}")}


def of_roles(trees: Sequence[ast.Module]) -> Iterator[str]:
    """The lines for the functions of a file that is nothing but functions; none if a role is not clear."""
    nodes = [node for tree in trees for node in tree.body if isinstance(node, ast.FunctionDef)]
    makers = [node for node in nodes if _DRAWS.search(ast.unparse(node)) and _is_of_sizes(node)]
    for step in [node for node in nodes if _changes(node)]:
        required = [one.name for one in function_of(step).parameters if not one.has_default]
        network = [name for name in required if _is_taken_apart(name, step)]
        targets = [name for name in required if name not in network and _is_subtracted(name, step)]
        inputs = [name for name in required if name not in (*network, *targets)]
        if len(makers) != 1 or not len(network) == len(targets) == len(inputs) == 1:
            continue
        given = f"{network[0]}=_p, {inputs[0]}={{x}}, {targets[0]}={{y}}"
        back = "_p = " if function_of(step).returned == tuple(network) else ""
        sizes = ", ".join(_SIZES[len(makers[0].args.args)])
        yield f"_p = {makers[0].name}({sizes})\nfor _ in range(4):\n    {back}{step.name}({given})\n"


def _is_of_sizes(node: ast.FunctionDef) -> bool:
    """Whether arrays are drawn of two or three sizes that a function is given, and nothing else is given."""
    parameters = function_of(node).parameters
    return len(parameters) in _SIZES and all(one.is_size for one in parameters)


def _changes(node: ast.FunctionDef) -> bool:
    return any(
        isinstance(one, ast.AugAssign) and isinstance(one.target, ast.Subscript | ast.Attribute)
        for one in ast.walk(node)
    )


def _is_taken_apart(name: str, node: ast.FunctionDef) -> bool:
    return any(
        isinstance(one, ast.Subscript | ast.Attribute) and isinstance(one.value, ast.Name) and one.value.id == name
        for one in ast.walk(node)
        if not (isinstance(one, ast.Attribute) and one.attr in ("T", "dot", "shape", "size", "reshape", "copy", "ndim"))
    )


def _is_subtracted(name: str, node: ast.FunctionDef) -> bool:
    return any(
        isinstance(one, ast.BinOp)
        and isinstance(one.op, ast.Sub)
        and any(isinstance(side, ast.Name) and side.id == name for side in (one.left, one.right))
        for one in ast.walk(node)
    )
