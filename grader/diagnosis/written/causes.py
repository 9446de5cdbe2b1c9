"""Exceptions whose cause the text of the function shows, beside what the message says."""

import ast
import re
from collections.abc import Iterator, Sequence

import numpy as np

from grader.diagnosis.cases.phrases import cut
from grader.diagnosis.cases.where import Source
from grader.diagnosis.repair.kind import kind_of
from grader.diagnosis.repair.nodes import is_numpy, said
from grader.diagnosis.repair.written import Written
from grader.diagnosis.written.failed_operation import Failure
from grader.diagnosis.written.sizes_in_words import is_none
from grader.near_names import nearest
from grader.submissions.syntax import parse
from grader.submissions.trees import walk

Told = tuple[str, str, str]  # title, why, and a question
LONGEST = 60
_OF_A_LAYER = re.compile(r"'[A-Za-z_]+(\d+)'")
_DICT_OF = re.compile(r"dict (\d+)")
_NOT_IN_NUMPY = re.compile(r"module 'numpy' has no attribute '(\w+)'")
_BEYOND = re.compile(r"index \d+ is out of bounds for axis (\d+) with size \d+")
_NOT_DEFINED = re.compile(r"name '(\w+)' is not defined")


def cause_of(failure: Failure, piece: ast.AST, written: Written, source: Source) -> Told | None:
    """What the exception comes of, where that is certain."""
    if failure.raised == "KeyError":
        return counted_entries(failure, piece, written)
    if failure.raised == "IndexError":
        of_rows = rows_for_entries(failure, piece) or count_for_rows(failure, piece)
        return of_rows or counter_of_another_axis(failure, piece, written)
    if "NoneType" in failure.said:
        return never_kept(failure, written, source)
    return _of_two_vectors(failure, piece)


def also_lacking(failure: Failure, written: Written) -> str:
    """Of a name that there is not: what may be meant, and the further ones of the text; "" if nothing is known."""
    if failure.raised == "AttributeError" and (found := _NOT_IN_NUMPY.search(failure.said)):
        close = nearest(found[1], [one for one in dir(np) if not one.startswith("_")])
        return f"`{cut(close[0], LONGEST)}` is written nearly like it." if close else ""
    if failure.raised == "NameError" and (found := _NOT_DEFINED.match(failure.said)):
        meant = parameter_meant(found[1], written)
        return f"The function is given `{cut(meant, LONGEST)}`." if meant else ""
    if failure.raised == "IndexError" and isinstance(failure.operation, ast.Subscript):
        alike = cut(one_or_many(failure.operation.value, written), LONGEST)
        return f"`{alike}` is another one, with a name that is written nearly so." if alike else ""
    return ""


def one_or_many(holder: ast.expr, written: Written) -> str:
    """`activations` for `activation`, or the other way round, where there is such a name; "" if not."""
    held = said(holder)
    return next((one for one in written.names if one in (f"{held}s", held.removesuffix("s")) and one != held), "")


def parameter_meant(name: str, written: Written) -> str:
    """The parameter that a name outside of the function may stand for, `X` for `x_train`; "" if none does."""
    return next((one for one in written.parameters if one.lower() == name.lower().partition("_")[0]), "")


def counted_entries(failure: Failure, piece: ast.AST, written: Written) -> Told | None:
    """Entries of a dict that are counted as layers, of which each has two."""
    asked = _OF_A_LAYER.fullmatch(failure.said.strip())
    if not isinstance(piece, ast.Subscript) or asked is None:
        return None
    holder = said(piece.value)
    count = next((_DICT_OF.match(str(seen.last)) for text, seen in failure.operands if text == holder), None)
    if count is None or int(count[1]) % 2 or not int(count[1]) // 2 < int(asked[1]) <= int(count[1]):
        return None
    if not next(counts_of(holder, written), None):
        return None
    holder = cut(holder, LONGEST)
    return (
        f"`len({holder})` counts the entries: a layer has two, its W and its b",
        f"There are half as many layers as entries: here `{holder}` has {count[1]}, so there is no {failure.said}.",
        f"How many layers are there, and how large is `len({holder})`?",
    )


def counts_of(holder: str, written: Written) -> Iterator[tuple[ast.stmt, ast.expr]]:
    """Where all entries of a dict are counted, and not halved."""
    halved = {id(part) for _, _, node in written.expressions for part in walk(node) if isinstance(node, ast.BinOp)}
    for statement, _, node in written.expressions:
        if said(node) == f"len({holder})" and id(node) not in halved:
            yield statement, node


def rows_for_entries(failure: Failure, piece: ast.AST) -> Told | None:
    """Class numbers that stand where rows are counted: `p[y]` for `p[np.arange(n), y]`."""
    if not isinstance(piece, ast.Subscript) or isinstance(piece.slice, ast.Tuple | ast.Slice):
        return None
    values = {text: seen.last for text, seen in failure.operands}
    held, index = values.get(said(piece.value)), values.get(said(piece.slice))
    if not isinstance(held, np.ndarray) or not isinstance(index, np.ndarray) or index.dtype.kind not in "iu":
        return None
    if held.ndim != 2 or index.shape != held.shape[:1] or not 0 <= index.min() <= index.max() < held.shape[1]:
        return None
    holder, numbers = cut(said(piece.value), LONGEST), cut(said(piece.slice), LONGEST)
    return (
        f"`{holder}[{numbers}]` takes whole rows: the numbers of the classes count columns",
        f"One index counts along the first axis, that of the samples. One entry of each row needs two: the numbers of "
        f"the rows, from 0 on, and `{numbers}`.",
        "Which axis of this array are the classes on?",
    )


def counter_of_another_axis(failure: Failure, piece: ast.AST, written: Written) -> Told | None:
    """An index that counts what another axis has: `W[i]` where `i` counts the samples and `f, … = W.shape`."""
    found = _BEYOND.search(failure.said)
    if found is None or not isinstance(piece, ast.Subscript):
        return None
    indices = piece.slice.elts if isinstance(piece.slice, ast.Tuple) else [piece.slice]
    axis = int(found[1])
    if axis >= len(indices) or not isinstance(index := indices[axis], ast.Name):
        return None
    sizes = {_size_of_axis(said(piece.value), axis, place.statement) for place in written.places} - {""}
    counted = {
        said(node.iter.args[-1])
        for node in walk(written.definition)
        if isinstance(node, ast.For) and said(node.target) == index.id
        if isinstance(node.iter, ast.Call) and said(node.iter.func) == "range" and len(node.iter.args) < 3
    }
    if len(sizes) != 1 or len(counted) != 1:
        return None
    (size,), (count,) = sizes, counted
    if not (size.isidentifier() and count.isidentifier()) or size == count:
        return None
    holder = cut(said(piece.value), LONGEST)
    return (
        f"`{index.id}` counts up to `{cut(count, LONGEST)}`, and axis {axis} of `{holder}` has `{cut(size, LONGEST)}` "
        "places",
        f"Here `{count}` is more than `{size}`: either another index belongs there, or none, or the loop over "
        f"`{index.id}` is to go up to `{size}`.",
        f"Write the sizes of `{holder}` below its indices.",
    )


def _size_of_axis(holder: str, axis: int, statement: ast.stmt) -> str:
    """The name that a statement gives the size of an axis, or makes it with; "" if it does not."""
    match statement:
        case ast.Assign(targets=[ast.Tuple(elts=names)], value=ast.Attribute(value=value, attr="shape")):
            return said(names[axis]) if said(value) == holder and axis < len(names) else ""
        case ast.Assign(targets=[target], value=ast.Call(func=function, args=[ast.Tuple(elts=sizes)])):
            is_made = said(target) == holder and said(function).rpartition(".")[2] in ("zeros", "ones", "empty")
            return said(sizes[axis]) if is_made and axis < len(sizes) else ""
    return ""


def count_for_rows(failure: Failure, piece: ast.AST) -> Told | None:
    """How many rows there are, where each row is meant: `p[n, y]` for `p[np.arange(n), y]`."""
    match piece:
        case ast.Subscript(value=holder, slice=ast.Tuple(elts=[count, labels])):
            values = {text: seen.last for text, seen in failure.operands}
            held, number, index = (values.get(said(one)) for one in (holder, count, labels))
        case _:
            return None
    if not isinstance(held, np.ndarray) or not isinstance(index, np.ndarray):
        return None
    if held.ndim != 2 or number != len(held) or index.shape != (number,):
        return None
    rows = cut(said(count), LONGEST)
    return (
        f"`{rows}` is how many rows there are, and no number of one: each row is meant, `np.arange({rows})`",
        "Rows are counted from 0, so that the last one is one less. Two lists of indices are gone through in pairs: "
        f"the numbers of the rows, and `{cut(said(labels), LONGEST)}`.",
        "Which row is taken there, and of which samples is an entry needed?",
    )


def factors_of(piece: ast.AST | None) -> tuple[ast.expr, ast.expr] | None:
    """The factors of a matrix product."""
    match piece:
        case ast.Call(func=ast.Attribute(value=left, attr="dot"), args=[right]) if not is_numpy(left):
            return left, right
        case ast.Call(func=ast.Attribute(attr="dot" | "matmul"), args=[left, right]):
            return left, right
        case ast.BinOp(left=left, op=ast.MatMult(), right=right):
            return left, right
    return None


def shapes_of_factors(failure: Failure, pair: tuple[ast.expr, ast.expr] | None) -> list[Sequence[int]]:
    """The shapes of two factors as they were last, as far as they are arrays."""
    kinds = {text: kind_of(seen.last) for text, seen in failure.operands}
    found = [kinds.get(said(side)) for side in pair or ()]
    return [one.shape for one in found if one is not None and one.is_array]


def vectors_multiplied(failure: Failure, piece: ast.AST) -> tuple[ast.expr, ast.expr] | None:
    """The factors of a product of two vectors of different lengths, where nothing but an outer product can be one."""
    pair = factors_of(piece)
    sizes = [shape[0] for shape in shapes_of_factors(failure, pair) if len(shape) == 1]
    return pair if failure.raised == "ValueError" and len(sizes) == 2 and sizes[0] != sizes[1] else None


def _of_two_vectors(failure: Failure, piece: ast.AST) -> Told | None:
    """What is told of such a product."""
    if vectors_multiplied(failure, piece) is None:
        return None
    turned = " A vector has no rows and columns: its `.T` is itself." if ".T" in said(piece) else ""
    return (
        f"`{cut(said(piece), LONGEST)}` is a product of two vectors, of different lengths",
        "A dot product adds up the products of two vectors place by place, and gives one number. What has a number for "
        f"each pair of entries, as the gradient of weights between two layers, is the outer product.{turned}",
        "Which shape should the result have here?",
    )


def kept_nowhere(failure: Failure, written: Written, source: Source) -> str:
    """The attribute that is None as it was at the beginning, or that there is not: nothing in its class puts it there.

    "" if it is about something else.
    """
    owner = written.function.rpartition(".")[0]
    if "NoneType" in failure.said:
        name = next((text.removeprefix("self.") for text, seen in failure.operands if is_none(seen)), "")
        is_own = f"self.{name}" in {text for text, _ in failure.operands}
    else:
        piece = failure.operation
        name = piece.attr if isinstance(piece, ast.Attribute) and f"'{piece.attr}'" in failure.said else ""
        is_own = isinstance(piece, ast.Attribute) and said(piece.value) == "self" and name not in source.methods(owner)
    put = [
        isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant) and node.value.value is None
        for node in _statements_for(owner, source)
        for target in walk(node)
        if isinstance(target, ast.Attribute) and target.attr == name and isinstance(target.ctx, ast.Store)
    ]
    return name if owner and name and is_own and all(put) else ""


def never_kept(failure: Failure, written: Written, source: Source) -> Told | None:
    """What is told of an attribute that is None since nothing is kept there."""
    if not (name := kept_nowhere(failure, written, source)):
        return None
    method = written.function.rpartition(".")[2]
    return (
        f"`self.{name}` is None: no line of its class puts anything else there",
        f"What `{method}` needs of an earlier call, the method that has it must keep in `self.{name}`.",
        f"Which method has what belongs into `self.{name}`?",
    )


def _statements_for(owner: str, source: Source) -> Iterator[ast.stmt]:
    """The simple statements that may put something into an object of a class: not those of other classes' `self`."""
    for unit in source.submission.units:
        tree = parse(unit.source)
        classes = [one for one in (tree.body if tree else ()) if isinstance(one, ast.ClassDef)]
        own = next((one for one in classes if one.name == owner), None)
        related = {said(base) for base in own.bases} if own is not None else set()
        others = [one for one in classes if one is not own and one.name not in related and not one.bases]
        strange = {id(node) for one in others for node in walk(one)}
        for node in walk(tree) if tree else ():
            if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign) and (
                id(node) not in strange or "self." not in said(node)
            ):
                yield node
