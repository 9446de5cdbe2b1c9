"""What tells one fault of a function from another, whoever wrote the function: how its checks failed.

Submissions with the same fault fail the same checks with the same numbers, if the random inputs are the same. Their
texts need not be alike in anything. A class has inputs of its own for everyone, so the failed checks are run once more,
on inputs that are everyone's.
"""

import hashlib
from collections.abc import Iterable

from grader.report import CheckResult, FunctionReport

LENGTH = 10  # hexadecimal digits
DIGITS = 2  # of a relative error: the third may differ by rounding


def fingerprint(function: str, checks: Iterable[CheckResult]) -> str:
    """Ten hexadecimal digits for the way in which a function's checks failed; "" where none failed by its numbers."""
    told: list[str] = []
    for check in checks:
        if check.status not in ("failed", "error"):
            continue
        wrong = [one for one in check.comparisons if one.verdict == "wrong"]
        told += [
            f"{check.id} {one.label} {one.shape} {one.worst_index} {_rounded(one.relative_error)}" for one in wrong
        ]
        if check.error is not None:
            told.append(f"{check.id} raised {check.error.type}")
    if not told:
        return ""
    return hashlib.sha256("\n".join([function, *told]).encode()).hexdigest()[:LENGTH]


def _rounded(error: float | None) -> str:
    return "" if error is None else f"{error:.{DIGITS}g}"


def unnamed_fault(function: FunctionReport) -> tuple[str, str] | None:
    """The fingerprint of a function's fault and what was said of it, where it is no known mistake; else None."""
    if not function.fingerprint or any("checks" in one.evidence for one in function.diagnoses):
        return None
    messages = (check.message for check in function.checks if check.status in ("failed", "error") and check.message)
    said = function.diagnoses[0].title if function.diagnoses else next(messages, "")
    return function.fingerprint, said
