"""The dimensions of a sample as one, and the way back."""

import numpy as np

from grader.assignments import Operation, Place
from grader.checks import expect
from operations.conventions import LAYOUT
from operations.texts import layout_words
from reference import flatten as formula


def words(*, layout):
    columns = layout == "columns"
    return {**layout_words(layout), "flat": "(d, m)" if columns else "(n, d)"}


flatten = Operation(formula, words=words, values={"layout": LAYOUT})

_RULE = "Each sample becomes a <line> of all its numbers, and the batch has the shape <flat>."
_BACK = "Nothing is computed on the way back: the gradient gets the shape of the input again."
SHAPES = ((5, 2, 3, 4), (1, 3, 2, 2), (4, 7))  # of images, of one image, of what is flat


@flatten.check("flatten", share=2, title="Images of several channels, a single one, and what is flat already")
def flatten_values(student, solution, rng, *, called):
    for shape in SHAPES:
        x = rng.normal(size=shape)
        expect(student.flatten(x), f"{called('flatten')} of the shape {shape}").close_to(solution.flatten(x))


@flatten.check("unflatten", share=2, title="The gradient in the shape of the input")
def unflatten_values(student, solution, rng, *, called, layout):
    for shape in SHAPES:
        rows = rng.normal(size=(shape[0], int(np.prod(shape[1:]))))
        upstream = rows.T if layout == "columns" else rows
        right = solution.unflatten(upstream, shape)
        expect(student.unflatten(upstream, shape), f"{called('unflatten')} for the shape {shape}").close_to(right)


@flatten.mistake(
    "flatten.whole-batch",
    step="flatten",
    title="The whole batch becomes one <line>",
    explain=f"{_RULE} Yours mixes the samples: `flatten()`, `ravel()` and `reshape(-1)` take all dimensions.",
    hints=("How many <lines> should come out for five images?", "Which dimension must stay?"),
    place=Place(calls="flatten|ravel|reshape"),
)
def whole_batch(x):
    return x.reshape(-1)


@flatten.mistake(
    "flatten.samples-turned",
    step="flatten",
    title="The samples are <crosses>, not <lines>",
    explain=f"{_RULE} Yours has one <cross> for each sample.",
    hints=("Which shape must the result have?", "Is there a `.T` too many, or one too few?"),
)
def samples_turned(right, x):
    return right(x).T


@flatten.mistake(
    "flatten.reshaped-to-columns",
    step="flatten",
    title="The shape is (d, <n>) but the samples are mixed: `reshape` does not transpose",
    explain=f"{_RULE} `reshape` reads and writes row by row, whatever the two sizes are: with (d, <n>) each column "
    "holds numbers of several samples.",
    hints=("Do all numbers of a column belong to one sample?", "Which size comes first?"),
    place=Place(calls="reshape"),
)
def reshaped_to_columns(x):
    return x.reshape(-1, len(x))


@flatten.mistake(
    "flatten.column-order",
    step="flatten",
    title="The numbers of a sample are in another order",
    explain=f"{_RULE} The last index runs fastest. With `order='F'`, or after a `transpose`, the weights behind meet "
    "other numbers than those of this order.",
    hints=("Which number of a sample comes second in yours?", 'Is there an `order="F"`, or a `transpose`?'),
)
def column_order(x, *, layout):
    return x.reshape(len(x), -1, order="F").T if layout == "columns" else x.reshape(len(x), -1, order="F")


@flatten.mistake(
    "flatten.left-as-it-is",
    step="flatten",
    title="The array is returned as it is",
    explain=f"{_RULE} `x.reshape(…)` returns a new view; x itself keeps its shape.",
    hints=("Which shape has your result?", "Is what `reshape` gives also what you return?"),
    place=Place(calls="reshape"),
)
def left_as_it_is(x):
    return x


@flatten.mistake(
    "unflatten.left-flat",
    step="unflatten",
    title="The gradient stays flat",
    explain=f"{_BACK} The layer before is a convolution or a pooling, which has images.",
    hints=("Which shape did the input have?", "What does `reshape` return?"),
    place=Place(calls="reshape"),
)
def left_flat(upstream, shape):
    return upstream


@flatten.mistake(
    "unflatten.column-order",
    step="unflatten",
    title="The gradient is put back in another order than the forward pass took it",
    explain=f"{_BACK} Each number must come to the place that its partner had: the last index runs fastest.",
    hints=("What does going forth and back give for `np.arange(24)`?", 'Is there an `order="F"`, or a `transpose`?'),
)
def back_in_column_order(upstream, shape, *, layout):
    return (upstream.T if layout == "columns" else upstream).reshape(shape, order="F")


@flatten.mistake(
    "unflatten.not-transposed",
    step="unflatten",
    title="The gradient is not transposed before it is reshaped: the samples are mixed",
    explain=f"{_BACK} With columns as samples a row has one number of each sample, and `reshape` reads row by row.",
    hints=("Which sample does the second number of your first image belong to?", "What did the forward pass do last?"),
    place=Place(calls="reshape"),
    only={"layout": "columns"},
)
def back_not_transposed(upstream, shape):
    return upstream.reshape(shape)
