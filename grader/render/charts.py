"""Training curves, and where an array is wrong, as inline SVG: no script, no styles, colours from the page's sheet."""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import escape

from grader.render.compared import shown_shape
from grader.render.curves import Series, drawable, is_drawable, measured, needs_log_scale, scale, thinned
from grader.report import Comparison

WIDTH, HEIGHT = 420, 250
LEFT, _RIGHT, _TOP, _BOTTOM = 52, 12, 14, 34
_MOST_POINTS = 300
_POINTS_WITH_MARKS = 40


@dataclass(frozen=True)
class Plane:
    """Where data lie on the drawing."""

    x_low: float
    x_high: float
    fraction: Callable[[float], float]

    def x(self, value: float) -> float:
        span = self.x_high - self.x_low
        return LEFT + (WIDTH - LEFT - _RIGHT) * ((value - self.x_low) / span if span else 0.5)

    def y(self, value: float) -> float:
        return HEIGHT - _BOTTOM - (HEIGHT - _TOP - _BOTTOM) * self.fraction(value)


def curve_chart(
    title: str, series: Sequence[Series], *, x_label: str, as_percent: bool = False, marked_x: int | None = None
) -> str:
    """One chart of several curves; a gap where a value is missing, a cross at the top where it is no number.

    `marked_x` draws a vertical line, for the step at which the curves part.
    """
    series = [thinned(line, _MOST_POINTS) for line in series]
    values = drawable(value for line in series for value in line.y)
    ticks = _ticks(values, as_percent)
    places = [place for line in series for place in line.x]
    if not places:
        return ""
    plane = Plane(min(places), max(places), scale([*values, *ticks]))
    logarithmic = needs_log_scale([*values, *ticks])
    summary = escape(_summary(title, series, as_percent))
    parts = [
        f'<svg class="chart" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{summary}">',
        *axes(plane, ticks, x_label, as_percent),
        *(_marked_line(plane, marked_x) if marked_x is not None else ()),
        *(part for line in sorted(series, key=lambda line: line.owner) for part in _curve(plane, line, as_percent)),
        f'<text class="chart-title" x="{LEFT}" y="10">{escape(title)}{" (logarithmic)" if logarithmic else ""}</text>',
        "</svg>",
    ]
    return "".join(parts)


def _summary(title: str, series: Sequence[Series], as_percent: bool) -> str:
    ends = "; ".join(f"{line.name}: {measured(line.last(), as_percent)} at the end" for line in series)
    return f"{title}. {ends}"


def _ticks(values: Sequence[float], as_percent: bool) -> list[float]:
    """Round numbers that enclose the values: powers of ten on a logarithmic axis, else four to six steps."""
    if not values:
        return [0.0, 1.0]
    low, high = min(values), max(values)
    if not as_percent and needs_log_scale(values):
        first, last = math.floor(math.log10(low)), math.ceil(math.log10(high))
        stride = max(1, math.ceil((last - first) / 6))
        return [10.0**exponent for exponent in range(first, last + stride, stride) if exponent <= 308]
    if as_percent or (low >= 0 and low < 0.5 * high):
        low = min(0.0, low)
    step = round_step((high - low) / 4 or abs(high) / 4 or 0.25)
    first, last = math.floor(low / step), math.ceil(high / step)
    return [index * step for index in range(first, max(last, first + 1) + 1)]


def round_step(raw: float) -> float:
    """The next larger number that a scale of an axis may go by."""
    magnitude = 10.0 ** math.floor(math.log10(raw))
    return next(factor * magnitude for factor in (1, 2, 2.5, 5, 10) if factor * magnitude >= raw * 0.999)


def axes(plane: Plane, ticks: Sequence[float], x_label: str, as_percent: bool) -> Iterator[str]:
    right, bottom = WIDTH - _RIGHT, HEIGHT - _BOTTOM
    for tick in ticks:
        y = plane.y(tick)
        label = f"{100 * tick:.0f} %" if as_percent else f"{tick:.4g}"
        yield f'<line class="grid" x1="{LEFT}" y1="{y:.1f}" x2="{right}" y2="{y:.1f}"/>'
        yield f'<text class="tick" x="{LEFT - 6}" y="{y + 3.5:.1f}" text-anchor="end">{label}</text>'
    for value in _whole_ticks(plane.x_low, plane.x_high):
        x = plane.x(value)
        yield f'<line class="axis" x1="{x:.1f}" y1="{bottom}" x2="{x:.1f}" y2="{bottom + 4}"/>'
        yield f'<text class="tick" x="{x:.1f}" y="{bottom + 15}" text-anchor="middle">{value}</text>'
    yield f'<line class="axis" x1="{LEFT}" y1="{bottom}" x2="{right}" y2="{bottom}"/>'
    middle = (LEFT + right) / 2
    yield f'<text class="tick" x="{middle}" y="{HEIGHT - 4}" text-anchor="middle">{escape(x_label)}</text>'


def _whole_ticks(low: float, high: float) -> list[int]:
    step = max(1, int(round_step(max(1.0, (high - low) / 6))))
    inside = list(range(math.ceil(low / step) * step, int(high) + 1, step))
    return inside or [int(low)]


def _marked_line(plane: Plane, place: int) -> Iterator[str]:
    if plane.x_low <= place <= plane.x_high:
        x = plane.x(place)
        yield (
            f'<line class="marked" x1="{x:.1f}" y1="{_TOP}" x2="{x:.1f}" y2="{HEIGHT - _BOTTOM}">'
            f"<title>the curves part at step {place}</title></line>"
        )


def _curve(plane: Plane, line: Series, as_percent: bool) -> Iterator[str]:
    names = f"{line.owner} {line.split}"
    for stretch in stretches(line.x, line.y):
        points = " ".join(f"{plane.x(x):.1f},{plane.y(y):.1f}" for x, y in stretch)
        yield f'<polyline class="curve {names}" points="{points}"/>'
    marked = len(line.x) <= _POINTS_WITH_MARKS
    for x, y in zip(line.x, line.y, strict=True):
        if y is None:
            continue
        title = f"<title>{line.name}, {x}: {measured(y, as_percent)}</title>"
        if not is_drawable(y):
            yield f'<path class="no-number {names}" d="M{plane.x(x) - 3:.1f} {_TOP}l6 6m0 -6l-6 6">{title}</path>'
        elif marked:
            yield f'<circle class="mark {names}" cx="{plane.x(x):.1f}" cy="{plane.y(y):.1f}" r="2.6">{title}</circle>'


def stretches(places: Sequence[int], values: Sequence[float | None]) -> Iterator[list[tuple[int, float]]]:
    """The runs of neighbouring finite points."""
    stretch: list[tuple[int, float]] = []
    for x, y in zip(places, values, strict=True):
        if is_drawable(y):
            stretch.append((x, y))
        elif stretch:
            yield stretch
            stretch = []
    if stretch:
        yield stretch


_LARGEST_CELL = 18.0
_HEAT_WIDTH = 264.0
_KEY_STEPS = 8


def heat_map(comparison: Comparison) -> str:
    """The error picture of a comparison as SVG, with a key; empty if it has none.

    A square's opacity is its error as a fraction of the largest one; what is no number is crossed out.
    """
    rows = comparison.error_picture
    if not rows or not rows[0]:
        return ""
    columns = max(len(row) for row in rows)
    cell = min(_LARGEST_CELL, _HEAT_WIDTH / max(columns, len(rows)))
    finite = [abs(error) for row in rows for error in row if math.isfinite(error)]
    largest = max(finite, default=0.0)
    width, height = max(columns * cell, _KEY_STEPS * 14.0 + 70), len(rows) * cell
    summary = f"Errors of {comparison.label}: {caption(comparison)}"
    parts = [
        f'<svg class="heat" viewBox="0 0 {width + 2:.0f} {height + 26:.0f}" width="{width + 2:.0f}" '
        f'height="{height + 26:.0f}" role="img" aria-label="{escape(summary)}">',
        f'<rect class="heat-ground" x="0.5" y="0.5" width="{columns * cell:.1f}" height="{height:.1f}"/>',
        *_cells(rows, cell, largest),
        *_key(height + 10, largest),
        "</svg>",
    ]
    return "".join(parts)


def caption(comparison: Comparison) -> str:
    """What the picture shows, in words."""
    rows = comparison.error_picture or ()
    drawn = (len(rows), len(rows[0]) if rows else 0)
    parts = []
    if comparison.shape is not None:
        parts.append(f"shape {shown_shape(comparison.shape)}")
        if math.prod(drawn) < math.prod(comparison.shape):
            parts.append("each square is the largest error of its block")
    if comparison.worst_index:
        parts.append(f"worst at {list(comparison.worst_index)}")
    return ", ".join(parts) or "absolute errors"


def _cells(rows: tuple[tuple[float, ...], ...], cell: float, largest: float) -> Iterator[str]:
    side = max(cell - 0.6, cell * 0.9)
    for r, row in enumerate(rows):
        for c, error in enumerate(row):
            x, y = c * cell + 0.5, r * cell + 0.5
            title = f"<title>[{r}, {c}]: {error:.3g}</title>"
            if not math.isfinite(error):
                edge = side * 0.7
                yield (
                    f'<path class="no-number" d="M{x + side * 0.15:.1f} {y + side * 0.15:.1f}l{edge:.1f} {edge:.1f}'
                    f'm0 -{edge:.1f}l-{edge:.1f} {edge:.1f}">{title}</path>'
                )
            elif largest > 0 and abs(error) >= largest / 100:
                yield (
                    f'<rect class="heat-cell" x="{x:.1f}" y="{y:.1f}" width="{side:.1f}" height="{side:.1f}" '
                    f'fill-opacity="{abs(error) / largest:.2f}">{title}</rect>'
                )


def _key(y: float, largest: float) -> Iterator[str]:
    yield f'<text class="tick" x="0" y="{y + 9:.0f}">0</text>'
    for step in range(_KEY_STEPS):
        yield (
            f'<rect class="heat-cell" x="{12 + 14 * step}" y="{y:.0f}" width="13" height="10" '
            f'fill-opacity="{(step + 0.5) / _KEY_STEPS:.2f}"/>'
        )
    yield f'<text class="tick" x="{12 + 14 * _KEY_STEPS + 4}" y="{y + 9:.0f}">{largest:.2g}</text>'
