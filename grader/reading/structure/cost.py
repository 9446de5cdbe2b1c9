"""Which cost a script computes: by the value of what it computes, else by what its text says."""

import ast
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np

from grader.reading.recorded.graph import Graph
from grader.reading.recorded.recording import Array
from grader.reading.structure.network import Step
from grader.submissions.syntax import parse

CostName = Literal["cross-entropy", "binary cross-entropy", "squared error", "absolute error"]
SQUARED: CostName = "squared error"
CATEGORICAL: CostName = "cross-entropy"
BINARY: CostName = "binary cross-entropy"
ABSOLUTE: CostName = "absolute error"
WITH_EPSILON = 1e-3  # by which log(a + ε) may differ from log a, where a is small
LOOKED_AT = 6  # steps in which a place is looked at again
ONE_NUMBER = 1e-6  # by no more slopes differ that are one number
REACH = 40  # events before a sum of absolute values, in which they are made
LEAST_MADE = 3  # a difference, its square or logarithm, and a sum
_COMPARING = frozenset(["eq", "ne", "equal", "not_equal"])
_COUNTING = frozenset(["mean", "sum", "average", "count_nonzero", "astype", "Div", "Mult", "Sub", "divide", "multiply"])
_MAKING_POSITIVE = frozenset(["abs", "absolute", "fabs", "norm", "mean_absolute_error"])


@dataclass(frozen=True)
class Cost:
    """The cost: its name, how it is scaled ("mean over the samples", "half the sum"), and where it stands.

    `event` and `line` are None where only the text was read.
    """

    name: CostName
    scaling: str = ""
    event: int | None = None
    filename: str | None = None
    line: int | None = None
    is_half: bool = False


def bases(a: Array, y: Array) -> dict[CostName, float]:
    """The sums from which costs are made."""
    with np.errstate(all="ignore"):
        log = np.log(a)
        found: dict[CostName, float] = {
            "cross-entropy": float(-np.sum(np.where(y != 0, y * log, 0.0))),
            "binary cross-entropy": float(
                -np.sum(np.where(y != 0, y * log, 0.0) + np.where(y != 1, (1 - y) * np.log(1 - a), 0.0))
            ),
            "squared error": float(np.sum((a - y) ** 2)),
            "absolute error": float(np.sum(np.abs(a - y))),
        }
    if a.shape[1] == 1:
        del found["cross-entropy"]
    if a.size == 1 or bool(np.allclose(a.sum(1), 1) and np.allclose(y.sum(1), 1)):
        del found["absolute error"]  # the error itself is the same number; of probabilities, 2 − 2·Σ a·y
    return found


def computed_cost(graph: Graph, steps: Sequence[Step]) -> Cost | None:
    """The cost that the run computes for the samples of a step."""
    numbers: dict[float, list[int]] = {}
    for event in graph.events:
        value = graph.values.scalar(event.result)
        if value is not None and np.isfinite(value) and abs(value) > 1e-7:
            numbers.setdefault(abs(value), []).append(event.index)
    if not numbers:
        return None
    known = np.array(sorted(numbers))
    for step in steps[:3]:
        n, k = step.out.shape
        found: list[tuple[int, Cost]] = []
        for name, base in bases(step.out, step.y).items():
            scales = [
                (1 / n, "mean over the samples"),
                (1 / (n * k), "mean over all entries"),
                (0.5 / n, "half the mean"),
                (0.5, "half the sum"),
                (1.0, "sum"),
                (0.5 / (n * k), "half the mean of all entries"),
            ]
            for scale, scaling in scales:
                wanted = abs(base * scale)
                if not np.isfinite(wanted) or wanted < 1e-7 or ("half" in scaling and name != SQUARED):
                    continue
                position = int(np.searchsorted(known, wanted))
                for near in known[max(0, position - 1) : position + 1]:
                    if abs(near - wanted) <= 2e-6 * wanted:
                        made = [i for i in numbers[near] if i > step.start]
                        made = [i for i in made if name != ABSOLUTE or _has_absolutes(graph, i)]
                        made = [i for i in made if _is_made(graph, i) and not _is_share(graph, i)]
                        seen = ((i, _times_seen(graph, steps, i, name, scale)) for i in made)
                        at, times = next(((i, times) for i, times in seen if times), (None, 0))
                        if at is not None and (scaling != "sum" or name != "absolute error"):
                            is_sure = n * k > 2 or (n * k == 1 and times > 1)
                            # of two outputs, the mean of all entries is half of that over the samples
                            is_sure = is_sure and not (k == 2 and _is_mean_of(graph, at, n * k))
                            found.append((_rank(name, scaling, is_sure), _cost(graph, name, scaling, at)))
        if found:
            squared = [entry for entry in found if entry[1].name == SQUARED]
            found = squared if squared and _has_slope(step) else found
            return min(found, key=lambda entry: entry[0])[1]
    return None


def _has_slope(step: Step) -> bool:
    """Whether the last weights or biases change by the error times a·(1 − a), as of the two costs that of squares.

    Of several outputs that are still one number, a·(1 − a) is a factor like any other, and tells nothing.
    """
    layer, a = step.layers[-1], step.out
    if a.size > 1 and np.ptp(a * (1 - a)) < ONE_NUMBER:
        return False
    delta = (a - step.y) * a * (1 - a)
    fits = layer.dW is not None and len(layer.u) == len(a)
    pairs = [(layer.u.T @ delta, layer.dW)] if fits else []
    for wanted, change in [*pairs, (delta.sum(0), layer.db)]:
        if change is not None and change.size == wanted.size:
            sizes = float(np.linalg.norm(wanted) * np.linalg.norm(change))
            if sizes > 0 and abs(float(wanted.ravel() @ change.ravel())) >= (1 - 1e-8) * sizes and wanted.size > 1:
                return True
    return False


def _has_absolutes(graph: Graph, at: int) -> bool:
    """Whether a number is one of absolute values: of errors of one sign the mean is the same number."""
    return any(graph.events[i].op in _MAKING_POSITIVE for i in (at, *graph.ancestors(at, at - REACH)))


def _is_made(graph: Graph, at: int) -> bool:
    """Whether a number is made in several operations: 1/n may be what a cost is, of outputs of one half."""
    return len(graph.ancestors(at, at - REACH)) >= LEAST_MADE


def _is_share(graph: Graph, at: int) -> bool:
    """Whether a number counts what is alike, as an accuracy does."""
    for _ in range(LEAST_MADE + 1):
        event = graph.events[at]
        if event.op in _COMPARING:
            return True
        larger = [source for source in graph.sources[at] if source >= 0]
        if not larger or event.op not in _COUNTING:
            return False
        at = max(larger, key=lambda source: graph.size(graph.events[source].result))
    return False


def _times_seen(graph: Graph, steps: Sequence[Step], at: int, name: CostName, scale: float) -> int:
    """In how many of the first steps a place gives the cost; 0 if it gives something else in one of them.

    Where y is 0, the error is the output, and the error times the output is its square.
    """
    place, op = graph.events[at].place, graph.events[at].op
    count = 0
    for step, following in pairwise(steps[: LOOKED_AT + 1]):
        wanted = abs(bases(step.out, step.y).get(name, np.nan) * scale)
        found = [
            value
            for event in graph.events[step.start : following.start]
            if event.place == place
            and event.op == op
            and (value := graph.values.scalar(event.result)) is not None
            and np.isfinite(value)
        ]
        if not found or not np.isfinite(wanted) or step.n != steps[0].n:
            continue
        if not any(abs(abs(value) - wanted) <= WITH_EPSILON * wanted for value in found):
            return 0
        count += 1
    return max(count, 1)


def part_turned(graph: Graph, steps: Sequence[Step]) -> int | None:
    """The event that computes a binary cross-entropy of which one part has the wrong sign."""
    for step in steps[:1]:
        a, y = step.out, step.y
        n, k = a.shape
        with np.errstate(all="ignore"):
            wrong = float(np.sum(np.where(y != 0, y * np.log(a), 0.0) - np.where(y != 1, (1 - y) * np.log(1 - a), 0.0)))
        wanted = [abs(wrong) * scale for scale in (1.0, 1 / n, 1 / (n * k))]
        if n < 2 or not np.isfinite(wrong) or min(wanted) < 1e-7 or not ((y == 0).any() and (y == 1).any()):
            continue
        for event in graph.events[step.start :]:
            value = graph.values.scalar(event.result)
            if value is not None and any(abs(abs(value) - one) <= 1e-10 * one for one in wanted):
                return event.index
    return None


def _is_mean_of(graph: Graph, at: int, entries: int) -> bool:
    event = graph.events[at]
    return event.op in ("mean", "average") and graph.size(event.operands[0]) == entries


def _rank(name: CostName, scaling: str, is_sure: bool) -> int:
    """What half of a cost is may be taken for its mean: with `is_sure`, it is a ½ of its own."""
    order = [CATEGORICAL, BINARY, SQUARED, ABSOLUTE].index(name) * 10
    return order + 2 * ("half" not in scaling or not is_sure) + ("sum" in scaling)


def _cost(graph: Graph, name: CostName, scaling: str, at: int) -> Cost:
    place = graph.recording.place_of(graph.events[at])
    return Cost(name, scaling, at, place.filename, place.line, is_half="half" in scaling)


# --- the text --------------------------------------------------------------------------------------------------


def written_cost(sources: Sequence[tuple[str, str]]) -> Cost | None:
    """The cost that the text spells out: (filename, source) of everything that was run."""
    found: list[Cost] = []
    for filename, source in sources:
        nodes = list(ast.walk(parse(source) or ast.Module([], [])))
        learned = _learned(nodes) | _of_gradients(nodes)
        for node in nodes:
            cost = _cost_of(node, filename, learned)
            if cost is not None:
                found.append(cost)
    for name in (BINARY, CATEGORICAL, SQUARED):
        for cost in found:
            if cost.name == name:
                return next((other for other in found if other.name == name and other.is_half), cost)
    return None


def _cost_of(node: ast.AST, filename: str, learned: Collection[str]) -> Cost | None:
    line = getattr(node, "lineno", None)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub):
        logs = [part for part in ast.walk(node) if _is_log(part)]
        if len(logs) >= 2 and any(_is_one_minus(part) for log in logs for part in ast.walk(log)):
            return Cost(BINARY, filename=filename, line=line)
    if (
        isinstance(node, ast.BinOp)
        and isinstance(node.op, ast.Mult)
        and any(
            _is_log(side) or (isinstance(side, ast.UnaryOp) and _is_log(side.operand))
            for side in (node.left, node.right)
        )
    ):
        return Cost(CATEGORICAL, filename=filename, line=line)
    if _is_log(node) and isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Subscript):
        return Cost(CATEGORICAL, filename=filename, line=line)
    if isinstance(node, ast.Call) and _called(node) in ("sum", "mean", "average", "norm"):
        for part in ast.walk(node):
            if _is_square_of_difference(part, learned):
                return Cost(SQUARED, filename=filename, line=line)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult) and _is_half(node.left, node.right):
        for part in ast.walk(node):
            if _is_square_of_difference(part, learned) or (isinstance(part, ast.Call) and _called(part) == "norm"):
                return Cost(SQUARED, filename=filename, line=line, is_half=True)
    return None


def _called(node: ast.Call) -> str:
    function = node.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _is_log(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call)
        and _called(node) in ("log", "log2", "nan_to_num")
        and any(isinstance(part, ast.Call) and _called(part) in ("log", "log2") for part in ast.walk(node))
    )


def _is_one_minus(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.BinOp)
        and isinstance(node.op, ast.Sub)
        and isinstance(node.left, ast.Constant)
        and isinstance(node.left.value, int | float)
        and abs(node.left.value - 1) < WITH_EPSILON  # 1.0000001 − a keeps the logarithm from 0
    )


def _is_half(*sides: ast.AST) -> bool:
    return any(
        (isinstance(side, ast.Constant) and side.value == 0.5)
        or (
            isinstance(side, ast.BinOp)
            and isinstance(side.op, ast.Div)
            and isinstance(side.right, ast.Constant)
            and side.right.value in (2, 2.0)
        )
        for side in sides
    )


def _learned(nodes: Sequence[ast.AST]) -> set[str]:
    """Names of what is changed by a part of itself, `W -= …`, as no error is: the sum of its squares is a penalty."""
    changed: list[ast.expr] = [
        node.target for node in nodes if isinstance(node, ast.AugAssign) and isinstance(node.op, ast.Sub)
    ]
    for node in nodes:
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.BinOp) and isinstance(node.value.op, ast.Sub):
            changed += [one for one in node.targets if ast.unparse(one) == ast.unparse(node.value.left)]
    return {one.id for one in changed if isinstance(one, ast.Name)}


def _of_gradients(nodes: Sequence[ast.AST]) -> set[str]:
    """Names of products, and of what goes through lists of them: no errors, and their squares are a gradient's norm."""
    found: set[str] = set()
    assigned = [node for node in nodes if isinstance(node, ast.Assign)]
    for each in assigned * 2:  # a list may be made of names that are given theirs in a block of later lines
        if _is_product(each.value, found):
            found |= {one.id for one in each.targets if isinstance(one, ast.Name)}
    for node in nodes:
        if isinstance(node, ast.For | ast.comprehension):
            through = {one.id for one in ast.walk(node.iter) if isinstance(one, ast.Name)}
            if through & found or _is_product(node.iter, found):
                found |= {one.id for one in ast.walk(node.target) if isinstance(one, ast.Name)}
    differences = (
        node for node in assigned if isinstance(node.value, ast.BinOp) and isinstance(node.value.op, ast.Sub)
    )
    return found - {one.id for made in differences for one in made.targets if isinstance(one, ast.Name)}


def _is_product(node: ast.AST, known: Collection[str], depth: int = 8) -> bool:
    if not depth:
        return False
    match node:
        case ast.BinOp(op=ast.MatMult()):
            return True
        case ast.BinOp(left=left, op=ast.Mult() | ast.Div(), right=right):
            return _is_product(left, known, depth - 1) or _is_product(right, known, depth - 1)
        case ast.List(elts=parts) | ast.Tuple(elts=parts):
            return any(_is_product(one, known, depth - 1) or getattr(one, "id", "") in known for one in parts)
        case ast.Dict(values=values):
            return _is_product(ast.List(values, ast.Load()), known, depth - 1)
        case ast.UnaryOp(operand=inner) | ast.Attribute(value=inner, attr="T"):
            return _is_product(inner, known, depth - 1)
        case ast.Call():
            return _called(node) in ("dot", "matmul", "outer")
    return False


def _is_square_of_difference(node: ast.AST, learned: Collection[str]) -> bool:
    squared: ast.AST | None = None
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Pow) and isinstance(node.right, ast.Constant):
        squared = node.left if node.right.value in (2, 2.0) else None
    elif isinstance(node, ast.Call) and _called(node) in ("square", "power"):
        squared = node.args[0] if node.args else None
    if isinstance(squared, ast.Name):
        return squared.id not in learned
    return isinstance(squared, ast.BinOp)
