"""A dict for a list, where what has places only is asked by keys."""

import ast
from collections.abc import Iterator, Sequence

from grader.diagnosis.repair.misspelt import SURELY
from grader.diagnosis.repair.nodes import said
from grader.diagnosis.repair.written import Edit, Written
from grader.diagnosis.written.failed_operation import Failure
from grader.submissions.trees import walk


def dict_for_list(failure: Failure, texts: Sequence[Written]) -> Iterator[Edit]:
    """`{}` for the `[]` that what is asked for an entry by a key, or for what a dict alone has, is begun with."""
    match failure.operation:
        case ast.Subscript(value=value):
            holder = said(value)
        case ast.Attribute(value=value, attr=name) if hasattr(dict, name):
            holder = said(value)
        case _:
            return
    made: list[tuple[Written, ast.stmt, ast.expr]] = []
    for text in texts:
        for place in text.places:
            match place.statement:
                case ast.Assign(targets=[ast.Tuple(elts=names)], value=ast.Tuple(elts=values)):
                    pairs = [*zip(names, values, strict=False)]
                case ast.Assign(targets=names, value=value):
                    pairs = [(one, value) for one in names]
                case _:
                    continue
            made += [
                (text, place.statement, value) for one, value in pairs if said(one) == holder and said(value) != "None"
            ]
    begun = [said(node) for text, _, _ in made for node in walk(text.definition) if isinstance(node, ast.Call)]
    meant = next((one for one in begun if one.startswith(("defaultdict(", "collections.defaultdict("))), "{}")
    for text, statement, value in made if len(made) == 1 else ():
        parts = value.values if isinstance(value, ast.BoolOp) else [value]
        yield from (text.edit(statement, one, meant, SURELY) for one in parts if said(one) in ("[]", "list()"))
