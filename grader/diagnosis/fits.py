"""How one part of a result differs from the right one: tried from the plainest explanation to the most contrived.

Every explanation must hold in all draws.
"""

from collections.abc import Sequence

from grader.diagnosis.arrangements import rearranged, rounded, some_places, wrong_shape
from grader.diagnosis.coefficients import another_quantity, extra_term, factor, two_terms
from grader.diagnosis.draws import Draw, Fit


def fit_part(draws: Sequence[Draw]) -> Fit | None:
    """The first explanation that holds in every draw; None when there is none."""
    if all(draw.is_right for draw in draws):
        return None
    if any(draw.found.shape != draw.right.shape for draw in draws):
        same_size = [_squeezed(draw) for draw in draws]
        if any(draw.found.shape != draw.right.shape for draw in same_size):
            return wrong_shape(draws)
        draws = same_size
    for attempt in (factor, rounded, rearranged, extra_term, another_quantity, two_terms, some_places):
        fit = attempt(draws)
        if fit is not None:
            return fit
    return None


def _squeezed(draw: Draw) -> Draw:
    """The draw without dimensions of length one in what was found, if that is all that differs."""
    squeezed = [n for n in draw.found.shape if n != 1] == [n for n in draw.right.shape if n != 1]
    found = draw.found.reshape(draw.right.shape) if squeezed else draw.found
    return Draw(found, draw.right, draw.terms, draw.symbols)
