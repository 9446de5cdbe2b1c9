"""Kinds of layers, for classes of a contract with two passes: `relu_layer("ReLU", style, points=(4, 6))`."""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from grader.assignments.layer import Kind, Layer, Problem, Style
from grader.checks import Tolerance, one_hot
from grader.checks.layers import with_checks

__all__ = [
    "Style",
    "activation_layer",
    "affine_layer",
    "batch_norm_layer",
    "filter_layer",
    "loss_layer",
    "pooling_layer",
]

_SIZES = ((5, 4, 3), (2, 3, 6))  # samples, inputs, units; all different
# images, filters and their sides, stride and padding; images, window, stride: windows overlap in one draw
_CONVOLUTIONS = (((3, 2, 6, 8), (4, 3, 2), (1, 0)), ((2, 3, 5, 7), (4, 3, 3), (2, 1)))
_POOLINGS = (((3, 2, 4, 8), (2, 3), 2), ((2, 3, 6, 4), (3, 2), 1))  # nothing square, the outputs neither


def _affine_problem(samples: tuple[int, int], columns: bool = False) -> Callable[[np.random.Generator, int], Problem]:
    def drawn(rng: np.random.Generator, draw: int) -> Problem:
        n, (_, d, k) = samples[draw], _SIZES[draw]
        x, dout = rng.normal(size=(n, d)), rng.normal(size=(n, k))
        parameters = {"W": rng.normal(size=(d, k)), "b": rng.normal(size=k)}
        if columns:
            x, dout = x.T, dout.T
            parameters = {"W": rng.normal(size=(k, d)), "b": rng.normal(size=(k, 1))}
        return Problem(parameters, (x,), dout, (d, k))

    return drawn


def affine_layer(
    name: str,
    style: Style,
    *,
    points: tuple[float, float],
    names: Mapping[str, str] | None = None,
    transposed: bool = False,
    column: bool = False,
    row: bool = False,
    alone: bool = False,
    columns: bool = False,
    **made: Any,
) -> Layer:
    """A fully connected layer, of steps of `dense`.

    Args:
        names: what the course calls W and b.
        transposed: whether W is kept as (n_out, n_in).
        column, row: whether b is kept as a column, (n_out, 1), or as a row, (1, n_out).
        alone: whether one sample comes at a time.
        columns: whether samples are columns.
        made: how it is constructed: `made` and `begins` of `Layer`.
    """
    count = "x.shape[1]" if columns else "len(x)"
    kind = Kind(
        out="affine(x, W, b)",
        dx="propagate(dout, W)",
        gradients={"W": f"weight_gradient(x, dout, {count})", "b": f"bias_gradient(dout, {count})"},
        drawn=_affine_problem((1, 1) if alone else (_SIZES[0][0], _SIZES[1][0]), columns),
    )
    if (column or row) and not columns:
        kind = _with_row_biases(kind)
    turned = {*(["W"] if transposed else []), *(["b"] if column and not columns else [])}
    return with_checks(Layer(name, kind, style, names or {}, frozenset(turned), **made), *points)


def _with_row_biases(kind: Kind) -> Kind:
    """The same with b of shape (1, n_out)."""

    def drawn(rng: np.random.Generator, draw: int) -> Problem:
        found = kind.drawn(rng, draw)
        return Problem(
            {**found.parameters, "b": found.parameters["b"][np.newaxis]}, found.given, found.returned, found.sizes
        )

    gradients = {**kind.gradients, "b": kind.gradients["b"] + "[np.newaxis]"}
    return Kind(kind.out, kind.dx, drawn, gradients, kind.takes)


def activation_layer(
    name: str,
    style: Style,
    step: str,
    *,
    points: tuple[float, float],
    columns: bool = False,
    slope_alone: bool = False,
) -> Layer:
    """A function of each entry (or of each sample), with the steps `step` and `step_backward`.

    Args:
        columns: whether one sample comes at a time, a column.
        slope_alone: whether its backward pass is given nothing and gives the slope, the step `step_derivative`.
    """

    def drawn(rng: np.random.Generator, draw: int) -> Problem:
        n, d, _ = _SIZES[draw]
        n, d = (d, 1) if columns else (n, d)
        x = 2 * rng.normal(size=(n, d))
        x += 0.01 * np.sign(x)  # away from a kink at 0
        return Problem({}, (x,), None if slope_alone else rng.normal(size=(n, d)))

    back = f"{step}_derivative(x)" if slope_alone else f"{step}_backward(dout, x)"
    return with_checks(Layer(name, Kind(f"{step}(x)", back, drawn), style), *points, is_asked_again=slope_alone)


def loss_layer(
    name: str,
    style: Style,
    *,
    out: str,
    dx: str,
    points: tuple[float, float],
    targets: str = "one-hot",
    is_extreme: bool = True,
    tolerance: Tolerance | None = None,
) -> Layer:
    """A cost of outputs x and targets t, by expressions of these; nothing is handed to its backward pass.

    Args:
        targets: "one-hot" rows, those of "probabilities", "labels", or "numbers".
        is_extreme: whether large scores are tried as well, where there are classes.
        tolerance: of the cost, where a course's own formula is not exact.
    """

    def drawn(rng: np.random.Generator, draw: int) -> Problem:
        n, k, _ = _SIZES[draw]
        labels = rng.integers(k, size=n)
        x = rng.normal(size=(n, k))
        if targets == "probabilities":
            x = np.exp(x) / np.exp(x).sum(axis=1, keepdims=True)
            return Problem({}, (x, one_hot(labels, k)))
        t = {"one-hot": one_hot(labels, k), "labels": labels, "numbers": rng.normal(size=(n, k))}[targets]
        return Problem({}, (x, t))

    layer = Layer(name, Kind(out, dx, drawn, takes=("x", "t")), style)
    return with_checks(layer, *points, tolerance=tolerance, is_extreme=is_extreme and targets in ("one-hot", "labels"))


def batch_norm_layer(
    name: str,
    style: Style,
    *,
    points: tuple[float, float],
    names: Mapping[str, str] | None = None,
    row: bool = False,
    **made: Any,
) -> Layer:
    """Batch normalisation in training, of steps of `batch_norm`.

    Args:
        row: whether scale and shift are kept as rows, (1, d).
    """

    def drawn(rng: np.random.Generator, draw: int) -> Problem:
        n, d, _ = (7, 4, 0) if draw == 0 else (4, 6, 0)
        x = rng.normal(size=(n, d)) * (1 + np.arange(d)) + np.arange(d)
        shape = (1, d) if row else (d,)
        x[:, 0] *= 1e-3  # small enough for what is added to the variance to matter
        return Problem(
            {"gamma": rng.normal(size=shape) + 1.5, "beta": rng.normal(size=shape)}, (x,), rng.normal(size=(n, d)), (d,)
        )

    turned = "[np.newaxis]" if row else ""
    back = "batch_norm_backward(dout, batch_norm(x, gamma, beta)[1])"
    kind = Kind(
        "batch_norm(x, gamma, beta)[0]",
        f"{back}[0]",
        drawn,
        {"gamma": f"{back}[1]{turned}", "beta": f"{back}[2]{turned}"},
    )
    return with_checks(Layer(name, kind, style, names or {}, **made), *points)


def filter_layer(name: str, style: Style, *, points: tuple[float, float]) -> Layer:
    """A convolution of images, of steps of `convolution_layer`; made of filters, biases, the stride and the padding."""

    def drawn(rng: np.random.Generator, draw: int) -> Problem:
        (n, channels, height, width), (filters, side, across), (stride, pad) = _CONVOLUTIONS[draw]
        x, w = rng.normal(size=(n, channels, height, width)), rng.normal(size=(filters, channels, side, across))
        rows, columns = ((size + 2 * pad - seen) // stride + 1 for size, seen in ((height, side), (width, across)))
        dout = rng.normal(size=(n, filters, rows, columns))
        return Problem({"W": w, "b": rng.normal(size=filters), "stride": stride, "pad": pad}, (x,), dout)

    gradients = "convolution_gradients(dout, x, W, self.stride, self.pad)"
    kind = Kind(
        "convolved(x, W, b, self.stride, self.pad)",
        f"{gradients}[0]",
        drawn,
        {"W": f"{gradients}[1]", "b": f"{gradients}[2]"},
    )
    places = ", ".join(f"self.{style.parameter.format(parameter)}" for parameter in ("W", "b"))
    begins = f"{places}, self.stride, self.pad = W, b, stride, pad"
    return with_checks(Layer(name, kind, style, made="parameters", begins=begins), *points)


def pooling_layer(name: str, style: Style, *, points: tuple[float, float], window: tuple[str, str]) -> Layer:
    """Max-pooling of images, of steps of `max_pooling`; made of the window's height and width and the stride.

    Args:
        window: what its constructor calls the height and the width.
    """

    def drawn(rng: np.random.Generator, draw: int) -> Problem:
        (n, channels, height, width), sides, stride = _POOLINGS[draw]
        size = n * channels * height * width  # all pixels differ, most are below 0
        x = rng.permutation(size).reshape(n, channels, height, width) - 0.8 * size
        rows, columns = ((size - seen) // stride + 1 for size, seen in zip((height, width), sides, strict=True))
        made = dict(zip(("height", "width"), sides, strict=True))
        return Problem({**made, "stride": stride}, (x,), rng.normal(size=(n, channels, rows, columns)))

    kept = "self.height, self.width, self.stride"
    kind = Kind(f"pooled(x, {kept})", f"pooling_gradient(dout, x, {kept})", drawn)
    begins = f"{kept} = {', '.join(window)}, stride"
    return with_checks(Layer(name, kind, style, made="parameters", begins=begins), *points)
