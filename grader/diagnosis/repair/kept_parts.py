"""What a function keeps for another one, a cache or attributes, and edits of it.

Where it is wrong, what the function gives may be right, and nothing is wrong where it is used.
"""

import ast
import itertools
from collections.abc import Iterator
from dataclasses import replace

from grader.diagnosis.cases.watch import targets_of
from grader.diagnosis.repair.alternatives import NUMBER
from grader.diagnosis.repair.bindings import kept_in_attributes
from grader.diagnosis.repair.fixed_numbers import CONSTANT, IN_CONTEXT
from grader.diagnosis.repair.kinds import Kinds
from grader.diagnosis.repair.nodes import said
from grader.diagnosis.repair.tiers import Tiers
from grader.diagnosis.repair.words import ODD
from grader.diagnosis.repair.written import Edit, Written

TAKEN_OUT = {NUMBER, "sign", "too-much", "call-too-much"}  # what somebody put in, against what somebody forgot
PUT_IN = {"multiply", "divide", "sign-missing", CONSTANT, IN_CONTEXT}  # which undoes that where it is used
KEPT_AS_GIVEN = "kept-as-given"
TRIALS = 40
_OF_KEEPING = "statements"
_TIERS = ("slips", "names")


def edits_of_what_is_kept(written: Written, *, only_taken_out: bool) -> Iterator[Edit]:
    """Edits of what a function returns beside its result, or puts under attributes, the likely ones first."""
    kept = {id(node) for whole in _kept(written) for node in ast.walk(whole)}
    tiers = dict(Tiers(written, Kinds(written, ()), []))
    edits = (edit for tier in _TIERS for edit in tiers[tier] if id(edit.span[0]) in kept)
    if not only_taken_out:
        for edit in itertools.chain(kept_in_attributes(written), _not_cleared(written)):
            edit.tier = _OF_KEEPING
            yield edit
    wanted = (edit for edit in edits if edit.kind in TAKEN_OUT or not (only_taken_out or edit.kind in ODD))
    yield from itertools.islice(wanted, TRIALS)


def kept_as_given(written: Written) -> Iterator[Edit]:
    """The function with an argument kept at its end where it keeps what it makes of that: it goes on with its own."""
    places = [place.statement for place in written.places]
    returns = [one for one in places if isinstance(one, ast.Return) and one.value is not None]
    for statement in places if len(returns) == 1 else ():
        match statement:
            case ast.Assign(targets=[ast.Attribute(value=ast.Name(id="self")) as target], value=value):
                read = {node.id for node in ast.walk(value) if isinstance(node, ast.Name)}
                for name in written.parameters if not isinstance(value, ast.Name) else ():
                    if name in read - {"self"}:
                        result = said(returns[0])[len("return ") :]
                        text = f"result_ = {result}\n{said(target)} = {name}\nreturn result_"
                        edit = written.spanning(returns[0], returns[0], text, KEPT_AS_GIVEN, statement)
                        yield replace(edit, before=said(target), after=name, tier=_OF_KEEPING)


def _not_cleared(written: Written) -> Iterator[Edit]:
    """The function without a line that has nothing stay under an attribute."""
    for place in written.places:
        match place.statement:
            case ast.Assign(targets=[ast.Attribute()], value=ast.Constant(value=None)):
                yield written.edit(place.statement, place.statement, "pass", "deleted")


def _kept(written: Written) -> Iterator[ast.expr]:
    names: set[str] = set()
    for place in written.places:
        match place.statement:
            case ast.Return(value=ast.Tuple(elts=[_, *rest])):
                yield from rest
                names |= {one.id for one in rest if isinstance(one, ast.Name)}
    for place in written.places:
        match place.statement:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Tuple(elts=parts)) if name in names:
                names |= {one.id for one in parts if isinstance(one, ast.Name)}
    for place in written.places:
        statement = place.statement
        if isinstance(statement, ast.Assign) and not isinstance(statement.value, ast.Constant):
            for target in targets_of(statement):
                while isinstance(target, ast.Subscript):  # `self.cache["probs"]`
                    target = target.value
                if isinstance(target, ast.Attribute) or (isinstance(target, ast.Name) and target.id in names):
                    yield statement.value
