"""What is said about compared values, a line each."""

import math
import re
from typing import Any

from grader.render.wording import code, shown_error
from grader.report import CheckResult, Comparison

_ONE_LINE = 60  # characters of a value that is shown
_BY_WEIGHT = ("right", "remark", "wrong")


def verdicts(check: CheckResult) -> dict[str, str]:
    """What was compared, and how it is: one name may stand for the values of several calls, the worst is said of it."""
    found: dict[str, str] = {}
    for comparison in check.comparisons:
        known = found.get(comparison.label, "right")
        found[comparison.label] = max(known, comparison.verdict, key=_BY_WEIGHT.index)
    return found


def right_labels(check: CheckResult) -> list[str]:
    """What a failed check found right throughout."""
    found = verdicts(check)
    right = [label for label, verdict in found.items() if verdict == "right"]
    return right if len(right) < len(found) else []


def comparison_detail(comparison: Comparison) -> str:
    """What is wrong with one compared value, on one line; what its message says already is not said again."""
    message = comparison.message.removeprefix(comparison.label).strip().removeprefix("is wrong").strip(" .:")
    message = re.sub(r"^\(([^()]*)\)", r"\1", message)  # what stood in brackets behind "is wrong" begins the line now
    parts = [message] if message else []
    shape, wanted = comparison.shape, comparison.expected_shape
    if shape is not None and wanted is not None and shape != wanted and "shape" not in message:
        parts.append(f"its shape is {shown_shape(shape)}, expected {shown_shape(wanted)}")
    found, expected = value_text(comparison.found), value_text(comparison.expected)
    if found and expected and found != expected and not any(told in message for told in ("found", "has shape")):
        parts.append(f"found {code(found)}, expected {code(expected)}")
    error = comparison.relative_error
    if error is not None and math.isfinite(error) and comparison.verdict != "right" and "relative" not in message:
        parts.append(f"relative error {error:.2g}")
    if comparison.worst_index and str(list(comparison.worst_index)) not in message:
        parts.append(f"worst at {list(comparison.worst_index)}")
    return "; ".join(parts)


def first_wrong(check: CheckResult) -> str:
    """The first thing that is wrong in a failed check, in one line: a value, an error, or what the check says."""
    for comparison in check.comparisons:
        if comparison.verdict == "wrong":
            detail = comparison_detail(comparison)
            return f"{comparison.label}: {detail}" if detail else f"{comparison.label} is wrong"
    if check.error is not None:
        return shown_error(check.error)
    return check.message.split("; ", 1)[0]


def shown_shape(shape: tuple[int, ...]) -> str:
    return f"({', '.join(map(str, shape))}{',' if len(shape) == 1 else ''})"


def value_text(value: Any) -> str:
    """A small value on one line; empty if there is none or it would not fit."""
    if value is None:
        return ""
    text = value if isinstance(value, str) else _value(value)
    return text if len(text) <= _ONE_LINE and "\n" not in text else ""


def _value(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:.6g}"
    if isinstance(value, tuple | list):
        return f"[{', '.join(_value(item) for item in value)}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{key}: {_value(item)}' for key, item in value.items())}}}"
    return str(value)
