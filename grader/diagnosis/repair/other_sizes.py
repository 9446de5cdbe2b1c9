"""How a size in the place of another one is told: by what it counts, with the arithmetic that it stands in."""

import ast
from collections.abc import Iterator
from dataclasses import replace

from grader.diagnosis.repair.kinds import Kinds
from grader.diagnosis.repair.written import Edit, Written
from grader.submissions.trees import walk

LONGEST = 160  # characters of the names and what they count: names are the student's
OTHER_SIZE = "other-size"  # how the kinds of such edits begin
AXES = ("first", "second", "third", "fourth", "fifth")


def as_told(edit: Edit, kinds: Kinds) -> Edit:
    """The edit, with what is known of a size; of one in a product of sizes no more than that it is wrong.

    Other sizes may have the same product.
    """
    node = edit.span[0]
    if edit.kind == "too-much" and isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub):
        names = [one for one in walk(node) if isinstance(one, ast.Name | ast.Subscript) and kinds.of(one).sort == "int"]
        dropped = node.right if edit.after == ast.unparse(node.left) else node.left
        if len(names) > 1 and dropped in names:  # other sizes may have the same difference, and make a whole one
            return replace(edit, kind="size-in-product", after="")
    if edit.kind != "name" or not isinstance(node, ast.Name) or edit.beside:
        return edit
    for product in walk(edit.statement):
        match product:
            case ast.BinOp(left=left, op=ast.Mult(), right=right) if node in (left, right):
                other = right if node is left else left
                if kinds.of(other).sort == kinds.of(node).sort == "int" and node.id not in kinds.counters:
                    source = edit.written.source(product)
                    return replace(edit, kind="size-in-product", before=source, after="")
    axes = _axes_of_names(edit.written)
    written, meant = axes.get(node.id), axes.get(edit.replacement)
    if written is None or meant is None or len(f"{node.id}{written}{edit.replacement}{meant}") > LONGEST:
        return edit
    counted = f"`{node.id}` is the {written}, `{edit.replacement}` the {meant}"
    whole = _arithmetic(edit.statement, node)
    if whole is node or _count(whole, node.id) > 1:
        return replace(edit, kind=f"{OTHER_SIZE}: {counted}")
    tree = ast.parse(ast.unparse(whole), mode="eval")
    after = ast.unparse(_Renamed(node.id, edit.replacement).visit(tree))
    return replace(edit, kind=f"{OTHER_SIZE}-in-a-count: {counted}", before=edit.written.source(whole), after=after)


def _axes_of_names(written: Written) -> dict[str, str]:
    """What names of sizes count, where they are unpacked from one shape alone: `n, c, h, w = x.shape`."""
    found: dict[str, set[str]] = {}
    for place in written.places:
        if isinstance(place.statement, ast.Assign):
            for name, axis in _unpacked(place.statement):
                found.setdefault(name, set()).add(axis)
    return {name: axis for name, axes in found.items() if len(axes) == 1 and (axis := next(iter(axes)))}


def _unpacked(statement: ast.Assign) -> Iterator[tuple[str, str]]:
    match statement:
        case ast.Assign(
            targets=[ast.Tuple(elts=names)], value=ast.Attribute(value=ast.Name(id=array), attr="shape")
        ) if len(names) <= len(AXES):
            for name, axis in zip(names, AXES, strict=False):
                if isinstance(name, ast.Name):
                    yield name.id, f"{axis} size of `{array}`"
        case ast.Assign(
            targets=[ast.Name(id=name)],
            value=ast.Subscript(
                value=ast.Attribute(value=ast.Name(id=array), attr="shape"), slice=ast.Constant(value=int(number))
            ),
        ) if 0 <= number < len(AXES):
            yield name, f"{AXES[number]} size of `{array}`"
        case ast.Assign(targets=targets):
            for target in targets:
                for node in walk(target):
                    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                        yield node.id, ""  # something else as well: what it counts is not known


def _arithmetic(statement: ast.stmt, node: ast.Name) -> ast.expr:
    """The largest sum, difference, product or quotient that a name stands in."""
    for one in walk(statement):  # from the outside to the inside
        if isinstance(one, ast.BinOp) and any(inner is node for inner in walk(one)):
            return one
    return node


def _count(whole: ast.expr, name: str) -> int:
    return sum(isinstance(one, ast.Name) and one.id == name for one in walk(whole))


class _Renamed(ast.NodeTransformer):
    """Another name in the place of one."""

    def __init__(self, old: str, new: str) -> None:
        self.old, self.new = old, new

    def visit_Name(self, node: ast.Name) -> ast.Name:
        return ast.Name(self.new, node.ctx) if node.id == self.old else node
