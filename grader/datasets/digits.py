"""Digits drawn with a pen of our own: a stand-in of MNIST's shape for machines that do not have MNIST.

Every digit has a few ways of being written, each a handful of strokes in the unit square (x to the right, y
down). A way of writing is kept as its distance field: the distance of a grid of points to the nearest stroke.
An image looks distances up at moved, scaled, turned, slanted and bent coordinates, and the pen's width and
softness turn distance into ink. No image needs its strokes again, so thousands are drawn at once.

Test accuracy of networks trained on 3,000 images for 20 epochs (batches of 50, learning rate 0.1, 1,000 test
images): softmax regression 88 %, 784-64-10 with ReLU 91 %. The same on MNIST: 91 % and 93 %.
"""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

_SIDE = 28

# Size of the unit square in pixels: digits of MNIST fill a 20 × 20 box within their 28 × 28 pixels.
_BOX = 20.0

# The distance field covers [-_MARGIN, 1 + _MARGIN] in both directions. Beyond, distances are those of
# the rim, which is farther from any stroke than a pen is wide.
_MARGIN = 0.2
_CELLS = 64

_Floats = NDArray[np.float32]
_Points = NDArray[np.float64]


def draw_digits(n: int, *, seed: int = 0) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Draw ``n`` digits, each of the ten as often as the others (give or take one), in random order.

    Returns:
        Images (n, 28, 28), white ink on black like MNIST, and labels (n,); both uint8. Equal ``n`` and
        ``seed`` give equal digits.
    """
    rng = np.random.default_rng(seed)
    labels = rng.permutation(np.arange(n) % 10)
    fields, first_way, ways = _distance_fields()
    way = first_way[labels] + rng.integers(0, ways[labels])
    x, y = _pen_coordinates(n, rng)
    distance = _look_up(fields, way, x, y)
    return _ink(distance, rng), labels.astype(np.uint8)


def _pen_coordinates(n: int, rng: np.random.Generator) -> tuple[_Floats, _Floats]:
    """Where each pixel of each image lies in the unit square of its digit: two arrays (n, 28, 28)."""

    def normal(scale: float) -> _Floats:
        return rng.normal(0.0, scale, (n, 1, 1)).astype(np.float32)

    def uniform(low: float, high: float) -> _Floats:
        return rng.uniform(low, high, (n, 1, 1)).astype(np.float32)

    pixel = (np.arange(_SIDE, dtype=np.float32) - (_SIDE - 1) / 2) / _BOX
    angle, slant = normal(0.2), normal(0.18)
    width, height = uniform(0.55, 1.05), uniform(0.75, 1.1)
    cos, sin = np.cos(angle), np.sin(angle)
    # Bends: each row moves sideways and each column up or down along a sine of random phase.
    turns = np.float32(2 * np.pi)
    across = pixel[None, None, :] + normal(0.055)
    down = pixel[None, :, None] + normal(0.055)
    across_bent = across + normal(0.045) * np.sin(turns * (uniform(0.5, 1.1) * down + uniform(0, 1)))
    down_bent = down + normal(0.045) * np.sin(turns * (uniform(0.5, 1.1) * across + uniform(0, 1)))
    x = (cos / width) * across_bent + ((sin + slant) / width) * down_bent + np.float32(0.5)
    y = (cos / height) * down_bent - (sin / height) * across_bent + np.float32(0.5)
    return x, y


def _look_up(fields: _Floats, way: NDArray[np.int64], x: _Floats, y: _Floats) -> _Floats:
    """Distance of each point to the strokes of its image's digit, from the nearest grid point."""
    per_unit = np.float32((_CELLS - 1) / (1 + 2 * _MARGIN))
    offset = np.float32(_MARGIN * per_unit + 0.5)
    column = np.clip(x * per_unit + offset, 0, _CELLS - 1).astype(np.int32)
    row = np.clip(y * per_unit + offset, 0, _CELLS - 1).astype(np.int32)
    index = way.astype(np.int32)[:, None, None] * (_CELLS * _CELLS) + row * _CELLS + column
    distance: _Floats = fields.ravel().take(index)
    return distance


def _ink(distance: _Floats, rng: np.random.Generator) -> NDArray[np.uint8]:
    """Intensities of a pen of random width, softness and pressure, plus paper noise."""
    shape = (len(distance), 1, 1)
    radius = rng.uniform(0.03, 0.09, shape).astype(np.float32)
    edge = rng.uniform(0.04, 0.12, shape).astype(np.float32)
    pressure = rng.uniform(170, 255, shape).astype(np.float32)
    ink = np.clip((radius - distance) / edge + np.float32(0.5), 0, 1) * pressure
    ink += rng.integers(-24, 25, distance.shape, dtype=np.int8)
    intensities: NDArray[np.uint8] = np.clip(ink, 0, 255).astype(np.uint8)
    return intensities


def _line(*points: tuple[float, float]) -> _Points:
    return np.array(points)


def _arc(cx: float, cy: float, rx: float, ry: float, start: float, stop: float) -> _Points:
    """Part of an ellipse around (cx, cy), angles in degrees: 0 is right, 90 is down."""
    angle = np.radians(np.linspace(start, stop, max(3, round(abs(stop - start) / 24) + 1)))
    return np.column_stack([cx + rx * np.cos(angle), cy + ry * np.sin(angle)])


def _ways_of_writing() -> tuple[tuple[Sequence[_Points], ...], ...]:
    """For each digit, the ways of writing it: sequences of strokes, which are polylines (k, 2)."""
    loop_of_9 = _arc(0.5, 0.28, 0.3, 0.28, 0, 360)
    return (
        ([_arc(0.5, 0.5, 0.36, 0.5, 0, 360)], [_arc(0.5, 0.5, 0.46, 0.42, 0, 360)]),
        (
            [_line((0.5, 0), (0.5, 1))],
            [_line((0.3, 0.2), (0.52, 0), (0.52, 1))],
            [_line((0.3, 0.2), (0.52, 0), (0.52, 1)), _line((0.25, 1), (0.78, 1))],
        ),
        (
            [_arc(0.5, 0.28, 0.34, 0.28, 190, 390), _line((0.795, 0.42), (0.14, 1), (0.88, 1))],
            [
                _arc(0.48, 0.28, 0.34, 0.28, 200, 410),
                _line((0.7, 0.49), (0.3, 0.86)),
                _arc(0.26, 0.86, 0.14, 0.13, 0, 360),
                _line((0.38, 0.9), (0.9, 0.98)),
            ],
        ),
        (
            [_arc(0.46, 0.26, 0.34, 0.26, 200, 450), _arc(0.46, 0.75, 0.38, 0.25, 270, 520)],
            [_line((0.15, 0), (0.8, 0), (0.46, 0.4)), _arc(0.46, 0.7, 0.36, 0.3, 270, 510)],
        ),
        (
            [_line((0.62, 0), (0.1, 0.66), (0.92, 0.66)), _line((0.66, 0.35), (0.66, 1))],
            [_line((0.2, 0), (0.16, 0.48), (0.8, 0.48)), _line((0.8, 0), (0.76, 1))],
        ),
        (
            [_line((0.82, 0), (0.24, 0), (0.2, 0.44)), _arc(0.46, 0.69, 0.36, 0.31, 232, 510)],
            [_line((0.86, 0.04), (0.3, 0.02), (0.26, 0.4), (0.5, 0.44)), _arc(0.46, 0.72, 0.3, 0.28, 270, 500)],
        ),
        (
            [_arc(0.5, 0.7, 0.34, 0.3, 0, 360), _arc(0.86, 0.7, 0.7, 0.72, 180, 260)],
            [_line((0.56, 0), (0.22, 0.66)), _arc(0.5, 0.76, 0.3, 0.24, 0, 360)],
        ),
        (
            [_line((0.1, 0), (0.86, 0), (0.4, 1))],
            [_line((0.1, 0.04), (0.86, 0), (0.42, 1)), _line((0.3, 0.5), (0.86, 0.48))],
            [_line((0.12, 0.14), (0.14, 0), (0.88, 0.02), (0.56, 0.5), (0.5, 1))],
        ),
        (
            [_arc(0.5, 0.25, 0.29, 0.25, 0, 360), _arc(0.5, 0.75, 0.35, 0.25, 0, 360)],
            [_arc(0.54, 0.22, 0.22, 0.22, 0, 360), _arc(0.46, 0.72, 0.26, 0.28, 0, 360)],
        ),
        ([loop_of_9, _line((0.8, 0.28), (0.76, 1))], [loop_of_9, _arc(0.12, 0.3, 0.68, 0.7, 0, 75)]),
    )


@lru_cache(maxsize=1)
def _distance_fields() -> tuple[_Floats, NDArray[np.int64], NDArray[np.int64]]:
    """Distance fields of all ways of writing (k, cells, cells); each digit's first way; how many it has."""
    alphabet = _ways_of_writing()
    fields = np.array([_distance_to_strokes(strokes) for digit in alphabet for strokes in digit])
    ways = np.array([len(digit) for digit in alphabet])
    return fields, np.cumsum(ways) - ways, ways


def _distance_to_strokes(strokes: Sequence[_Points]) -> _Floats:
    """Euclidean distance of each grid point (cells, cells) to the nearest segment of any stroke."""
    axis = np.linspace(-_MARGIN, 1 + _MARGIN, _CELLS, dtype=np.float32)
    start = np.concatenate([stroke[:-1] for stroke in strokes]).astype(np.float32)
    along = np.concatenate([np.diff(stroke, axis=0) for stroke in strokes]).astype(np.float32)
    along_x, along_y = along.T[:, :, None, None]
    from_x = axis[None, None, :] - start[:, 0, None, None]
    from_y = axis[None, :, None] - start[:, 1, None, None]
    fraction = np.clip((from_x * along_x + from_y * along_y) / (along_x**2 + along_y**2), 0, 1)
    squared = (from_x - fraction * along_x) ** 2 + (from_y - fraction * along_y) ** 2
    distance: _Floats = np.sqrt(squared.min(axis=0))
    return distance
