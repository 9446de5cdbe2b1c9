"""How one part of a result differs from the right one: tried from the plainest explanation to the most contrived.

Every explanation must hold in all draws.
"""

from collections.abc import Callable, Sequence

from grader.diagnosis.cases.leaves import is_distinctive
from grader.diagnosis.numbers.arrangements import never_zero, rearranged, rounded, some_places, unfilled, wrong_shape
from grader.diagnosis.numbers.coefficients import another_quantity, constant, extra_term, factor, two_terms
from grader.diagnosis.numbers.draws import Draw, Fit

LEAST_DRAWS = 2  # that are wrong: what holds in one alone may hold by chance

Attempt = Callable[[Sequence[Draw]], Fit | None]


def fit_part(draws: Sequence[Draw]) -> Fit | None:
    """The first explanation that holds in every draw; None when there is none."""
    if sum(not draw.is_right for draw in draws) < LEAST_DRAWS:
        return None
    if any(draw.found.shape != draw.right.shape for draw in draws):
        same_size = [_squeezed(draw) for draw in draws]
        if any(draw.found.shape != draw.right.shape for draw in same_size):
            return wrong_shape(draws)
        draws = same_size
    attempts: Sequence[Attempt] = (unfilled, never_zero, rounded, rearranged, constant, some_places)
    if any(is_distinctive(draw.found) for draw in draws if not draw.is_right):
        with_numbers = (extra_term, another_quantity, constant, two_terms, some_places)
        attempts = (unfilled, never_zero, factor, rounded, rearranged, *with_numbers)
    return next((fit for attempt in attempts if (fit := attempt(draws)) is not None), None)


def _squeezed(draw: Draw) -> Draw:
    """The draw without dimensions of length one in what was found, if that is all that differs."""
    squeezed = [n for n in draw.found.shape if n != 1] == [n for n in draw.right.shape if n != 1]
    found = draw.found.reshape(draw.right.shape) if squeezed else draw.found
    return Draw(found, draw.right, draw.terms, draw.symbols)
