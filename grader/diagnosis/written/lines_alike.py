"""A name without value, where another line of the function, which is written alike, has its counterpart's name."""

import ast
from collections.abc import Iterator

from grader.diagnosis.repair.written import Edit, Written
from grader.diagnosis.written.failed_operation import Failure
from grader.submissions.trees import walk


def as_in_a_line_alike(name: str, failure: Failure, written: Written, kind: str) -> Iterator[Edit]:
    """`x_end = x_start + f` for `x_end = x_end + f`, beside `y_end = y_start + f`.

    All other names of the two lines are the same, or differ in one and the same word.
    """
    own = _names(failure.statement)
    places = [one for one in own if one.id == name and isinstance(one.ctx, ast.Load)]
    if len(places) != 1:
        return
    statements = [one.statement for one in written.places if one.statement is not failure.statement]
    bound = {one.id for other in statements for one in _names(other) if isinstance(one.ctx, ast.Store)}
    found: set[str] = set()
    for other in statements:
        names = _names(other)
        if hasattr(other, "body") or len(names) != len(own) or _form(other) != _form(failure.statement):
            continue
        pairs = [*zip(names, own, strict=True)]
        words = {_words(a.id, b.id) for a, b in pairs if b is not places[0] and a.id != b.id}
        counterpart = next(a.id for a, b in pairs if b is places[0])
        if len(words) == 1:
            ((one, another),) = words
            if one and another and one in counterpart:
                found.add(counterpart.replace(one, another, 1))
    if len(found) == 1 and (meant := found.pop()) != name and meant in bound:
        yield written.edit(failure.statement, places[0], meant, kind)


def _names(statement: ast.stmt) -> list[ast.Name]:
    return [one for one in walk(statement) if isinstance(one, ast.Name)]


def _form(statement: ast.stmt) -> list[str]:
    """What a statement is made of, whatever the names and numbers in it."""
    return [type(node).__name__ for node in walk(statement)]


def _words(one: str, other: str) -> tuple[str, str]:
    """What two names differ in, between what they begin and end with alike."""
    start = _alike(one, other)
    end = _alike(one[start:][::-1], other[start:][::-1])
    return one[start : len(one) - end], other[start : len(other) - end]


def _alike(one: str, other: str) -> int:
    return next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
