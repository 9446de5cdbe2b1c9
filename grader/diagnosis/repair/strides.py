"""Windows that move by one place, where they are to move by the stride: in all directions at once.

Loops count windows, and a window begins at its count times the stride. Whoever forgets the stride forgets it for the
rows and for the columns, so that no change of one place rights anything.
"""

import ast
import re
from collections.abc import Iterator, Sequence, Set

from grader.diagnosis.cases.watch import targets_of
from grader.diagnosis.repair.kinds import Kinds
from grader.diagnosis.repair.nodes import name_called, said
from grader.diagnosis.repair.written import Edit, Written, at_all
from grader.submissions.trees import walk

STRIDE = re.compile(r"(^|[^a-z])strides?($|[^a-z])|(^|\.)s$", re.IGNORECASE)


def windows_moved(written: Written, kinds: Kinds, given: Sequence[str] = ()) -> Iterator[Edit]:
    """`h * stride` for each `h` that a window begins at, `x[h:h + f]` or `start = h`, in every line of the function."""
    counters, bounds = _counts_of_windows(written), _names_of_bounds(written)
    places: list[tuple[ast.stmt, ast.Name]] = []
    for place in written.places:
        if _is_of_bound(place.statement, bounds):
            value = place.statement.value  # type: ignore[attr-defined]
            places += [(place.statement, node) for node in _counted(value, counters)]
    for statement, _, node in written.expressions:
        places += [(statement, one) for end in _ends(node) for one in _counted(end, counters)]
    if len({node.id for _, node in places}) < 2:
        return  # of one direction other changes tell, and so they do where one has its stride
    for stride in kinds.counts(STRIDE) or _unread_entries(written, given):
        edits = [written.edit(statement, node, f"{node.id} * {stride}", "stride") for statement, node in places]
        yield at_all(edits)


def statements_of_windows(written: Written) -> Iterator[ast.stmt]:
    """The statements in which windows begin or end at what loops count, in the text's order."""
    loops = [place.statement for place in written.places if isinstance(place.statement, ast.For)]
    counters, bounds = (
        {node.id for one in loops for node in walk(one.target) if isinstance(node, ast.Name)},
        _names_of_bounds(written),
    )
    for place in written.places:
        statement = place.statement
        if hasattr(statement, "body"):
            continue
        ends = [end for node in walk(statement) for end in _ends(node)]
        read = {node.id for end in ends for node in walk(end) if isinstance(node, ast.Name)}
        if _is_of_bound(statement, bounds):
            read |= {node.id for node in walk(statement.value) if isinstance(node, ast.Name)}  # type: ignore[attr-defined]
        if counters & read:
            yield statement


def _unread_entries(written: Written, given: Sequence[str]) -> list[str]:
    """`settings["stride"]`, where a key that the function is given and never mentions is called so."""
    entries = [node for _, _, node in written.expressions if isinstance(node, ast.Subscript)]
    keys = {node.slice.value for node in entries if isinstance(node.slice, ast.Constant)}
    holders = dict.fromkeys(said(node.value) for node in entries if {*given} & {getattr(node.slice, "value", None)})
    return [f"{one}[{key!r}]" for one in holders for key in given if STRIDE.search(key) and key not in keys]


def _counts_of_windows(written: Written) -> Set[str]:
    """What loops over `range(n)` count with, one after the other."""
    found = set()
    for place in written.places:
        match place.statement:
            case ast.For(target=ast.Name(id=name), iter=ast.Call(func=function, args=args)):
                if name_called(function) in ("range", "xrange") and len(args) < 3:
                    found.add(name)
            case ast.For(target=ast.Tuple(elts=names), iter=ast.Call(func=function)):
                if name_called(function) in ("ndindex", "product"):
                    found |= {one.id for one in names if isinstance(one, ast.Name)}
    return found


def _names_of_bounds(written: Written) -> Set[str]:
    """The variables that slices begin or end at."""
    ends = [end for node in walk(written.definition) for end in _ends(node)]
    return {node.id for end in ends for node in walk(end) if isinstance(node, ast.Name)}


def _ends(node: ast.AST) -> list[ast.expr]:
    """Where a slice begins and ends: `a:b`, `slice(a, b)`."""
    match node:
        case ast.Slice(lower=lower, upper=upper):
            return [end for end in (lower, upper) if end is not None]
        case ast.Call(func=ast.Name(id="slice"), args=ends):
            return ends[:2]
    return []


def _is_of_bound(statement: ast.stmt, bounds: Set[str]) -> bool:
    """Whether a statement gives a variable its value that slices begin or end at."""
    targets = [*targets_of(statement)] if isinstance(statement, ast.Assign) else []
    names = {node.id for target in targets for node in walk(target) if isinstance(node, ast.Name)}
    return bool(names) and names <= bounds


def _counted(node: ast.expr, counters: Set[str]) -> Iterator[ast.Name]:
    """The counts in a bound, a sum of them and of sizes; those of a product have their factor."""
    match node:
        case ast.Name(id=name) if name in counters:
            yield node
        case ast.BinOp(left=left, op=ast.Add() | ast.Sub(), right=right):
            yield from _counted(left, counters)
            yield from _counted(right, counters)
        case ast.Tuple(elts=parts):
            for part in parts:
                yield from _counted(part, counters)
