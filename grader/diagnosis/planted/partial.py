"""Known mistakes that explain part of what is wrong: what may be told of them, and what must be added."""

import re
from collections.abc import Sequence

from grader.assignments import ContractFunction, Mistake
from grader.diagnosis.cases.case import Case
from grader.diagnosis.cases.parts import Part, Parts, listed
from grader.diagnosis.cases.phrases import is_or_are

_GRADIENT_WORDS = re.compile(r"\b(gradients?|grads?|derivatives?)\b", re.IGNORECASE)
_ONE_GRADIENT = re.compile(r"\bd[WbAxzZ]\d*\b", re.IGNORECASE)
_COST_WORDS = re.compile(r"\b(loss|cost|error)\b", re.IGNORECASE)
_GRADIENT_NAMES = re.compile(r"^(d(?=[A-Zwbxzas_])|grad|nabla|delta)")
_COST_NAMES = re.compile(r"loss|cost|error")


def is_about_more(mistake: Mistake, parts: Parts, explained: int) -> bool:
    """Whether a mistake's title speaks of parts that are wrong in another way than it says.

    "The penalty is in the gradient, but not in the loss" may give all that is wrong with the loss; where the gradient
    is wrong by itself, the sentence is false all the same. A title that calls one gradient by its name, "dx is …",
    speaks of that one, whatever is wrong with others.
    """
    own = parts.among(explained)
    others = [part for part in parts.wrong if part not in own]
    called = {name.lower() for name in _ONE_GRADIENT.findall(mistake.title)}
    if any(_last_of(part) in called for part in others) and not any(_last_of(part) in called for part in own):
        return True
    for words, names in ((_GRADIENT_WORDS, _GRADIENT_NAMES), (_COST_WORDS, _COST_NAMES)):
        if words.search(mistake.title) and _any_named(names, others) and not _any_named(names, own):
            return True
    return False


def _last_of(part: Part) -> str:
    """`grads["dW1"]` as dw1."""
    return re.sub(r"\W+$", "", part.name).rpartition('"')[2].rpartition(".")[2].strip("`").lower()


def _any_named(names: re.Pattern[str], parts: Sequence[Part]) -> bool:
    return any(names.search(part.name.strip("`")) for part in parts)


def note_on_part(case: Case, contract: Sequence[ContractFunction], explained: int) -> str:
    """What the mistakes found leave unexplained."""
    parts = Parts(case, contract)
    left = case.wrong & ~explained & (parts.asked | case.raised_in_submission)
    others = parts.among(left & parts.asked)
    if not left:
        return ""
    if not others:
        return "It explains part of what is wrong here; there is another mistake beside it."
    if both := [part for part in others if part in parts.among(explained)]:
        rest = [part for part in others if part not in both]
        more = f", nor why {listed(rest)} {is_or_are(rest)} wrong" if rest else ""
        # Where it is wrong beside, it may be so for the same slip.
        return (
            f"It explains {listed(both)} in some of the calls; why {listed(both)} {is_or_are(both)} wrong in others, "
            f"these numbers do not show{more}."
        )
    # A submission may compute once, and use in both, what the solution computes for each.
    return f"Why {listed(others)} {is_or_are(others)} wrong too, these numbers do not show: look there next."
