"""The steps of a unit that decides: z of the samples, the two sides of its error, and what is learned."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from grader.reading.recorded.graph import DRAWING, Graph
from grader.reading.recorded.recording import Array, Event
from grader.reading.structure.parameters import Parameters

MAX_STEPS = 200
NEAR = 4  # events behind the product in which the bias is added


@dataclass(frozen=True)
class UnitStep:
    """One step: z of the samples, their inputs, the two sides of the error, and what is learned before and after."""

    product: Event
    summed: Event
    error: Event | None  # None if there is no difference
    following: Event  # the product of the next step
    z: Array
    x: Array  # samples in rows
    sides: tuple[Array, Array]
    w: Array
    after: Array
    b: float | None


def is_learned(parameters: Parameters, value: int, event: Event) -> bool:
    return parameters.owner(value, event.index) is not None


def steps_of_unit(graph: Graph, parameters: Parameters, products: list[Event]) -> Iterator[UnitStep]:
    """The steps of a unit, by its products."""
    position = max((0, 1), key=lambda side: sum(is_learned(parameters, e.operands[side], e) for e in products))
    for event, following in list(pairwise(products))[:MAX_STEPS]:
        maker = graph.maker(following.operands[position], following.index)
        if maker is not None and maker.index > event.index and maker.op in DRAWING:
            return  # another training begins
        w, x = graph.array(event.operands[position]), graph.array(event.operands[1 - position])
        after = graph.array(following.operands[position])
        z = graph.array(event.result)
        if w is None or x is None or after is None or z is None or not 0 < w.size == max(w.shape, default=0):
            return
        rows = x.T if position == 0 and x.ndim == 2 else x
        if rows.size != w.size * z.size or after.size != w.size:
            return
        summed, b, bias = event, None, -1
        for user in graph.users_after(event.result, event.index):
            if user.index > event.index + NEAR:
                break
            others = [o for o in user.operands if o != event.result]
            is_threshold = user.op in ("Sub", "subtract") and user.operands[0] == event.result
            if (user.op in ("Add", "add") or is_threshold) and len(others) == 1 and graph.size(others[0]) == 1:
                found, number = graph.array(user.result), graph.array(others[0])
                if found is not None and number is not None:
                    b = float(number.ravel()[0]) * (-1 if is_threshold else 1)
                    summed, z, bias = user, found, others[0]
                break
        for error in graph.events[summed.index + 1 : following.index]:
            sides = [graph.array(operand) for operand in error.operands]
            if error.op not in ("Sub", "subtract") or len(sides) != 2 or sides[0] is None or sides[1] is None:
                continue
            if bias in error.operands:  # the step of the bias, and no error
                continue
            if graph.size(error.result) == z.size:
                flat = (_flat(sides[0], z.size), _flat(sides[1], z.size))
                yield UnitStep(event, summed, error, following, z.ravel(), rows.reshape(z.size, -1), flat, w.ravel(),
                            after.ravel(), b)  # fmt: skip
                break
        else:
            yield UnitStep(event, summed, None, following, z.ravel(), rows.reshape(z.size, -1), (w[:0], w[:0]),
                        w.ravel(), after.ravel(), b)  # fmt: skip


def _flat(array: Array, size: int) -> Array:
    return np.broadcast_to(array.ravel().astype(float), size) if array.size in (1, size) else np.full(size, np.nan)
