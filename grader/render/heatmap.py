"""Where an array is wrong: absolute errors as a heat map in inline SVG."""

import math
from collections.abc import Iterator
from html import escape

from grader.render.compared import shown_shape
from grader.report import Comparison

_LARGEST_CELL = 18.0
_WIDTH = 264.0
_KEY_STEPS = 8


def heat_map(comparison: Comparison) -> str:
    """The error picture of a comparison as SVG, with a key; empty if it has none.

    A square's opacity is its error as a fraction of the largest one; what is no number is crossed out.
    """
    rows = comparison.error_picture
    if not rows or not rows[0]:
        return ""
    columns = max(len(row) for row in rows)
    cell = min(_LARGEST_CELL, _WIDTH / max(columns, len(rows)))
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
