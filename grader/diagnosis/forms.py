"""A result of another form than the one asked for: four values for two, one array for a dict.

Its numbers belong to nothing that they could be compared with, so that this is all that is told.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from grader.assignments import ContractFunction
from grader.checks.compare import as_array
from grader.checks.describe import describe
from grader.checks.implementation import MISCOUNTED
from grader.diagnosis.case import Case
from grader.diagnosis.trace import Raised, Rerun
from grader.diagnosis.verdict import Described


def another_form(case: Case, contract: Sequence[ContractFunction]) -> Described | None:
    """What comes back and what is asked for, if that differs in one way in all calls that it differs in."""
    entry = next((entry for entry in contract if entry.name == case.function), None)
    if entry is None:
        return None
    reruns = [Rerun(trace, case.base) for trace in case.traces]
    titles: dict[str, None] = {}
    for t, c in dict.fromkeys((cell.trace, cell.call) for i, cell in enumerate(case.cells) if case.wrong >> i & 1):
        call, right = case.traces[t].calls[c], reruns[t].result(c)
        if call.found.raised == MISCOUNTED:
            titles[f"`{case.function}` {call.found.said.partition('` ')[2]}"] = None
            continue
        is_comparable = call.kind == "call" and call.found.raised is None and not isinstance(right, Raised)
        if is_comparable and not entry.kept and not _has_form_of(call.found.value, right):
            titles[_title(entry, call.found.value, right)] = None
    if len(titles) != 1:
        return None
    return Described(
        code=f"{case.function}.another-form-of-result",
        title=next(iter(titles)),
        explanation="Whoever calls it takes the result apart, so it must have the form that the task names. The "
        "numbers in it were not looked at.",
        hints=("Compare the `return` line with what the task says that the function returns.",),
        confidence="certain",
        evidence={},
    )


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
