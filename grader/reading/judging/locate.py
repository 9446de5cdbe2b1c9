"""Where a quantity stands in the text: the first event that makes it, up to a factor and a transpose."""

from collections.abc import Iterable, Sequence

import numpy as np

from grader.reading.judging.fits import length
from grader.reading.recorded.graph import GATHERED, OUTER, PRODUCTS, Graph
from grader.reading.recorded.recording import Array

ALIKE = 1e-11
FACTORS = (1.0, 2.0, 0.5)  # that a δ which is a single number may have: any would make all numbers alike


class Locator:
    """Looks values up in the events of one step."""

    def __init__(self, graph: Graph, tolerance: float = ALIKE, samples: int = 1) -> None:
        self.graph = graph
        #: what a single number may be multiplied by: 1/n as well, of a mean
        self.factors = (*FACTORS, *[factor / samples for factor in FACTORS])
        self.tolerance = max(tolerance, ALIKE)
        self._norms: dict[int, float] = {}

    def first(self, arrays: Iterable[Array], start: int, end: int) -> int | None:
        """The first event between two whose result is one of the arrays, times any number."""
        wanted = [(array.ravel(), array.T.ravel(), length(array.ravel())) for array in arrays if array.size]
        wanted = [entry for entry in wanted if entry[2] > 0 and np.isfinite(entry[2])]
        if not wanted:
            return None
        for index in range(max(start, 0), min(end + 1, len(self.graph.events))):
            value = self.graph.events[index].result
            for flat, turned, norm in wanted:
                if self.graph.size(value) != flat.size or not self._is_own(index):
                    continue
                if self._is_multiple(value, flat, turned, norm):
                    return index
        return None

    def among(self, arrays: Sequence[Array], events: Iterable[int]) -> int | None:
        """The first of some events that makes one of the arrays, times any number."""
        wanted = [(array.ravel(), array.T.ravel(), length(array.ravel())) for array in arrays if array.size]
        for index in sorted(events):
            value = self.graph.events[index].result
            for flat, turned, norm in wanted:
                if not norm > 0 or self.graph.size(value) != flat.size or not self._is_own(index):
                    continue
                if self._is_multiple(value, flat, turned, norm):
                    return index
        return None

    def _is_own(self, index: int) -> bool:
        return self.graph.events[index].op != GATHERED

    def _is_multiple(self, value: int, flat: Array, turned: Array, norm: float) -> bool:
        if self.graph.values.is_whole(value) and flat.size > 1 and not np.array_equal(flat, np.round(flat)):
            return False
        array = self.graph.array(value)
        if array is None:
            return False
        vector = array.ravel()
        own = self._norms.get(value)
        if own is None:
            own = self._norms[value] = length(vector)
        if not own or not np.isfinite(own):
            return False
        if flat.size == 1 or not np.ptp(flat):  # else all arrays of one number would be alike
            return not np.ptp(vector) and any(abs(own / norm / factor - 1) < 1e-9 for factor in self.factors)
        if flat.size > 64 and not self._begins_alike(vector, flat, turned, own / norm):
            return False
        return any(
            abs(abs(float(np.einsum("i,i->", vector, one))) / (own * norm) - 1) < self.tolerance
            for one in (flat, turned)
        )

    @staticmethod
    def _begins_alike(vector: Array, flat: Array, turned: Array, ratio: float) -> bool:
        step = max(1, vector.size // 16)
        few = np.abs(vector[::step])
        allowed = 1e-4 * ratio * float(np.abs(flat).max())
        return any(bool((np.abs(few - ratio * np.abs(one[::step])) <= allowed).all()) for one in (flat, turned))

    def scalar(self, number: float, start: int, end: int) -> int | None:
        """The first event whose result is this number, up to its sign."""
        for index in range(max(start, 0), min(end + 1, len(self.graph.events))):
            value = self.graph.values.scalar(self.graph.events[index].result)
            if value is not None and number and abs(abs(value) / abs(number) - 1) < 1e-9:
                return index
        return None

    def product(self, update: int, start: int, shape: tuple[int, ...]) -> int | None:
        """The product from which an update's gradient was made."""
        wanted = sorted(shape)
        for index in sorted(self.graph.ancestors(update, start)):
            event = self.graph.events[index]
            if event.op in PRODUCTS | OUTER and sorted(self.graph.shape(event.result)) == wanted:
                return index
        return None
