"""Steps that lead away where the file expects it: another rate follows, the weights are drawn again, or it is caught.

Only the first steps are followed. What comes of them is known where the same training goes on with the same rate.
"""

import ast
from collections.abc import Iterator

from grader.reading.told.explanation import Explanation, Fault
from grader.reading.told.growing import with_growth_left_open
from grader.submissions import Submission
from grader.submissions.syntax import parse

_LONG = frozenset(["rate-too-high", "inputs-not-scaled", "weights-explode", "steps-lead-away", "numbers-explode"])
_CATCHING = frozenset([
    "FloatingPointError", "OverflowError", "RuntimeWarning", "ArithmeticError", "ValueError", "LinAlgError",
    "Exception", "Warning",
])  # fmt: skip
_LOOPS = (ast.For, ast.While, ast.ListComp, ast.DictComp, ast.GeneratorExp)
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_NUMBERS = (ast.Name, ast.Attribute, ast.Constant, ast.BinOp, ast.operator, ast.Load)


def with_tried_rates_left_open(told: Explanation, submission: Submission) -> Explanation:
    """The explanation, with long steps as what was not judged where more is done about them than was seen."""
    fault = told.faults[0] if len(told.faults) == 1 and told.faults[0].code in _LONG else None
    if fault is None:
        return told
    changes = told.network is not None and not told.network.has_one_rate
    why = "the rate is not the same in all steps" if changes else _why(fault, submission)
    if not why:
        return told
    what = "weights grow" if fault.code.endswith("explode") else "cost grows"
    chain = tuple(one.model_copy(update={"status": "right"}) if one.name == "step" else one for one in told.chain)
    left = told.model_copy(update={"status": "right", "faults": (), "chain": chain})
    return with_growth_left_open(left, f"in the steps that were seen the {what}", f"{why}, and what follows was")


def _why(fault: Fault, submission: Submission) -> str:
    for unit in (*submission.units, *submission.modules.values()):
        tree = parse(unit.source)
        for node in ast.walk(tree) if tree is not None else ():
            if not isinstance(node, ast.Assign | ast.AugAssign) or fault.location is None or tree is None:
                continue
            if submission.locate(unit.filename, node.lineno) == fault.location:
                return _of_text(tree, node)
    return ""


def _of_text(tree: ast.Module, step: ast.stmt) -> str:
    nodes = list(ast.walk(tree))
    tries = [node for node in nodes if isinstance(node, ast.Try) and any(map(_catches, node.handlers))]
    if any(step.lineno in _reached(tree, node.body) for node in tries):
        return "numbers that grow too large are caught"
    names = {name for target in _targets(step) for name in _names(target)}
    drawn = [node for node in nodes if isinstance(node, ast.Assign) and _is_drawn(node, step, names, nodes)]
    repeated: list[list[ast.AST]] = [[node] for node in nodes if isinstance(node, _LOOPS)]
    calls = [ast.unparse(node.func) for node in nodes if isinstance(node, ast.Call)]
    repeated += [list(node.body) for node in nodes if isinstance(node, _FUNCTIONS) and calls.count(node.name) > 1]
    for part in repeated:
        lines = _reached(tree, part)
        if step.lineno in lines and any(node.lineno in lines for node in drawn):
            return "the training is begun anew"
    value = step.value if isinstance(step, ast.Assign | ast.AugAssign) else None
    factors = {ast.unparse(node) for node in ast.walk(value or step) if isinstance(node, ast.Name | ast.Attribute)}
    changed = {ast.unparse(target) for node in nodes if _is_scaled(node) for target in _targets(node)}
    kept = [node for node in nodes if isinstance(node, ast.Assign) and not _is_scaled(node)]
    again = {ast.unparse(one) for node in kept if _is_in_loop(node, nodes) for t in node.targets for one in _parts(t)}
    return "the rate is changed" if factors & changed - again else ""


def _catches(handler: ast.ExceptHandler) -> bool:
    caught = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(one is None or ast.unparse(one).split(".")[-1] in _CATCHING for one in caught)


def _reached(tree: ast.Module, begun: list[ast.stmt] | list[ast.AST]) -> set[int]:
    """The lines of some nodes, and of all functions and classes that are called in them."""
    defined = [node for node in ast.walk(tree) if isinstance(node, (*_FUNCTIONS, ast.ClassDef))]
    lines: set[int] = set()
    left: list[ast.AST] = list(begun)
    known: set[ast.AST] = set()
    while left:
        node = left.pop()
        lines |= set(range(getattr(node, "lineno", 0), (getattr(node, "end_lineno", 0) or 0) + 1))
        for call in ast.walk(node):
            name = ast.unparse(call.func).split(".")[-1] if isinstance(call, ast.Call) else ""
            for one in defined if name else ():
                if one.name == name and one not in known:
                    known.add(one)
                    left += (
                        [m for m in one.body if isinstance(m, _FUNCTIONS) and m.name == "__init__"]
                        if isinstance(one, ast.ClassDef)
                        else [one]
                    )
    return lines


def _is_drawn(node: ast.Assign, step: ast.stmt, names: set[str], nodes: list[ast.AST]) -> bool:
    """Whether an assignment gives the weights of a step a value of its own, outside of the loop of that step."""
    own = {name for target in node.targets for name in _names(target)}
    read = set(_names(node.value))
    loops = [one for one in nodes if isinstance(one, ast.For | ast.While) and _holds(one, step)]
    inner = max(loops, key=lambda one: one.lineno, default=None)
    return bool(own & names) and not read & own & names and (inner is None or not _holds(inner, node))


def _holds(outer: ast.stmt, inner: ast.stmt) -> bool:
    return outer.lineno <= inner.lineno and (inner.end_lineno or 0) <= (outer.end_lineno or 0)


def _is_in_loop(node: ast.stmt, nodes: list[ast.AST]) -> bool:
    return any(isinstance(one, ast.For | ast.While) and _holds(one, node) for one in nodes)


def _is_scaled(node: ast.AST) -> bool:
    """Whether a number is multiplied or divided, as a rate that decays."""
    if isinstance(node, ast.AugAssign):
        of_numbers = all(isinstance(one, _NUMBERS) for one in ast.walk(node.value))
        return isinstance(node.op, ast.Mult | ast.Div) and of_numbers
    if not isinstance(node, ast.Assign) or not isinstance(node.value, ast.BinOp):
        return False
    own = {ast.unparse(target) for target in node.targets}
    return (
        any(ast.unparse(one) in own for one in (node.value.left, node.value.right))
        and all(isinstance(one, _NUMBERS) for one in ast.walk(node.value))
        and isinstance(node.value.op, ast.Mult | ast.Div)
    )


def _targets(node: ast.AST) -> list[ast.expr]:
    targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AugAssign) else []
    return [one for target in targets for one in _parts(target)]


def _parts(target: ast.expr) -> list[ast.expr]:
    return list(target.elts) if isinstance(target, ast.Tuple | ast.List) else [target]


def _names(node: ast.expr) -> Iterator[str]:
    """The names in an expression; of `self.W`, that of the attribute."""
    for one in ast.walk(node):
        if isinstance(one, ast.Attribute):
            yield one.attr
        elif isinstance(one, ast.Name) and one.id not in ("self", "np"):
            yield one.id
