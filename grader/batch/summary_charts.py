"""The drawings of the class summary as inline SVG: no script, no style attributes, colours from the style sheet."""

import math
from collections.abc import Mapping, Sequence

from markupsafe import Markup

from grader.batch.summary import Bin, Curve, ScoreDistribution, TrainingSummary
from grader.render import wording
from grader.render.charts import HEIGHT, LEFT, WIDTH, Plane, axes, round_step, stretches
from grader.render.curves import drawable, measured
from grader.report import FunctionStatus

_TOP, _BASE = 20, HEIGHT - 34
_GRID_LINES = 4
_TENTHS = 10  # of the maximum; what is beyond it is extra credit
# One cost that explodes would flatten all others: the drawing reaches so many times as high as the reference, or,
# without one, leaves out this share of the values at either end. What is beyond runs along the edge.
_TIMES_THE_REFERENCE = 2.0
_LEFT_OUT = 0.05


def histogram(scores: ScoreDistribution) -> Markup:
    """Students per range of scores, each bar with its number on top."""
    most = max((bin.count for bin in scores.bins), default=0)
    if not most:
        return Markup("")
    width = (WIDTH - 24) / len(scores.bins)
    parts = []
    for index, bin in enumerate(scores.bins):
        left, height = 12 + index * width, (_BASE - _TOP) * bin.count / most
        middle = left + width / 2
        label = bin_label(bin) if index < _TENTHS else f"> {_points(bin.low)}"
        parts.append(
            Markup('<rect class="bar" x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}"/>').format(
                left + 1.5, _BASE - height, width - 3, height
            )
            + Markup('<text x="{:.1f}" y="{:.1f}" text-anchor="middle">{}</text>').format(
                middle, _BASE - height - 5, bin.count or ""
            )
            + Markup('<text class="tick" x="{:.1f}" y="{}" text-anchor="middle">{}</text>').format(
                middle, _BASE + 15, label
            )
        )
    told = "; ".join(f"{bin_label(bin)} points: {bin.count}" for bin in scores.bins if bin.count)
    return Markup(
        '<svg class="chart histogram" viewBox="0 0 {} {}" role="img" aria-label="{}">{}'
        '<line class="axis" x1="12" y1="{}" x2="{}" y2="{}"/>'
        '<text class="tick" x="{}" y="{}" text-anchor="middle">points</text></svg>'
    ).format(
        WIDTH,
        HEIGHT,
        f"Students by score. {told}",
        Markup("").join(parts),
        _BASE,
        WIDTH - 12,
        _BASE,
        WIDTH // 2,
        HEIGHT - 4,
    )


def bin_label(bin: Bin) -> str:
    """The range of a bin, short enough to stand below its bar."""
    return f"{_points(bin.low)}–{_points(bin.high)}"


def _points(points: float) -> str:
    """Without an exponent, and no longer than it must be."""
    return f"{points:.0f}" if points >= 100 else f"{points:.3g}"


def status_bar(statuses: Mapping[FunctionStatus, int]) -> Markup:
    """One bar cut by status; the numbers stand beside it in the table."""
    total = sum(statuses.values())
    parts, x = [], 0.0
    for status in wording.STATUS_WORDS:
        if number := statuses.get(status, 0):
            width = 100 * number / total
            parts.append(Markup('<rect class="{}" x="{:.2f}" width="{:.2f}" height="10"/>').format(status, x, width))
            x += width
    return _bar(Markup("").join(parts))


def share_bar(share: float) -> Markup:
    """One bar filled as far as `share`, between 0 and 1."""
    return _bar(Markup('<rect class="share" width="{:.2f}" height="10"/>').format(100 * share))


def _bar(content: Markup) -> Markup:
    return Markup(
        '<svg class="bars" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="empty" width="100" height="10"/>{}</svg>'
    ).format(content)


def overlay(training: TrainingSummary) -> Markup:
    """The curves of many students in one drawing, the reference on top."""
    lines = [*training.curves, *([training.reference] if training.reference else [])]
    values = drawable(value for line in lines for value in line.y)
    places = [place for line in lines for place in line.x]
    if not values:
        return Markup("")
    as_percent = training.quantity == "accuracy"
    known = drawable(training.reference.y) if training.reference else []
    low, high = (0.0, 1.0) if as_percent else _range(values, known)
    plane = Plane(min(places), max(places), lambda value: max(0.0, min(1.0, (value - low) / (high - low))))
    ticks = [low + (high - low) * index / _GRID_LINES for index in range(_GRID_LINES + 1)]
    drawn = [part for line in training.curves for part in _curve(line, plane, "student")]
    drawn += _curve(training.reference, plane, "reference") if training.reference else []
    of = "" if training.split == "step" else f", {training.split}"
    title = f"{training.quantity.capitalize()}{of}"
    return Markup('<svg class="chart" viewBox="0 0 {} {}" role="img" aria-label="{}">{}{}{}</svg>').format(
        WIDTH,
        HEIGHT,
        _told(title, training, as_percent),
        Markup("".join(axes(plane, ticks, "step" if training.split == "step" else "epoch", as_percent))),
        Markup("").join(drawn),
        Markup('<text class="chart-title" x="{}" y="10">{}</text>').format(LEFT, title),
    )


def _told(title: str, training: TrainingSummary, as_percent: bool) -> str:
    """The drawing in words: where the curves end."""
    ends = sorted(drawable(curve.y[-1] for curve in training.curves if curve.y))
    told = f"{title}: curves of {wording.count(len(training.curves), 'submission')}"
    if ends:
        low, middle, high = (measured(ends[i], as_percent) for i in (0, len(ends) // 2, -1))
        told += f", at the end from {low} to {high}, {middle} in the middle"
    if training.reference and training.reference.y:
        told += f"; the reference ends at {measured(training.reference.y[-1], as_percent)}"
    return told


def _range(values: Sequence[float], reference: Sequence[float]) -> tuple[float, float]:
    """Round numbers around zero and what is worth telling apart."""
    if reference:
        low, high = min(reference), _TIMES_THE_REFERENCE * max(reference)
    else:
        ordered, left_out = sorted(values), math.floor(_LEFT_OUT * len(values))
        low, high = ordered[left_out], ordered[-1 - left_out]
    low, high = min(0.0, low), max(0.0, high)
    step = round_step((high - low) / _GRID_LINES or 0.25)
    return math.floor(low / step) * step, max(1, math.ceil(high / step)) * step


def _curve(curve: Curve, plane: Plane, kind: str) -> list[Markup]:
    """A line for each stretch of neighbouring numbers, a dot for one alone."""
    found = stretches(curve.x, curve.y)
    return [_stretch([(plane.x(x), plane.y(y)) for x, y in points], kind) for points in found]


def _stretch(points: Sequence[tuple[float, float]], kind: str) -> Markup:
    if len(points) == 1:
        return Markup('<circle class="dot {}" cx="{:.0f}" cy="{:.1f}" r="3"/>').format(kind, *points[0])
    line = " ".join(f"{x:.0f},{y:.1f}" for x, y in points)
    return Markup('<polyline class="curve {}" points="{}"/>').format(kind, line)
