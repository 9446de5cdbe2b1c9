"""Comparison of a submission's value with the expected one: shapes, non-finite values, norm-wise error, worst element.

Values are judged by ‖found − expected‖ / (‖found‖ + ‖expected‖) per tensor, with an absolute floor. Form is
judged leniently: an extra dimension of length one, float32 precision or an integer dtype get a remark.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.report import Comparison

SHOWN_ELEMENTS = 64
PICTURE_SIDE = 24


@dataclass(frozen=True)
class Tolerance:
    """Relative errors up to `passing` are right, up to `remark` right with a remark, above it wrong."""

    passing: float = 1e-6
    remark: float = 1e-4
    absolute: float = 1e-8

    def verdict(self, found: NDArray[Any], expected: NDArray[Any]) -> tuple[str, float]:
        """One of right, remark, wrong, and the relative error; both arrays have one shape and finite values."""
        # The largest absolute value is divided out first, so that squaring can neither overflow nor underflow.
        scale = max(float(np.max(np.abs(found), initial=0.0)), float(np.max(np.abs(expected), initial=0.0)))
        if scale == 0.0:
            return "right", 0.0
        a, b = found / scale, expected / scale
        difference = float(np.linalg.norm(a - b))
        relative = difference / float(np.linalg.norm(a) + np.linalg.norm(b))
        if relative <= self.passing or difference * scale <= self.absolute:
            return "right", relative
        return ("remark" if relative <= self.remark else "wrong"), relative


DEFAULT_TOLERANCE = Tolerance()


def compare(
    found: Any, expected: Any, label: str = "the result", tolerance: Tolerance = DEFAULT_TOLERANCE
) -> list[Comparison]:
    """Compare values of any structure; dicts by key, tuples and lists by position, numbers and arrays by value.

    Returns:
        one Comparison for each tensor (or for the place where the structures part).
    """
    if isinstance(expected, Mapping):
        return _compare_mappings(found, expected, label, tolerance)
    if isinstance(expected, tuple) or (isinstance(expected, list) and not _is_numeric(expected)):
        return _compare_sequences(found, expected, label, tolerance)
    if expected is None or isinstance(expected, str | bool):
        if type(found) is type(expected) and found == expected:
            return [Comparison(label=label, verdict="right")]
        return [_wrong(label, f"{label} is {describe(found)}, expected {expected!r}")]
    return [compare_arrays(found, np.asarray(expected), label, tolerance)]


def describe(value: Any) -> str:
    """A value in a few words, for messages: `a (4, 3) array of float64`, `None`, `a list of 5`."""
    if value is None:
        return "None"
    if isinstance(value, np.ndarray):
        return f"a {value.shape} array of {value.dtype.name}" if value.ndim else f"the number {value.item():.6g}"
    if isinstance(value, bool | int | float | np.generic):
        return f"the number {float(value):.6g}" if not isinstance(value, complex) else f"the number {value}"
    if isinstance(value, str):
        return f"the text {value[:40]!r}"
    if isinstance(value, Mapping):
        return f"a dict with {_keys(value)}" if value else "an empty dict"
    if isinstance(value, tuple | list):
        return f"a {type(value).__name__} of {len(value)}"
    type_name = getattr(value, "type_name", type(value).__name__)
    return f"a {type_name} object"


def is_single_precision(value: Any) -> bool:
    """Whether any array or number in a value has less than double precision."""
    if isinstance(value, np.ndarray | np.generic):
        return value.dtype in (np.float32, np.float16, np.complex64)
    if isinstance(value, Mapping):
        return any(map(is_single_precision, value.values()))
    return isinstance(value, tuple | list) and any(map(is_single_precision, value))


def compare_arrays(found: Any, expected: NDArray[Any], label: str, tolerance: Tolerance) -> Comparison:
    """Compare one array or number with the expected one."""
    array = _as_array(found)
    if array is None:
        hint = "; does it return its result?" if found is None else ""
        return _wrong(label, f"{label} is {describe(found)}, expected {_expected_words(expected)}{hint}", expected)
    remarks = []
    if array.shape != expected.shape:
        if not _same_but_for_ones(array.shape, expected.shape):
            return _wrong_shape(array, expected, label)
        remarks.append(f"has shape {array.shape}, expected {_shape_words(expected.shape)}")
        array = array.reshape(expected.shape)
    if not np.isfinite(array).all():
        matching = bool(np.array_equal(array, expected, equal_nan=True))
        if not matching:
            return _not_finite(array, expected, label)
        return _judged("right", 0.0, array, expected, label, remarks)
    with np.errstate(all="ignore"):
        verdict, relative = tolerance.verdict(_inexact(array), _inexact(expected))
    if verdict == "remark":
        cause = (
            "float32 was used somewhere" if array.dtype == np.float32 else "rounding, or an epsilon inside a formula"
        )
        remarks.append(f"agrees to {relative:.0e} only ({cause})")
    elif verdict == "right" and array.dtype in (np.float32, np.float16):
        remarks.append(f"is {array.dtype.name}; float64 is expected")
    return _judged(verdict, relative, array, expected, label, remarks)


def _compare_mappings(found: Any, expected: Mapping[Any, Any], label: str, tolerance: Tolerance) -> list[Comparison]:
    if not isinstance(found, Mapping):
        return [_wrong(label, f"{label} is {describe(found)}, expected a dict with {_keys(expected)}")]
    comparisons = []
    for key, value in expected.items():
        part = f"{label}[{key!r}]"
        if key in found:
            comparisons += compare(found[key], value, part, tolerance)
        else:
            comparisons.append(_wrong(part, f"{label} has no {key!r}, it has {_keys(found)}"))
    return comparisons


def _compare_sequences(found: Any, expected: Sequence[Any], label: str, tolerance: Tolerance) -> list[Comparison]:
    if not isinstance(found, tuple | list) or len(found) != len(expected):
        return [_wrong(label, f"{label} is {describe(found)}, expected {len(expected)} values")]
    comparisons = []
    for i, (a, b) in enumerate(zip(found, expected, strict=True)):
        comparisons += compare(a, b, f"{label}[{i}]", tolerance)
    return comparisons


def _judged(
    verdict: str, relative: float, found: NDArray[Any], expected: NDArray[Any], label: str, remarks: list[str]
) -> Comparison:
    if verdict == "wrong":
        return _wrong_values(found, expected, label, relative)
    return Comparison(
        label=label,
        verdict="remark" if remarks else "right",
        message=f"{label} {' and '.join(remarks)}" if remarks else "",
        shape=found.shape,
        relative_error=relative,
    )


def _wrong_values(found: NDArray[Any], expected: NDArray[Any], label: str, relative: float) -> Comparison:
    errors = np.abs(_inexact(found) - _inexact(expected))
    worst = np.unravel_index(int(np.argmax(errors)), errors.shape) if errors.ndim else ()
    index = tuple(int(i) for i in worst)
    a, b = found[index], expected[index]
    if index:
        place = f", worst at [{', '.join(map(str, index))}]: found {a:.6g}, expected {b:.6g}"
    else:
        place = f": found {a:.6g}, expected {b:.6g}"
    return Comparison(
        label=label,
        verdict="wrong",
        message=f"{label} is wrong (relative error {relative:.2g}){place}",
        found=_shown(found),
        expected=_shown(expected),
        shape=found.shape,
        expected_shape=expected.shape,
        relative_error=relative,
        worst_index=index,
        error_picture=_picture(errors),
    )


def _wrong_shape(found: NDArray[Any], expected: NDArray[Any], label: str) -> Comparison:
    message = f"{label} has shape {_shape_words(found.shape)}, expected {_shape_words(expected.shape)}"
    if found.ndim == 2 and found.shape == expected.shape[::-1]:
        message += " (it is transposed)"
    return Comparison(
        label=label,
        verdict="wrong",
        message=message,
        found=_shown(found),
        expected=_shown(expected),
        shape=found.shape,
        expected_shape=expected.shape,
    )


def _not_finite(found: NDArray[Any], expected: NDArray[Any], label: str) -> Comparison:
    bad = ~np.isfinite(found)
    index = tuple(int(i) for i in np.argwhere(bad)[0]) if found.ndim else ()
    place = f", first at [{', '.join(map(str, index))}]" if index else ""
    amount = f"{int(bad.sum())} of {found.size} values" if index else "the value"
    return Comparison(
        label=label,
        verdict="wrong",
        message=f"{label} is not finite: {amount} NaN or infinite{place} (found {found[index]})",
        found=_shown(found),
        expected=_shown(expected),
        shape=found.shape,
        expected_shape=expected.shape,
        worst_index=index,
        error_picture=_picture(np.where(bad, 1.0, 0.0)),
    )


def _wrong(label: str, message: str, expected: Any = None) -> Comparison:
    shape = expected.shape if isinstance(expected, np.ndarray) else None
    return Comparison(label=label, verdict="wrong", message=message, expected_shape=shape)


def _as_array(value: Any) -> NDArray[Any] | None:
    """The value as a numeric array, or None when it is none."""
    if isinstance(value, bool | int | float | complex | np.generic | np.ndarray):
        array = np.asarray(value)
    elif isinstance(value, list | tuple) and _is_numeric(value):
        array = np.array(value)
    else:
        return None
    return array if array.dtype.kind in "biufc" else None


def _is_numeric(values: Sequence[Any]) -> bool:
    try:
        return len(values) > 0 and np.array(values).dtype.kind in "biufc"
    except (ValueError, TypeError, OverflowError):
        return False


def _inexact(array: NDArray[Any]) -> NDArray[Any]:
    return array.astype(np.complex128 if array.dtype.kind == "c" else np.float64)


def _same_but_for_ones(a: tuple[int, ...], b: tuple[int, ...]) -> bool:
    return [n for n in a if n != 1] == [n for n in b if n != 1]


def _shape_words(shape: tuple[int, ...]) -> str:
    return str(shape) if shape else "() (one number)"


def _expected_words(expected: NDArray[Any]) -> str:
    return f"an array of shape {expected.shape}" if expected.ndim else "one number"


def _keys(mapping: Mapping[Any, Any]) -> str:
    keys = [repr(key)[:40] for key in list(mapping)[:8]]
    return ", ".join(keys) + (", …" if len(mapping) > 8 else "") if keys else "no keys"


def _shown(array: NDArray[Any]) -> Any:
    return array.tolist() if array.size <= SHOWN_ELEMENTS else describe(array)


def _picture(errors: NDArray[Any]) -> tuple[tuple[float, ...], ...] | None:
    """Block maxima of the absolute errors as a matrix of at most 24 × 24; None for a single number."""
    if errors.size < 2:
        return None
    matrix = np.nan_to_num(errors.reshape(errors.shape[0], -1) if errors.ndim > 1 else errors[None, :])
    for axis in (0, 1):
        blocks = min(matrix.shape[axis], PICTURE_SIDE)
        starts = np.arange(blocks) * matrix.shape[axis] // blocks
        matrix = np.maximum.reduceat(matrix, starts, axis=axis)
    return tuple(tuple(float(f"{v:.3g}") for v in row) for row in matrix)
