"""An Adam in which one average takes what is new with the share of the other one.

`v = β₂·v + (1 − β₁)·dW²` is v of the right rule times (1 − β₁)/(1 − β₂) in all steps: a right Adam of another rate. The
rate that the file has tells the two apart, and the square that is multiplied by 1 − β₁.
"""

from collections.abc import Sequence
from dataclasses import replace

from grader.reading.judging.judgement import Judgement
from grader.reading.judging.optimizers import Optimizer
from grader.reading.judging.own_rate import multiplied_numbers
from grader.reading.judging.updates import constants_of

ALIKE = 2e-3  # rates of an optimizer, which is recognised up to its ε
SAME = 1e-9
_MULTIPLYING = ("Mult", "multiply")
_SQUARING = ("Pow", "power", "square")
SECOND, FIRST = "adam-second-takes-first-share", "adam-first-takes-second-share"


def with_own_rate(judgement: Judgement, index: int, optimizer: Optimizer) -> tuple[Optimizer, int | None]:
    """The optimizer with its mistake and the rate that the file has, and the event that takes the wrong share."""
    first, read = optimizer.constants.get("beta1", 0.0), optimizer.constants.get("beta2", 0.0)
    if optimizer.code or not optimizer.name.startswith("Adam") or not first or not read:
        return optimizer, None
    numbers = list(multiplied_numbers(judgement, index))
    if _is_among(abs(optimizer.rate), numbers):
        return optimizer, None
    # the first steps hardly tell β₂: any larger share that is written may be it
    for second in dict.fromkeys([read, *constants_of(judgement, index)]):
        if second < first + SAME:
            continue
        ratio = (1 - first) / (1 - second)
        for code, share, times in ((SECOND, 1 - first, ratio**0.5), (FIRST, 1 - second, ratio)):
            at = _taken_with(judgement, index, share, is_squared=code == SECOND)
            if at is not None and _is_among(abs(optimizer.rate) * times, numbers):
                return replace(optimizer, rate=optimizer.rate * times, code=code), at
    return optimizer, None


def _is_among(rate: float, numbers: Sequence[float]) -> bool:
    return any(abs(rate / number - 1) < ALIKE for number in numbers)


def _taken_with(judgement: Judgement, index: int, share: float, *, is_squared: bool) -> int | None:
    """Where a gradient, or its square, is multiplied by a share in the first step."""
    graph = judgement.network.graph
    size = graph.size(judgement.network.chain[index].first)
    made = judgement.ancestors(index)
    for at in sorted(made):
        event = graph.events[at]
        if event.op not in _MULTIPLYING or graph.size(event.result) != size:
            continue
        numbers = [graph.values.scalar(operand) for operand in event.operands]
        arrays = [operand for operand in event.operands if graph.size(operand) == size]
        if len(arrays) != 1 or not any(number and abs(number / share - 1) < SAME for number in numbers):
            continue
        array = graph.array(arrays[0])
        maker = graph.maker(arrays[0], at)
        is_square = maker is not None and (
            maker.op in _SQUARING or (maker.op in _MULTIPLYING and len(set(maker.operands)) == 1)
        )
        becomes_square = any(  # `(1 - beta) * g * g`
            user.op in _MULTIPLYING and arrays[0] in user.operands for user in graph.users_after(event.result, at)
            if user.index in made
        )  # fmt: skip
        if (is_square or becomes_square) == is_squared and array is not None and array.any():
            return at
    return None
