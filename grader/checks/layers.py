"""What is verified of a layer, a class with two passes, however a course writes it.

Tutorials share the names of their layers, and not how a sample lies. A layer whose weights are (n_in, n_out) from its
constructor on, and which takes a row by itself, is as right as one whose weights are (n_out, n_in).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from grader.assignments.declarations import Check, CheckFunction
from grader.assignments.layer import Layer, Problem
from grader.assignments.use import shared_out
from grader.checks.compare import Tolerance, agrees
from grader.checks.expect import expect
from grader.checks.implementation import CallFailed, Function, Hidden
from grader.checks.properties import leaves_arguments_alone
from grader.checks.record import Finding, note_finding, note_turned, remark

_DRAWS = 2  # of one alone, two mistakes may show the same
_Ask = Callable[[Layer, Any, np.random.Generator, int], Any]
_Entry = tuple[str, float, CheckFunction]  # title, share of the points


def with_checks(
    layer: Layer,
    forward: float,
    backward: float,
    *,
    tolerance: Tolerance | None = None,
    is_extreme: bool = False,
    is_asked_again: bool = False,
) -> Layer:
    """The layer with checks of its passes, which are worth so many points.

    Args:
        tolerance: of the outputs.
        is_extreme: whether large inputs are tried as well, with which an exponential may overflow.
        is_asked_again: whether its backward pass is tried twice after one forward pass: what was kept stays as it was.
    """
    style, kind = layer.style, layer.kind
    groups = [
        (style.forward, forward, _of_forward(tolerance)),
        (
            style.backward,
            backward,
            [*_of_backward(layer), *([_EXTREMES] if is_extreme else []), *([_TWICE] if is_asked_again else [])],
        ),
    ]
    if style.gradients_of and kind.gradients:
        groups[1:] = [
            (style.backward, backward / 2, _of_backward(layer)),
            (
                style.gradients_of,
                backward / 2,
                [_alike("gradients", "The gradients in the parameters", "the gradients", 1, _gradients)],
            ),
        ]
    checks = tuple(
        Check(f"{layer.name}.{method}", own, title, _bound(run, layer), ("student", "solution", "rng"))
        for method, points, entries in groups
        for own, (title, _, run) in zip(shared_out(points, [share for _, share, _ in entries]), entries, strict=True)
    )
    return replace(layer, checks=checks)


def _of_forward(tolerance: Tolerance | None) -> list[_Entry]:
    return [
        _alike("outputs", "The outputs for random batches", "the output", 4, _outputs, tolerance),
        ("The arguments are left as they were", 1, _arguments),
    ]


def _of_backward(layer: Layer) -> list[_Entry]:
    entries = [_alike("inputs", "The gradient in the inputs", "the gradient in the inputs", 4, _sent_back)]
    if layer.kind.gradients and not layer.style.gradients_of:
        title = "The parameters after the step" if layer.style.rate else "The gradients in the parameters"
        what = "what the parameters are after the step," if layer.style.rate else "the gradients"
        entries.append(_alike("parameters", title, what, 4, _gradients))
        if not layer.style.rate and layer.style.next_batch != "either":
            adds = layer.style.next_batch == "add"
            again = "are added to those of the first" if adds else "take the place of the first's"
            entries.append(
                _alike(
                    "again", f"The gradients of a second batch {again}", "the gradients after it", 2, _gradients_again
                )
            )
    return entries


def _alike(name: str, title: str, what: str, share: float, ask: _Ask, tolerance: Tolerance | None = None) -> _Entry:
    """A question about a layer that submission and solution must answer alike."""

    def run(layer: Layer, student: Any, solution: Any, rng: np.random.Generator) -> None:
        for draw in range(_DRAWS):
            seed = int(rng.integers(2**31))
            found, expected = (
                ask(layer, implementation, np.random.default_rng(seed), draw) for implementation in (student, solution)
            )
            expect(found, what).close_to(expected, *([tolerance] if tolerance else []))
            is_known = ask not in (_outputs, _sent_back) or layer.kind.gradients or agrees(found, expected)
            if not is_known and _is_right_row_by_row(layer, ask, (student, solution), seed, draw):
                method = layer.style.backward if ask is _sent_back else layer.style.forward
                note_finding(Finding("depends-on-the-batch", f"{layer.name}.{method}"))

    run.__name__ = name
    return title, share, run


def _is_right_row_by_row(layer: Layer, ask: _Ask, sides: Sequence[Any], seed: int, draw: int) -> bool:
    """Whether a layer answers right for each sample by itself, which is a row; the last of `sides` is the solution."""
    problem = layer.kind.drawn(rng := np.random.default_rng(seed), draw)

    def asked(side: Any, own: slice) -> Any:
        returned = None if problem.returned is None else problem.returned[own]
        cut = replace(problem, given=tuple(value[own] for value in problem.given), returned=returned)
        return ask(replace(layer, kind=replace(layer.kind, drawn=lambda *_: cut)), side, rng, draw)

    try:
        whole = asked(sides[-1], slice(None))
        rows = [slice(i, i + 1) for i in range(len(problem.given[0]))]
        return all(agrees(asked(side, own), whole[own]) for own in rows for side in sides)
    except (CallFailed, TypeError, IndexError):
        return False


def _bound(run: CheckFunction, layer: Layer) -> CheckFunction:
    def bound(student: Any, solution: Any, rng: np.random.Generator) -> None:
        run(layer, student, solution, rng)

    bound.__name__ = run.__name__
    return bound


def _extremes(layer: Layer, implementation: Any, rng: np.random.Generator, draw: int) -> Any:
    problem = layer.kind.drawn(rng, draw)
    large = replace(problem, given=(800 * problem.given[0], *problem.given[1:]))
    return layer.sent_back(_made(layer, implementation, large), large)


_EXTREMES = _alike("extremes", "The gradient for large inputs, which is finite", "the gradient", 1, _extremes)


def _twice(layer: Layer, implementation: Any, rng: np.random.Generator, draw: int) -> Any:
    problem = layer.kind.drawn(rng, draw)
    instance = _made(layer, implementation, problem)
    first = layer.sent_back(instance, problem)
    try:
        return getattr(instance, layer.style.backward)()
    except CallFailed:
        return first  # it need not keep anything for so long


_TWICE = _alike("twice", "The same, asked a second time", "the second gradient", 1, _twice)


def _made(layer: Layer, implementation: Any, problem: Problem) -> Any:
    """An instance that has the parameters of a problem; where samples may as well be rows, asked by columns."""
    if not layer.rows_too:
        return layer.made_by(implementation, problem)
    instance = layer.constructed(implementation, problem)
    if is_for_rows(instance, layer.style.forward, layer.place_of("W"), layer.place_of("b"), problem.sizes):
        remark(f"`{layer.name}` takes a sample as a row, (1, n); the task has columns, (n, 1)")
        instance = AsColumns(instance)
    return layer.given_values(instance, problem)


def _outputs(layer: Layer, implementation: Any, rng: np.random.Generator, draw: int) -> Any:
    problem = layer.kind.drawn(rng, draw)
    found = layer.outputs(_made(layer, implementation, problem), problem)
    return found[0] if layer.style.state == "returned" else found


def _sent_back(layer: Layer, implementation: Any, rng: np.random.Generator, draw: int) -> Any:
    problem = layer.kind.drawn(rng, draw)
    return layer.sent_back(_made(layer, implementation, problem), problem)


def _gradients(layer: Layer, implementation: Any, rng: np.random.Generator, draw: int) -> Any:
    problem = layer.kind.drawn(rng, draw)
    instance = _made(layer, implementation, problem)
    if not layer.style.gradients_of:
        layer.sent_back(instance, problem)
    return layer.gradients(instance, problem)


def _gradients_again(layer: Layer, implementation: Any, rng: np.random.Generator, draw: int) -> Any:
    problem = layer.kind.drawn(rng, draw)
    instance = _made(layer, implementation, problem)
    layer.sent_back(instance, problem)
    other = replace(problem, given=tuple(value[::-1] * 1 for value in problem.given))
    layer.sent_back(instance, other)
    return layer.gradients(instance, other)


def _arguments(layer: Layer, student: Any, solution: Any, rng: np.random.Generator) -> None:
    problem = layer.kind.drawn(rng, 0)
    leaves_arguments_alone(getattr(_made(layer, student, problem), layer.style.forward), *problem.given)


_arguments.__name__ = "arguments"


def is_for_rows(instance: Any, forward: str, weights: str, biases: str, sizes: tuple[int, ...]) -> bool:
    """Whether a layer of so many inputs and units has weights for rows, and gives a row for a row.

    Where it gives nothing, it is for rows if its biases are one. Nothing of this counts as seen of the submission.
    """
    if not isinstance(instance, Hidden) or not instance._owner.can_be_tried or len(set(sizes)) < 2:
        return False
    owner, (inputs, units) = instance._owner, sizes
    try:
        held = owner.read(instance, weights)
        if np.shape(held) != (inputs, units):
            return False
        shape = np.shape(owner.read(instance, biases))
    except CallFailed:
        return False
    try:
        out = owner.call(_member(instance, forward), [np.ones((1, inputs))], {})
    except CallFailed:
        return shape in ((units,), (1, units))
    return bool(np.shape(out) == (1, units))


class AsColumns:
    """What a layer for rows gives and is given, turned; it is observed as it is turned."""

    def __init__(self, layer: Hidden) -> None:
        self.__dict__["_layer"] = layer
        note_turned()

    def __getattr__(self, name: str) -> Any:
        layer = self._layer
        member = _member(layer, name)
        if member.name in layer._owner.contract:
            return _TurnedCalls(member)
        return member.observed(lambda: _turned(layer._owner.read(layer, name)))

    def __setattr__(self, name: str, value: Any) -> None:
        setattr(self._layer, name, _turned(value))


def _member(instance: Hidden, name: str) -> Function:
    return Function(instance._owner, f"{instance._class_name}.{name}", instance)


@dataclass(frozen=True)
class _TurnedCalls:
    """A method of a layer for rows, as one for columns."""

    member: Function

    @property
    def name(self) -> str:
        return self.member.name

    def __call__(self, *arguments: Any) -> Any:
        given = [_turned(argument) for argument in arguments]
        return self.member.observed(lambda: _turned(self.member.owner.call(self.member, given, {})))


def _turned(value: Any) -> Any:
    """The transpose of what has two axes; of biases with one axis, a column."""
    if not isinstance(value, np.ndarray):
        return value
    return value[:, np.newaxis] if value.ndim == 1 else value.T.copy()
