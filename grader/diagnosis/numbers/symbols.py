"""Reading a number back as what it was made of: 9 as n, 0.0411 as λ/n, 1.4427 as 1/ln 2."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

EXACT = 1e-6  # relative; a factor that was read off a fit is known to about 1e-9

_NUMBERS: tuple[tuple[float, str], ...] = (
    (1.0, "1"),
    (2.0, "2"),
    (0.5, "½"),
    (3.0, "3"),
    (4.0, "4"),
    (0.25, "¼"),
    (1 / 3, "⅓"),
)
_LOGARITHMS: tuple[tuple[float, str], ...] = (
    (1 / math.log(2), "1/ln 2"),
    (1 / math.log(10), "1/ln 10"),
    (math.log(2), "ln 2"),
    (math.log(10), "ln 10"),
)


@dataclass(frozen=True)
class Reading:
    """A factor in words; `is_exact` says that no decimal number is in it."""

    text: str
    is_exact: bool


def read_factors(values: Sequence[float], symbols: Sequence[Mapping[str, float]]) -> Reading | None:
    """One expression that gives each value from the symbols of its own draw.

    Args:
        values: the factor as it was measured, in each of several draws.
        symbols: what may be in it, in each of these draws.

    Returns:
        the simplest expression; a plain decimal number when the values are all equal; None when nothing fits all.
    """
    for text, expected in _expressions(symbols):
        if _equal(values, expected):
            return Reading(text, is_exact=True)
    if _equal(values, [values[0]] * len(values)):
        return Reading(number_words(values[0]), is_exact=False)
    return _multiple_of_a_symbol(values, symbols)


def number_words(value: float) -> str:
    """A number with three significant digits, with a real minus sign."""
    return f"{value:.3g}".replace("-", "−")


def _expressions(symbols: Sequence[Mapping[str, float]]) -> Iterator[tuple[str, list[float]]]:
    """Expressions with their value in each draw, simple ones first; each also with a minus sign."""
    names = [name for name in symbols[0] if all(name in draw for draw in symbols)]
    draws = range(len(symbols))
    constants = [(text, [number] * len(symbols)) for number, text in (*_NUMBERS, *_LOGARITHMS)]
    singles = []
    for name in names:
        value = [draw[name] for draw in symbols]
        singles.append((name, value))
        if all(value):
            singles.append((f"1/{name}", [1 / v for v in value]))
    scaled = [
        (_scaled(number_text, text), [number * v for v in value])
        for number, number_text in _NUMBERS[1:3]
        for text, value in singles
    ]
    pairs = []
    for a in names:
        for b in names:
            if a == b or not all(draw[b] for draw in symbols):
                continue
            pairs.append((f"{a}/{b}", [symbols[i][a] / symbols[i][b] for i in draws]))
            if a < b:
                pairs.append((f"{a}·{b}", [symbols[i][a] * symbols[i][b] for i in draws]))
    for text, value in [*constants[:3], *singles, *constants[3:], *scaled, *pairs]:
        yield text, value
        yield f"−{text}", [-v for v in value]


def _scaled(number: str, text: str) -> str:
    return text.replace("1/", f"{number}/", 1) if text.startswith("1/") else f"{number}·{text}"


def _multiple_of_a_symbol(values: Sequence[float], symbols: Sequence[Mapping[str, float]]) -> Reading | None:
    for name in symbols[0]:
        factors = [v / draw[name] for v, draw in zip(values, symbols, strict=True) if draw.get(name)]
        zeros = [v for v, draw in zip(values, symbols, strict=True) if not draw.get(name)]
        if factors and _equal(factors, [factors[0]] * len(factors)) and _equal(zeros, [0.0] * len(zeros)):
            return Reading(f"{number_words(factors[0])}·{name}", is_exact=False)
    return None


def _equal(values: Sequence[float], expected: Sequence[float]) -> bool:
    return all(math.isclose(a, b, rel_tol=EXACT, abs_tol=1e-9) for a, b in zip(values, expected, strict=True))
