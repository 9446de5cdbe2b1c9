"""What a judgement is made of: a wrong quantity, and what explains the change of a parameter."""

from dataclasses import dataclass, field

from grader.reading.judging.fits import Fit
from grader.reading.judging.hypotheses import Arrays, Hypothesis
from grader.reading.judging.optimizers import Optimizer


@dataclass(frozen=True)
class Finding:
    """A wrong quantity: `event` is where it is made; `facts` are what the words need."""

    quantity: str
    code: str
    event: int | None
    layer: int = 0
    facts: dict[str, float | int | str] = field(default_factory=dict)


@dataclass(frozen=True)
class Verdict:
    """What explains the change of a weight or a bias."""

    delta: Hypothesis
    gradient: Hypothesis
    fit: Fit | None
    optimizer: Optimizer | None
    deltas: Arrays
    is_loose: bool = False
    is_piled: bool = False  # the gradients of all steps so far, never set to zero between them
