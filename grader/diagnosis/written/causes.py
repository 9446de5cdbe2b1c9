"""Exceptions whose cause the text of the function shows, beside what the message says."""

import ast
import re
from collections.abc import Iterator

import numpy as np

from grader.diagnosis.cases.phrases import cut
from grader.diagnosis.cases.where import Source
from grader.diagnosis.repair.kind import kind_of
from grader.diagnosis.repair.nodes import is_numpy, said
from grader.diagnosis.repair.written import Written
from grader.diagnosis.written.failed_operation import Failure
from grader.diagnosis.written.sizes_in_words import is_none
from grader.meanings import nearest
from grader.submissions.syntax import parse
from grader.submissions.trees import walk

Told = tuple[str, str, str]  # title, why, and a question
LONGEST = 60
_OF_A_LAYER = re.compile(r"'[A-Za-z_]+(\d+)'")
_DICT_OF = re.compile(r"dict (\d+)")
_NOT_DEFINED = re.compile(r"name '(\w+)' is not defined")


def cause_of(failure: Failure, piece: ast.AST, written: Written, source: Source) -> Told | None:
    """What the exception comes of, where that is certain."""
    if failure.raised == "KeyError":
        return _counted_entries(failure, piece, written)
    if failure.raised == "IndexError":
        return _rows_for_entries(failure, piece)
    if "NoneType" in failure.said:
        return _never_kept(failure, written, source)
    return _assigned_twice(failure.statement) or _of_two_vectors(failure, piece)


def also_lacking(failure: Failure, written: Written) -> str:
    """Of a name that there is not: what may be meant, and the further ones of the text; "" if nothing is known."""
    if failure.raised == "AttributeError" and "module 'numpy'" in failure.said:
        absent = {node.attr: written.line(place) for place, node in _absent_in_numpy(written)}
        return " ".join(_in_numpy(name, line, failure) for name, line in absent.items())
    if failure.raised == "NameError" and (found := _NOT_DEFINED.match(failure.said)):
        name = found[1]
        near = [one for one in written.parameters if one.lower() == name.lower().partition("_")[0]]
        return f"The function is given `{cut(near[0], LONGEST)}`." if near else ""
    if failure.raised == "IndexError" and isinstance(failure.operation, ast.Subscript):
        held = said(failure.operation.value)
        alike = [one for one in written.names if one in (f"{held}s", held.removesuffix("s")) and one != held]
        return f"`{cut(alike[0], LONGEST)}` is another one, with a name that is written nearly so." if alike else ""
    return ""


def _absent_in_numpy(written: Written) -> Iterator[tuple[ast.stmt, ast.Attribute]]:
    for statement, _, node in written.expressions:
        if isinstance(node, ast.Attribute) and is_numpy(node.value) and not hasattr(np, node.attr):
            yield statement, node


def _in_numpy(name: str, line: int, failure: Failure) -> str:
    close = nearest(name, [one for one in dir(np) if not one.startswith("_")])
    meant = f"`{cut(close[0], LONGEST)}` is written nearly like it." if close else ""
    return meant if f"'{name}'" in failure.said else f"Nor is there `{cut(name, LONGEST)}`, in line {line}. {meant}"


def _counted_entries(failure: Failure, piece: ast.AST, written: Written) -> Told | None:
    """Entries of a dict that are counted as layers, of which each has two."""
    asked = _OF_A_LAYER.fullmatch(failure.said.strip())
    if not isinstance(piece, ast.Subscript) or asked is None:
        return None
    holder = said(piece.value)
    count = next((_DICT_OF.match(str(seen.last)) for text, seen in failure.operands if text == holder), None)
    halved = {id(part) for _, _, node in written.expressions for part in walk(node) if isinstance(node, ast.BinOp)}
    counted = [node for _, _, node in written.expressions if said(node) == f"len({holder})" and id(node) not in halved]
    if count is None or not counted or int(count[1]) % 2 or not int(count[1]) // 2 < int(asked[1]) <= int(count[1]):
        return None
    holder = cut(holder, LONGEST)
    return (
        f"`len({holder})` counts the entries: a layer has two, its W and its b",
        f"There are half as many layers as entries: here `{holder}` has {count[1]}, so there is no {failure.said}.",
        f"How many layers are there, and how large is `len({holder})`?",
    )


def _rows_for_entries(failure: Failure, piece: ast.AST) -> Told | None:
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


def _of_two_vectors(failure: Failure, piece: ast.AST) -> Told | None:
    """A product of two vectors of different lengths, where nothing but an outer product can be one."""
    match piece:
        case ast.Call(func=ast.Attribute(value=left, attr="dot"), args=[right]) if not is_numpy(left):
            pass
        case ast.Call(func=ast.Attribute(attr="dot" | "matmul"), args=[left, right]):
            pass
        case ast.BinOp(left=left, op=ast.MatMult(), right=right):
            pass
        case _:
            return None
    kinds = {text: kind_of(seen.last) for text, seen in failure.operands}
    pair = [kinds.get(said(side)) for side in (left, right)]
    sizes = [kind.shape[0] for kind in pair if kind is not None and kind.is_array and kind.rank == 1]
    if failure.raised != "ValueError" or len(sizes) < 2 or sizes[0] == sizes[1]:
        return None
    turned = " A vector has no rows and columns: its `.T` is itself." if ".T" in said(piece) else ""
    return (
        f"`{cut(said(piece), LONGEST)}` is a product of two vectors, of different lengths",
        "A dot product adds up the products of two vectors place by place, and gives one number. What has a number for "
        f"each pair of entries, as the gradient of weights between two layers, is the outer product.{turned}",
        "Which shape should the result have here?",
    )


def _never_kept(failure: Failure, written: Written, source: Source) -> Told | None:
    """An attribute that is None as it was at the beginning: nothing in the file puts anything else there."""
    name = next((text.removeprefix("self.") for text, seen in failure.operands if is_none(seen)), "")
    if not name or f"self.{name}" not in {text for text, _ in failure.operands}:
        return None
    trees = [tree for unit in source.submission.units if (tree := parse(unit.source)) is not None]
    put = [
        isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant) and node.value.value is None
        for tree in trees
        for node in walk(tree)
        if isinstance(node, ast.stmt)
        for target in walk(node)
        if isinstance(target, ast.Attribute) and target.attr == name and isinstance(target.ctx, ast.Store)
        if not isinstance(node, ast.ClassDef | ast.FunctionDef | ast.If | ast.For | ast.While | ast.With | ast.Try)
    ]
    if not put or not all(put):
        return None
    method = written.function.rpartition(".")[2]
    return (
        f"`self.{name}` is None: no line of the file puts anything else there",
        f"What `{method}` needs of an earlier call, the method that has it must keep in `self.{name}`.",
        f"Which method has what belongs into `self.{name}`?",
    )


def _assigned_twice(statement: ast.stmt) -> Told | None:
    """Two assignments that are written as one: `a, b = x, c = y`."""
    match statement:
        case ast.Assign(targets=[_, *_, ast.Tuple(elts=elements)]):
            wrong = [one for one in elements if re.search(r"\.(shape|size|ndim)\b", said(one))]
            if wrong:
                whole = cut(said(statement), LONGEST)
                return (
                    f"`{whole}` is one assignment, and two are meant",
                    f"Each `=` has on its left what gets the value on the right, the last one: so it would be given to "
                    f"`{cut(said(wrong[0]), LONGEST)}` as well. What is to have values of its own needs a line of its "
                    "own.",
                    "Which names are to get which value here?",
                )
    return None
