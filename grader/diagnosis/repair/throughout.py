"""A whole statement changed alike: one name for another at all its places, two names exchanged, another axis."""

import ast
import copy
import itertools
from collections.abc import Iterator, Mapping
from dataclasses import replace

from grader.diagnosis.repair.kind import OTHER
from grader.diagnosis.repair.kinds import Kinds
from grader.diagnosis.repair.misspelt import attributes_of_class
from grader.diagnosis.repair.nodes import in_brackets, is_numpy, name_called, said
from grader.diagnosis.repair.other_calls import ALONG_AXES
from grader.diagnosis.repair.quantities import STRENGTH
from grader.diagnosis.repair.watched_values import is_place
from grader.diagnosis.repair.written import Edit, Written
from grader.submissions.trees import copied, walk

_PLACES = (ast.Name, ast.Attribute, ast.Subscript)
THROUGHOUT = 4  # other numbers that are tried in the place of one in a whole statement
STEPS = 10  # numbers that may be how far a window moves
EXCHANGES = 6  # pairs of names in one statement


def other_names_throughout(written: Written, kinds: Kinds) -> Iterator[Edit]:
    """One size for another at all its places in a statement; two names exchanged, and sizes of two axes.

    And the end of a slice that is nothing for 0.
    """
    for place in written.places:
        statement = place.statement
        if isinstance(statement, ast.For | ast.While | ast.If | ast.With | ast.Try):
            continue
        if (made := _without_negative_ends(statement)) is not None:
            yield written.edit(statement, statement, made, "negative-end")
        names = [node.id for node in walk(statement) if isinstance(node, ast.Name)]
        yield from _exchanged(written, statement, kinds)
        yield from _without_first_columns(written, statement, kinds)
        for axis, other, text in _other_axes(statement):
            yield replace(written.edit(statement, statement, text, "axis-throughout"), before=axis, after=other)
        yield from _other_axis(written, statement)
        for name in dict.fromkeys(n for n in names if names.count(n) > 1 and kinds.of(n).sort == "int"):
            for other in kinds.named("int"):
                if other != name:
                    renamed = written.edit(statement, statement, _renamed(statement, name, other), "name-throughout")
                    yield replace(renamed, before=name, after=other)
        yield from _of_slices(written, statement, kinds)
        yield from _attributes_throughout(written, statement)
        for name in dict.fromkeys(n for n in names if names.count(n) > 1 and kinds.of(n).sort == "float"):
            for other in kinds.like(name)[:THROUGHOUT]:
                renamed = written.edit(statement, statement, _renamed(statement, name, other), "name-throughout")
                yield replace(renamed, before=name, after=other)


def _attributes_throughout(written: Written, statement: ast.stmt) -> Iterator[Edit]:
    """`self.hidden` for `self.output` at all its places in a statement."""
    read = [node for node in walk(statement) if _is_own_attribute(node)]
    texts = [said(node) for node in read]
    repeated = dict.fromkeys(one for one in texts if texts.count(one) > 1)
    stored = sorted(attributes_of_class(written)) if repeated else []
    for text in repeated:
        for other in [f"self.{name}" for name in stored if f"self.{name}" != text][:STEPS]:
            new = ast.parse(other, mode="eval").body
            made = copy.deepcopy(statement, {id(node): new for node in read if said(node) == text})
            edit = written.edit(statement, statement, ast.unparse(made), "name-throughout")
            yield replace(edit, before=text, after=other)


def _is_own_attribute(node: ast.AST) -> bool:
    match node:
        case ast.Attribute(value=ast.Name(id="self"), ctx=ast.Load()):
            return True
    return False


def _without_first_columns(written: Written, statement: ast.stmt, kinds: Kinds) -> Iterator[Edit]:
    """A penalty without the first columns of its matrices, those of the biases."""
    names = [*dict.fromkeys(node.id for node in walk(statement) if isinstance(node, ast.Name))]
    matrices = [name for name in names if kinds.of(name).rank == 2 and kinds.of(name).dtype == "f"]
    if not any(STRENGTH.match(name.lower()) for name in names):
        return
    for chosen in [*((name,) for name in matrices), *([tuple(matrices)] if len(matrices) > 1 else [])]:
        made = statement
        for name in chosen:
            made = ast.parse(_renamed(made, name, f"({name} * (np.arange({name}.shape[1]) > 0))")).body[0]
        edit = written.edit(statement, statement, ast.unparse(made), "first-column")
        yield replace(edit, before=", ".join(chosen), after="")


def _of_slices(written: Written, statement: ast.stmt, kinds: Kinds) -> Iterator[Edit]:
    """Another counter for one at both ends of a slice, `j * s:j * s + f` for `i * s:i * s + f`, and there alone."""
    for k, node in enumerate(one for one in walk(statement) if isinstance(one, ast.Slice)):
        ends = [
            n.id for end in (node.lower, node.upper) if end is not None for n in walk(end) if isinstance(n, ast.Name)
        ]
        for name in dict.fromkeys(n for n in ends if ends.count(n) > 1 and n in kinds.counters):
            for other in kinds.like(name):
                made = copied(statement)
                piece = [one for one in walk(made) if isinstance(one, ast.Slice)][k]
                for part in walk(piece):
                    if isinstance(part, ast.Name) and part.id == name:
                        part.id = other
                edit = written.edit(statement, statement, ast.unparse(made), "name-in-slice")
                yield replace(edit, before=ast.unparse(node), after=ast.unparse(piece))


def _exchanged(written: Written, statement: ast.stmt, kinds: Kinds) -> Iterator[Edit]:
    """Two variables or attributes that may stand for each other, each at the place of the other."""
    read = dict.fromkeys(said(node) for node in _read_places(statement, written))
    pairs = itertools.combinations(read, 2)
    like = [(a, b) for a, b in pairs if kinds.of(a) != OTHER and kinds.of(a).is_like(kinds.of(b))]
    for a, b in like[:EXCHANGES]:

        class Exchanging(ast.NodeTransformer):
            def visit(self, node: ast.AST, names: Mapping[str, str] = {a: b, b: a}) -> ast.AST:
                if isinstance(node, _PLACES) and isinstance(node.ctx, ast.Load) and said(node) in names:
                    return ast.parse(names[said(node)], mode="eval").body
                return self.generic_visit(node)

        text = ast.unparse(Exchanging().visit(copied(statement)))
        yield replace(written.edit(statement, statement, text, "exchanged"), before=a, after=b)


def _read_places(statement: ast.AST, written: Written) -> Iterator[ast.expr]:
    """Variables, and attributes and entries of such, that a statement reads; nothing of which they are part."""
    waiting: list[ast.AST] = [statement]
    while waiting:
        node = waiting.pop(0)
        if isinstance(node, _PLACES) and isinstance(node.ctx, ast.Load) and is_place(node):
            if not isinstance(node, ast.Name) or node.id in written.names:
                yield node
            continue
        match node:
            case ast.Call(func=ast.Attribute(value=held), args=given, keywords=named):  # of `x.ravel()` x is read
                waiting += [held, *given, *named]
            case _:
                waiting += ast.iter_child_nodes(node)


def _other_axes(statement: ast.stmt) -> Iterator[tuple[str, str, str]]:
    """A statement with all its reductions along another axis, where there are several: `mean(0)` for `mean(1)`."""
    reductions = [n for n in walk(statement) if isinstance(n, ast.Call) and name_called(n.func) in ALONG_AXES]
    axes = {axis for node in reductions if (axis := _axis_of(node)) is not None}
    if len(reductions) < 2 or len(axes) != 1:
        return
    (axis,) = axes
    for other in {"0": ("1",), "1": ("0",), "-1": ("0",)}.get(axis, ()):
        for keeps in (True, False):

            class Along(ast.NodeTransformer):
                def visit_Call(self, node: ast.Call, axis: str = other, keeps: bool = keeps) -> ast.AST:
                    self.generic_visit(node)
                    if name_called(node.func) not in ALONG_AXES or _axis_of(node) is None:
                        return node
                    is_function = isinstance(node.func, ast.Attribute) and is_numpy(node.func.value)
                    options = [ast.keyword("axis", ast.Name(axis))]
                    if keeps and name_called(node.func) not in ("argmax", "argmin"):
                        options.append(ast.keyword("keepdims", ast.Constant(True)))
                    return ast.Call(node.func, node.args[:1] if is_function else [], options)

            yield axis, other, ast.unparse(Along().visit(copied(statement)))


def _axis_of(node: ast.Call) -> str | None:
    """The axis of a reduction as it is written; None if it has none."""
    for keyword in node.keywords:
        if keyword.arg == "axis":
            return said(keyword.value)
    is_function = isinstance(node.func, ast.Attribute) and is_numpy(node.func.value)
    rest = node.args[1:] if is_function else node.args
    return said(rest[0]) if len(rest) == 1 else None


def _other_axis(written: Written, statement: ast.stmt) -> Iterator[Edit]:
    """`_, N = x.shape` for `N, D = x.shape`, where nothing reads D."""
    match statement:
        case ast.Assign(
            targets=[ast.Tuple(elts=[ast.Name(id=a), ast.Name(id=b)])], value=ast.Attribute(attr="shape") as value
        ):
            reads = [n for n in walk(written.definition) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)]
            read = {node.id for node in reads}
            if len(read & {a, b}) == 1:
                name, axis = (a, 1) if a in read else (b, 0)
                edit = written.edit(statement, statement, f"{b}, {a} = {ast.unparse(value)}", "size-of-another-axis")
                yield replace(edit, before=name, after=f"{ast.unparse(value)}[{axis}]")


def _renamed(statement: ast.stmt, name: str, other: str) -> str:
    class Renaming(ast.NodeTransformer):
        def visit_Name(self, node: ast.Name) -> ast.AST:
            is_meant = node.id == name and isinstance(node.ctx, ast.Load)
            return ast.Name(other, ast.Load()) if is_meant else node

    return ast.unparse(Renaming().visit(copied(statement)))


def _without_negative_ends(statement: ast.stmt) -> str | None:
    """`x[..., p:x.shape[k] - p]` for `x[..., p:-p]`, which is empty for p = 0."""
    changed = False

    class Ends(ast.NodeTransformer):
        def visit_Subscript(self, node: ast.Subscript) -> ast.AST:
            nonlocal changed
            self.generic_visit(node)
            parts = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
            for axis, part in enumerate(parts):
                match part:
                    case ast.Slice(upper=ast.UnaryOp(op=ast.USub(), operand=end)) if not isinstance(end, ast.Constant):
                        whole = in_brackets(said(node.value))
                        part.upper = ast.Name(f"{whole}.shape[{axis}] - {ast.unparse(end)}")
                        changed = True
            return node

    made = Ends().visit(copied(statement))
    return ast.unparse(made) if changed else None
