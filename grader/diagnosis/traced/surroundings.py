"""What stands around a value in a submission: what it is computed from, whether that is right, where it is made."""

import ast
from collections.abc import Iterator, Sequence

import numpy as np

from grader.diagnosis.cases.case import Case
from grader.diagnosis.cases.leaves import RELATIVE, ROUNDING, Array, is_distinctive, same
from grader.diagnosis.cases.watch import Run
from grader.diagnosis.repair.nodes import said
from grader.diagnosis.traced.roles import Candidate, Role, Values, WatchedCall, numbers_of, same_up_to_form
from grader.diagnosis.traced.steps import Place
from grader.submissions.trees import walk


class Surroundings:
    """Of the values of some watched calls."""

    def __init__(self, case: Case, calls: Sequence[WatchedCall]) -> None:
        self.case, self.calls = case, calls

    def is_right(self, values: Sequence[Values]) -> bool:
        """Whether all values are ones that the solution has as well, or arguments."""
        return all(
            any(same_up_to_form(value, other, call.samples) for other in self._known(call))
            for call, own in zip(self.calls, values, strict=True)
            for value in own
        )

    def _known(self, call: WatchedCall) -> Iterator[Array]:
        yield from call.arguments
        for values in call.given.values():
            yield from values

    def is_result(self, place: Place) -> bool:
        """Whether what a step gives is a part of the result itself."""
        return all(
            any(
                same(value, right)
                for i in call.cells
                if isinstance(right := self.case.right[i], np.ndarray)
                for value in call.given[place]
            )
            for call in self.calls
        )

    def named(self, candidate: Candidate, roles: Sequence[Role], is_right_elsewhere: bool) -> tuple[str, int, str]:
        """The line to look at, with its function, and the name of the value there."""
        watch, seen = self.calls[0].run.watch, self.calls[0].run.seen
        statement, node = candidate.statement, candidate.node
        targets = [target for one, target in watch.targets.values() if one is statement]
        if getattr(statement, "value", None) is node and len(targets) == 1 and not isinstance(statement, ast.AugAssign):
            node = targets[0]
        name = said(node)
        if is_right_elsewhere:  # it is what reads it that needs something else
            reading = [
                (seen[number].time, number)
                for number, other in watch.nodes.items()
                if number in seen and seen[number].time >= candidate.time and said(other) == name
            ]
            if reading:
                _, number = min(reading)
                return watch.owners[number], watch.nodes[number].lineno, name
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            made = self._makers(node.id, candidate.function, candidate.time)
            if len(candidate.values[0]) > 1 and (
                later := self._makers(node.id, candidate.function, before=None)[len(made) :]
            ):
                made = later if len(later) == 1 else []  # in a later pass it is what the loop has made
            is_in_step = all(role.count == len(candidate.values[0]) for role in roles)
            if made := [number for number in made if seen[number].count == 1 or is_in_step]:
                return candidate.function, watch.targets[made[-1]][0].lineno, name
        return candidate.function, node.lineno, name

    def _makers(self, name: str, function: str, before: int | None) -> list[int]:
        """The numbers of the targets with which a function gave a name its value, `before` a moment, the last last."""
        watch, seen = self.calls[0].run.watch, self.calls[0].run.seen
        made = [
            (seen[number].time, number)
            for number, (_, target) in watch.targets.items()
            if number in seen and (before is None or seen[number].time < before) and _base(target) == name
            if watch.owners[number] == function
        ]
        return [number for _, number in sorted(made)]

    def _is_argument(self, node: ast.expr, number: int | None) -> bool:
        """Whether an expression is an argument as it was given: be it zeros, it is right."""
        watch, seen = self.calls[0].run.watch, self.calls[0].run.seen
        if number is None or not isinstance(node, ast.Name) or node.id not in watch.parameters.values():
            return False
        owner = watch.owners[number]
        given = any(name == node.id and watch.owners[one] == owner for one, name in watch.parameters.items())
        return given and owner == self.case.function and not self._makers(node.id, owner, seen[number].time)

    def _is_given_before(self, candidate: Candidate) -> bool:
        """Whether what something is added to was given so, as an argument or an entry of one."""
        assert isinstance(candidate.statement, ast.AugAssign)
        watch, name = self.calls[0].run.watch, _base(candidate.statement.target)
        is_parameter = any(
            one == name and watch.owners[number] == candidate.function for number, one in watch.parameters.items()
        )
        is_asked = candidate.function == self.case.function
        return is_asked and is_parameter and not self._makers(name, candidate.function, candidate.time)

    def _is_setting(self, node: ast.expr, values: Sequence[Values]) -> bool:
        """Whether an attribute is a number that the object was made with, wherever it was made with any."""
        if not isinstance(node, ast.Attribute) or not all(values):
            return False
        count = 0
        for call, own in zip(self.calls, values, strict=True):
            calls = self.case.traces[call.trace].calls
            instance = calls[call.position].instance
            made = [calls[instance.call]] if instance is not None else []
            given = [
                x
                for one in made
                for each in one.arguments
                for x in (*each, *one.named.values())
                if isinstance(x, float)
            ]
            if given and not all(value.size == 1 and value.item() in given for value in own):
                return False
            count += bool(given)
        return count >= len(self.calls) / 2

    def _does_nothing(self, node: ast.expr, number: int) -> bool:
        """Whether what a name stands for was computed, and is what one of the operands was: right as that one only.

        Divided by a deviation of 1 by mistake, say, what is normalised is what was only centred.
        """
        watch, seen = self.calls[0].run.watch, self.calls[0].run.seen
        made = self._makers(node.id, watch.owners[number], seen[number].time) if isinstance(node, ast.Name) else []
        statement = watch.targets[made[-1]][0] if made else None
        if not isinstance(statement, ast.Assign):
            return False
        operands = {id(side) for one in walk(statement.value) for side in _sides(one)}
        return any(self._are_same(number, other) for other, one in watch.nodes.items() if id(one) in operands)

    def is_left_alone(self, candidate: Candidate) -> bool:
        """Whether something is added to a value, or done to it otherwise, that leaves it as it is: 0, for a term.

        It may well be right then, and what is missing comes behind it.
        """
        watch = self.calls[0].run.watch
        names = {said(target) for one, target in watch.targets.values() if one is candidate.statement}
        wholes = [number for number, one in watch.nodes.items() if names & {*map(said, _sides(one))}]
        return any(self._are_same(candidate.number, whole, ROUNDING) for whole in wholes)

    def _are_same(self, number: int, other: int, relative: float = RELATIVE) -> bool:
        """Whether two expressions were the same arrays in every call."""
        for call in self.calls:
            pairs = [*zip(numbers_of(call.run, number), numbers_of(call.run, other), strict=False)]
            if not pairs or not all(a.size > 1 and same(a, b, relative) for a, b in pairs):
                return False
        return True

    def right_ones_read(self, candidate: Candidate, candidates: Sequence[Candidate]) -> list[Candidate]:
        """What a value is computed from, among some, as far as it is right."""
        nodes = {id(node) for node in walk(candidate.statement)}
        texts = {said(node) for node in walk(candidate.statement) if isinstance(node, ast.Name | ast.Subscript)}
        found = [
            one
            for one in candidates
            if id(one.node) in nodes and one.number not in self.calls[0].run.watch.targets and said(one.node) in texts
        ]
        return [one for one in found if one.time <= candidate.time and self.is_right(one.values)]

    def reads(self, candidate: Candidate) -> tuple[tuple[str, ...], bool]:
        """What a value is computed from, as far as it is right; and whether that is all of it."""
        watch = self.calls[0].run.watch
        is_target = candidate.number in watch.targets
        if is_target and isinstance(candidate.statement, ast.AugAssign) and not self._is_given_before(candidate):
            return (), False  # what stood there before is not known
        whole = getattr(candidate.statement, "value", None) if is_target else candidate.node
        is_read_alone = isinstance(whole, ast.Name) or (whole is candidate.node and [*_places_read(whole)] == [whole])
        if not isinstance(whole, ast.expr) or is_read_alone:
            return (), False
        numbers = {id(node): number for number, node in watch.nodes.items()}
        right: dict[str, None] = {}
        starred = [one.value for one in ast.walk(whole) if isinstance(one, ast.Starred)]
        are_all = not any(isinstance(one, ast.Name) for one in starred)  # of whose parts none was compared
        for node in _places_read(whole):
            number = numbers.get(id(node))
            values = tuple(numbers_of(call.run, number) if number is not None else () for call in self.calls)
            if all(values) and self._is_argument(node, number):
                right.setdefault(said(node))
            elif all(values) and self.is_right(values):
                if not all(is_distinctive(value) for one in values for value in one if value.size > 1):
                    are_all = False  # zeros are right of much
                elif number is not None and self._does_nothing(node, number):
                    are_all = False
                elif any(value.size > 1 for one in values for value in one):
                    right.setdefault(said(node))
            elif number is None or (
                any(_may_be_wrong(call.run, number) for call in self.calls) and not self._is_setting(node, values)
            ):
                are_all = False
        return tuple(right), are_all and bool(right)


def _sides(node: ast.AST) -> tuple[ast.expr, ...]:
    return (node.left, node.right) if isinstance(node, ast.BinOp) else ()


def _may_be_wrong(run: Run, number: int) -> bool:
    """Whether what was read is numbers that may be wrong, and no count, module or dict."""
    if number not in run.seen:
        return False
    return any(
        isinstance(value, float | np.ndarray) or (isinstance(value, str) and value.startswith("array"))
        for value in (run.seen[number].first, run.seen[number].last)
    )


def _places_read(node: ast.AST) -> Iterator[ast.expr]:
    """The names, entries and attributes that an expression reads, the outermost of each."""
    match node:
        case ast.Name(ctx=ast.Load()) | ast.Subscript(ctx=ast.Load()) | ast.Attribute(ctx=ast.Load()):
            if isinstance(node, ast.Attribute) and node.attr in ("T", "shape", "size", "ndim"):
                yield from _places_read(node.value)
            else:
                yield node
            return
        case ast.Call(func=ast.Attribute(value=owner)):
            if not isinstance(owner, ast.Name) or owner.id not in ("np", "numpy"):
                yield from _places_read(owner)
            for part in (*node.args, *node.keywords):
                yield from _places_read(part)
            return
        case ast.Call():
            for part in (*node.args, *node.keywords):
                yield from _places_read(part)
            return
    for child in ast.iter_child_nodes(node):
        yield from _places_read(child)


def _base(target: ast.expr) -> str:
    """`a` of `a`, `a[0]` and `a.b`."""
    while isinstance(target, ast.Subscript | ast.Attribute):
        target = target.value
    return target.id if isinstance(target, ast.Name) else ""
