"""What is told of a function whose numbers are explained by what was found in another one, and that fails without it.

Both go through a function of the submission's own, or say the same twice: with the other one right, this one stays
wrong.
"""

from collections.abc import Sequence
from dataclasses import replace

from grader.diagnosis.cases.verdict import Verdict
from grader.diagnosis.general import GeneralMeans

LONGEST = 60  # characters of a name


def once_more(verdict: Verdict, function: str, cause: str, checks: Sequence[str], general: GeneralMeans) -> Verdict:
    """The verdict on `cause` as one on `function`, which makes the same mistakes; `checks` are those that it fails."""
    plain = f"It is the same mistake as in `{cause}`"
    places = iter(general.places.of_verdict(cause, verdict))
    named, described = [], []
    for entry in verdict.named:
        place = next(places)
        between = _short(general.places.shared(function, cause, place))
        note = f"{plain}: both go through `{between}`, in which it is." if between else f"{plain}."
        own = replace(entry, checks=tuple(checks), paths=(), note=note, again="")
        named.append(replace(own, location=place if between else None, is_elsewhere=bool(between)))
    for one in verdict.described:
        place = next(places)
        if between := _short(general.places.shared(function, cause, place)):
            code = f"{function}.{one.code.rpartition('.')[2]}"
            note = f"{plain}: both go through `{between}`, in which it is."
            described.append(replace(one, code=code, explanation=note, evidence={}))
    return Verdict(tuple(named), tuple(described))


def _short(name: str) -> str:
    """A name as long as a sentence bears: it is the student's."""
    return name if len(name) <= LONGEST else f"{name[: LONGEST - 1]}…"
