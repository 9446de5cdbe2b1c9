"""A result of another form than the one asked for: four values for two, one array for a dict.

Its numbers belong to nothing that they could be compared with, so that this is all that is told.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from grader.assignments import ContractFunction
from grader.checks.compare import as_array
from grader.checks.describe import describe
from grader.checks.implementation import MISCOUNTED, Hidden
from grader.diagnosis.cases.case import Case
from grader.diagnosis.cases.leaves import Leaf, Path, leaves_of, same
from grader.diagnosis.cases.phrases import begun
from grader.diagnosis.cases.trace import Raised, Rerun
from grader.diagnosis.cases.verdict import Described

MOST_FORMS = 2
ANOTHER_FORM = "another-form-of-result"  # the code
IN_ANOTHER_ORDER = "returns its results in another order"
MASKED = (
    "A masked array hides numbers and keeps them: a sum or a maximum passes over the masked places, and whoever takes "
    "its data finds them again. What belongs in these places must be written there: `np.where(z > 0, z, 0)`, or "
    "`.filled(0)` at the end."
)


def _explanation(title: str, *, are_right: bool) -> str:
    if "MaskedArray" in title:
        return MASKED
    if IN_ANOTHER_ORDER in title:
        return f"{'Each of them is right, and' if are_right else 'Each of them'} stands at another one's place."
    return (
        "Whoever calls it takes the result apart, so it must have the form that the task names. The numbers in it were "
        "not looked at."
    )


def another_form(case: Case, contract: Sequence[ContractFunction]) -> tuple[Described, ...] | None:
    """What comes back and what is asked for, if that differs: one sentence for each way; None if it does not differ."""
    entry = next((entry for entry in contract if entry.name == case.function), None)
    if entry is None:
        return None
    reruns = [Rerun(trace, case.base) for trace in case.traces]
    titles: dict[str, None] = {}
    moved: list[str] = []
    calls = dict.fromkeys((cell.trace, cell.call) for i, cell in enumerate(case.cells) if case.wrong >> i & 1)
    for t, c in calls:
        call, right = case.traces[t].calls[c], reruns[t].result(c)
        if call.found.raised == MISCOUNTED:
            titles[_miscounted(entry, call.found.said)] = None
            continue
        if call.kind != "call" or call.found.raised is not None or isinstance(right, Raised):
            continue
        if not entry.kept and not _has_form_of(call.found.value, right):
            titles[_title(entry, call.found.value, right)] = None
        else:
            titles |= dict.fromkeys(_objects(entry, call.found.value, right))
            moved += _in_another_order(entry, call.found.value, right)
    titles |= dict.fromkeys(moved)
    if not titles:
        return None
    are_right = len(moved) == len(calls)  # but for their order
    told = tuple(_described(case.function, title, are_right=are_right) for title in titles)
    return told if len(told) <= MOST_FORMS else ()


def _described(function: str, title: str, *, are_right: bool) -> Described:
    return Described(
        code=f"{function}.{ANOTHER_FORM}",
        title=title,
        explanation=_explanation(title, are_right=are_right),
        hints=("Compare the `return` line with what the task says that the function returns.",),
    )


def _miscounted(entry: ContractFunction, said: str) -> str:
    """What was said of a call with too few or too many results, and which they should be."""
    demand, _, found = said.partition("` ")[2].partition(", it ")
    names = entry.results.several.get(entry.outputs or 0)
    asked = f", ({', '.join(names)})" if names else ""
    return f"`{entry.name}` {demand}{asked}, and it {found}"


def _in_another_order(entry: ContractFunction, found: Any, right: Any) -> Iterator[str]:
    """Results of which each is right at the place of another one."""
    if entry.kept or not isinstance(right, tuple) or not isinstance(found, tuple | list):
        return
    leaves, wanted = ([leaves_of(value) for value in values] for values in (found, right))
    places = [[i for i, other in enumerate(leaves) if _same(other, one)] for one in wanted]
    order = [place[0] for place in places if len(place) == 1]
    if len(order) == len(right) and len(set(order)) == len(order) and order != sorted(order):
        names = entry.results.several.get(len(right))
        asked = f": asked for is ({', '.join(names)})" if names else ""
        yield f"`{entry.name}` {IN_ANOTHER_ORDER}{asked}"


def _same(found: Mapping[Path, Leaf], right: Mapping[Path, Leaf]) -> bool:
    return bool(right) and found.keys() == right.keys() and all(same(found[path], right[path]) for path in right)


def _objects(entry: ContractFunction, found: Any, right: Any) -> Iterator[str]:
    """Parts that are objects nobody can look into, where numbers belong."""
    if not isinstance(right, tuple) or not isinstance(found, tuple | list):
        return
    for i, (value, wanted) in enumerate(zip(found, right, strict=False)):
        if i not in entry.kept and isinstance(value, Hidden) and as_array(wanted) is not None:
            name = entry.results.part((i,), entry.name, len(right))
            yield f"{begun(name)} is {describe(value)} where {_told(wanted)} belongs"


def _title(entry: ContractFunction, found: Any, right: Any) -> str:
    names = entry.results.several.get(len(right)) if isinstance(right, tuple) else None
    asked = f"{_told(right)}, ({', '.join(names)})" if names else _told(right)
    return f"`{entry.name}` returns {_told(found)} where it must return {asked}"


def _has_form_of(found: Any, right: Any) -> bool:
    """Whether a value can be compared with the right one, part by part."""
    if as_array(right) is not None and not isinstance(right, tuple):
        return as_array(found) is not None
    if isinstance(right, tuple | list):
        return isinstance(found, tuple | list) and len(found) == len(right)
    return not isinstance(right, Mapping) or isinstance(found, Mapping)


def _told(value: Any) -> str:
    """The form of a value in words that are the same in every call."""
    if isinstance(value, tuple | list):
        return f"{len(value)} value{'s' * (len(value) != 1)}"
    if (array := as_array(value)) is not None:
        return "an array" if np.ndim(array) else "one number"
    return "a dict" if isinstance(value, Mapping) else describe(value)
