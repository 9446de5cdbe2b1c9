"""Comparison of a submission's value with the expected one: shapes, non-finite values, norm-wise error, worst element.

Values are judged by ‖found − expected‖ / (‖found‖ + ‖expected‖) per tensor, with an absolute floor. Form is
judged leniently: a missing or extra dimension of length one, float32 precision or an integer dtype get a remark.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from grader.checks.describe import describe, keys, number, place, shape
from grader.report import Comparison

SHOWN_ELEMENTS = 64
PICTURE_SIDE = 24

Verdict = Literal["right", "remark", "wrong"]
PRECISION = "; float64 is expected"  # how the remark on a value of few digits ends
ROUNDING = "rounding, or an epsilon inside a formula"


@dataclass(frozen=True)
class Tolerance:
    """Relative errors up to `passing` are right, up to `remark` right with a remark, above it wrong.

    A difference whose norm is at most `absolute` is right whatever the relative error: so are two zeros in floating
    point.
    """

    passing: float = 1e-6
    remark: float = 1e-4
    absolute: float = 1e-8

    def verdict(self, found: NDArray[Any], expected: NDArray[Any]) -> tuple[Verdict, float]:
        """The verdict and the relative error; both arrays have one shape and finite values."""
        # The largest absolute value is divided out first, so that squaring can neither overflow nor underflow.
        scale = max(_largest(found), _largest(expected))
        if scale == 0.0:
            return "right", 0.0
        a, b = found / scale, expected / scale
        difference = _norm(a - b)
        relative = difference / (_norm(a) + _norm(b))
        if relative <= self.passing or difference * scale <= self.absolute:
            return "right", relative
        return ("remark" if relative <= self.remark else "wrong"), relative


DEFAULT_TOLERANCE = Tolerance()


def _largest(array: NDArray[Any]) -> float:
    return float(np.abs(array).max(initial=0.0))


def _norm(array: NDArray[Any]) -> float:
    """What `np.linalg.norm` gives, without its questions."""
    flat = np.ravel(array, order="K")
    return math.sqrt(flat @ flat if flat.dtype.kind != "c" else flat.real @ flat.real + flat.imag @ flat.imag)


def compare(
    found: Any, expected: Any, label: str = "the result", tolerance: Tolerance = DEFAULT_TOLERANCE
) -> list[Comparison]:
    """Compare values of any structure; dicts by key, tuples and lists by position, numbers and arrays by value.

    Returns:
        one Comparison for each tensor (or for the place where the structures part).
    """
    if found is None and expected is not None:
        message = f"{label} is None, expected {describe(expected)}"
        return [_wrong(label, message, outline=f"{label} is None")]
    return _compare(found, expected, label, tolerance)


def agrees(found: Any, expected: Any, tolerance: Tolerance = DEFAULT_TOLERANCE) -> bool:
    """Whether `compare` would find nothing wrong, without a word about where and how much."""
    if isinstance(expected, Mapping):
        return isinstance(found, Mapping) and all(
            key in found and agrees(found[key], value, tolerance) for key, value in expected.items()
        )
    if isinstance(expected, tuple) or (isinstance(expected, list) and not _is_numeric(expected)):
        are_as_many = isinstance(found, tuple | list) and len(found) == len(expected)
        return are_as_many and all(agrees(a, b, tolerance) for a, b in zip(found, expected, strict=True))
    if isinstance(expected, np.ndarray | np.generic) and expected.dtype.kind in "biufc":
        array, wanted = as_array(found), np.asarray(expected)
        if array is None or (array.shape != wanted.shape and not _is_same_but_for_ones(array.shape, wanted.shape)):
            return False
        array = array.reshape(wanted.shape)
        if np.isfinite(array).all() and np.isfinite(wanted).all():
            with np.errstate(all="ignore"):
                return tolerance.verdict(_inexact(array), _inexact(wanted))[0] != "wrong"
    return all(one.verdict != "wrong" for one in compare(found, expected, tolerance=tolerance))


def compare_arrays(found: Any, expected: NDArray[Any], label: str, tolerance: Tolerance) -> Comparison:
    """Compare one array or number with the expected one, up to a tolerance."""
    array, remarks = _in_form(found, expected, label)
    if isinstance(array, Comparison):
        return array
    left, right = array, expected
    if not (np.isfinite(array).all() and np.isfinite(expected).all()):
        same = _same_infinities(array, expected)
        if not np.isfinite(array[~same]).all():
            return _not_finite(array, expected, label)
        if not np.isfinite(expected[~same]).all():
            return _wrong_values(array, expected, label, np.inf)
        left, right = np.where(same, 0, array), np.where(same, 0, expected)
    with np.errstate(all="ignore"):
        verdict, relative = tolerance.verdict(_inexact(left), _inexact(right))
    if verdict == "wrong":
        return _wrong_values(array, expected, label, relative)
    if verdict == "remark":
        is_single = array.dtype == np.float32
        cause = "float32 was used somewhere" if is_single else ROUNDING
        remarks.append(f"agrees to {relative:.0e} only ({cause})")
    elif array.dtype in (np.float32, np.float16):
        remarks.append(f"is {array.dtype.name}{PRECISION}")
    return _accepted(array, label, remarks, relative)


def compare_exactly(found: Any, expected: NDArray[Any], label: str) -> Comparison:
    """Compare whole numbers (labels, counts) with the expected ones: none may differ."""
    array, remarks = _in_form(found, expected, label)
    if isinstance(array, Comparison):
        return array
    different = np.asarray(array != expected)
    if not different.any():
        return _accepted(array, label, remarks)
    index = _index(np.argwhere(different)[0])
    amount = f"{int(different.sum())} of {array.size} places, first at {place(index)}: " if index else ""
    message = f"{amount}found {number(array[index])}, expected {number(expected[index])}"
    return _wrong(
        label,
        f"{label} is wrong{' in ' if index else ': '}{message}",
        array,
        expected,
        outline=f"{label} is wrong",
        worst_index=index,
    )


def as_array(value: Any) -> NDArray[Any] | None:
    """The value as a numeric array, or None when it is none."""
    if type(value) is int and not -(1 << 63) <= value < 1 << 63:
        array = np.asarray(float(value) if value.bit_length() <= 1000 else value)
    elif isinstance(value, bool | int | float | complex | np.generic | np.ndarray):
        array = np.asarray(value)
    elif isinstance(value, list | tuple) and _is_numeric(value):
        array = np.array(value)
    else:
        return None
    return array if array.dtype.kind in "biufc" else None


def _compare(found: Any, expected: Any, label: str, tolerance: Tolerance) -> list[Comparison]:
    if isinstance(expected, Mapping):
        return _compare_mappings(found, expected, label, tolerance)
    if isinstance(expected, tuple) or (isinstance(expected, list) and not _is_numeric(expected)):
        return _compare_sequences(found, expected, label, tolerance)
    if expected is None or isinstance(expected, str | bool):
        plain = bool(found) if isinstance(found, np.bool_) else found
        if type(plain) is type(expected) and plain == expected:
            return [Comparison(label=label, verdict="right")]
        message = f"{label} is {describe(found)}"
        return [_wrong(label, f"{message}, expected {expected!r}", outline=f"{message}, which is wrong")]
    wanted = as_array(expected)
    if wanted is None:
        raise TypeError(f"{label} cannot be compared with {describe(expected)}; give it numbers, text, True, or None")
    return [compare_arrays(found, wanted, label, tolerance)]


def _compare_mappings(found: Any, expected: Mapping[Any, Any], label: str, tolerance: Tolerance) -> list[Comparison]:
    if not isinstance(found, Mapping):
        return [_wrong(label, f"{label} is {describe(found)}, expected a dict with {keys(expected)}")]
    comparisons = []
    for key, value in expected.items():
        part = f"{label}[{key!r}]"
        if key in found:
            comparisons += _compare(found[key], value, part, tolerance)
        else:
            comparisons.append(_wrong(part, f"{label} has no {key!r}, it has {keys(found)}"))
    return comparisons


def _compare_sequences(found: Any, expected: Sequence[Any], label: str, tolerance: Tolerance) -> list[Comparison]:
    if not isinstance(found, tuple | list) or len(found) != len(expected):
        return [_wrong(label, f"{label} is {describe(found)}, expected {len(expected)} values")]
    comparisons = []
    for i, (a, b) in enumerate(zip(found, expected, strict=True)):
        part = f"{label} (value {i + 1} of {len(expected)})" if isinstance(expected, tuple) else f"{label}[{i}]"
        comparisons += _compare(a, b, part, tolerance)
    return comparisons


def _in_form(found: Any, expected: NDArray[Any], label: str) -> tuple[NDArray[Any] | Comparison, list[str]]:
    """The value as an array of the expected shape and the remarks that it earned, or how it fails to be one."""
    array = as_array(found)
    if array is None:
        wanted = f"an array of shape {expected.shape}" if expected.ndim else "one number"
        return _wrong(label, f"{label} is {describe(found)}, expected {wanted}", expected=expected), []
    if array.shape == expected.shape:
        return array, []
    message = f"has shape {shape(array.shape)}, expected {shape(expected.shape)}"
    if _is_same_but_for_ones(array.shape, expected.shape):
        return array.reshape(expected.shape), [message]
    if array.ndim == 2 and array.shape == expected.shape[::-1]:
        message += " (it is transposed)"
    return _wrong(label, f"{label} {message}", array, expected), []


def _is_same_but_for_ones(a: tuple[int, ...], b: tuple[int, ...]) -> bool:
    """Whether dimensions of length one were left out or added; (1, k) and (k, 1) are a transposition."""
    return len(a) != len(b) and [n for n in a if n != 1] == [n for n in b if n != 1]


def _same_infinities(found: NDArray[Any], expected: NDArray[Any]) -> NDArray[np.bool_]:
    """Where both hold the same infinity, or both hold NaN."""
    same: NDArray[np.bool_] = ~np.isfinite(expected) & ((found == expected) | (np.isnan(found) & np.isnan(expected)))
    return same


def _accepted(found: NDArray[Any], label: str, remarks: Sequence[str], relative: float | None = None) -> Comparison:
    return Comparison(
        label=label,
        verdict="remark" if remarks else "right",
        message=f"{label} {' and '.join(remarks)}" if remarks else "",
        outline=f"{label} {' and '.join(remarks)}" if remarks else "",
        shape=found.shape,
        relative_error=relative,
    )


def _wrong_values(found: NDArray[Any], expected: NDArray[Any], label: str, relative: float) -> Comparison:
    with np.errstate(all="ignore"):
        errors = np.asarray(np.abs(_inexact(found) - _inexact(expected)))
    errors[_same_infinities(found, expected)] = 0.0
    index = _index(np.unravel_index(int(np.argmax(errors)), errors.shape))
    worst = f", worst at {place(index)}" if index else ""
    return _wrong(
        label,
        f"{label} is wrong (relative error {relative:.2g}){worst}: "
        f"found {number(found[index])}, expected {number(expected[index])}",
        found,
        expected,
        outline=f"{label} is wrong",
        relative_error=relative,
        worst_index=index,
        error_picture=_picture(errors),
    )


def _not_finite(found: NDArray[Any], expected: NDArray[Any], label: str) -> Comparison:
    bad = ~np.isfinite(found)
    index = _index(np.argwhere(bad)[0])
    amount = f": {int(bad.sum())} of {found.size} values NaN or infinite, first at {place(index)}" if index else ""
    return _wrong(
        label,
        f"{label} is not finite{amount} (found {number(found[index])})",
        found,
        expected,
        worst_index=index,
        error_picture=_picture(np.where(bad, 1.0, 0.0)),
    )


def _wrong(
    label: str,
    message: str,
    found: NDArray[Any] | None = None,
    expected: NDArray[Any] | None = None,
    *,
    outline: str | None = None,
    **details: Any,
) -> Comparison:
    """`outline` is the message without what was expected; None where it holds nothing of that but shapes and keys."""
    return Comparison(
        label=label,
        verdict="wrong",
        message=message,
        outline=message if outline is None else outline,
        found=_shown(found) if found is not None else None,
        expected=_shown(expected) if expected is not None and found is not None else None,
        shape=found.shape if found is not None else None,
        expected_shape=expected.shape if expected is not None else None,
        **details,
    )


def _is_numeric(values: Sequence[Any]) -> bool:
    # Looked at first: numpy would give every element the length of the longest text among them.
    if not values or not _holds_numbers(values):
        return False
    try:
        return np.array(values).dtype.kind in "biufc"
    except (ValueError, TypeError, OverflowError):
        return False


def _holds_numbers(value: Any) -> bool:
    if isinstance(value, list | tuple):
        return all(map(_holds_numbers, value))
    return isinstance(value, bool | int | float | complex | np.generic | np.ndarray)


def _inexact(array: NDArray[Any]) -> NDArray[Any]:
    return array.astype(np.complex128 if array.dtype.kind == "c" else np.float64, copy=False)


def _index(position: Sequence[Any] | NDArray[Any]) -> tuple[int, ...]:
    return tuple(int(i) for i in position)


def _shown(array: NDArray[Any]) -> Any:
    # An empty array may have millions of rows: as a list it would be the largest of all.
    return array.tolist() if 0 < array.size <= SHOWN_ELEMENTS else describe(array)


def _picture(errors: NDArray[Any]) -> tuple[tuple[float, ...], ...] | None:
    """Block maxima of the absolute errors as a matrix of at most 24 × 24; None for a single number."""
    if errors.size < 2:
        return None
    largest = float(np.max(errors, initial=0.0, where=np.isfinite(errors))) or 1.0
    bounded = np.nan_to_num(errors, nan=largest, posinf=largest)
    matrix = bounded.reshape(len(bounded), -1) if bounded.ndim > 1 else bounded[None, :]
    for axis in (0, 1):
        blocks = min(matrix.shape[axis], PICTURE_SIDE)
        starts = np.arange(blocks) * matrix.shape[axis] // blocks
        matrix = np.maximum.reduceat(matrix, starts, axis=axis)
    return tuple(tuple(float(f"{value:.3g}") for value in row) for row in matrix)


def is_single_precision(value: Any) -> bool:
    """Whether any array or number in a value has less than double precision."""
    if isinstance(value, np.ndarray | np.generic):
        return value.dtype in (np.float32, np.float16, np.complex64)
    if isinstance(value, Mapping):
        return any(map(is_single_precision, value.values()))
    return isinstance(value, tuple | list) and any(map(is_single_precision, value))
