"""A fully connected layer: forward, and the gradients in its input, weights and biases."""

import numpy as np

from grader.assignments import Operation, Place
from grader.assignments.allowed import one_of
from grader.assignments.knowledge import number, products
from grader.checks import expect, leaves_arguments_alone
from operations.conventions import LAYOUT_OR_SAMPLE, MEAN
from operations.lessons import dense as lessons
from operations.texts import DB, DW, FIRST, LAST_HINTS, LOOP, Z, layout_words, summed_not_averaged
from reference import dense as formula


def words(*, layout, mean):
    columns = layout == "columns"
    product, shape = ("W x", "(n_out, n_in)") if columns else ("x W", "(n_in, n_out)")
    here = mean == "gradients"
    over = "/<n>" if here else ""
    return {
        **layout_words(layout),
        "first_delta": "delta[:, 0]" if columns else "delta[0]",
        "layer": f"A layer computes ${product} + b$" + ("." if layout == "sample" else "; <lines> of $x$ are samples."),
        "product": product,
        "w_shape": shape,
        "chain": "Going back, the gradient in a layer's input is "
        + ("$W^T <delta>$." if columns else "$<delta> W^T$."),
        "weights": "The gradient of a layer's weights is "
        + (f"$<delta> x^T{over}$" if columns else f"$x^T <delta>{over}$")
        + ": what came in times what goes back, "
        + ("averaged over the samples." if here else "summed over samples."),
        "biases": "The bias is added to every sample, so its gradient is the "
        + ("mean" if here else "sum")
        + " of $<delta>$ over the samples, one number per unit.",
        "once": "The division by the number of samples is made once."
        if here
        else "The factor $1/<n>$ is in $<delta>$ already."
        if mean == "delta"
        else "Here it is a sum; a mean, if there is one, is taken elsewhere.",
        "again": "" if mean == "none" else " once more",
        "sum_not_mean": " For a mean that is `np.mean`, or `np.sum` and one division."
        if here
        else " So it is `sum`, not `mean`.",
        "delta": "\\delta",
        "without_axis": "`np.sum` without `axis` adds up everything.",
    }


dense = Operation(
    formula,
    words=words,
    conventions={"within": "network"},
    values={"layout": LAYOUT_OR_SAMPLE, "mean": MEAN, "within": one_of("network", "alone")},
)
ROWS = {"layout": "rows"}
AVERAGED_HERE = {"mean": "gradients"}
NOT_HERE = {"mean": ("delta", "none")}
_TWICE = r"\b2(\.0)? \* \w*b\d?\b|\+ (b\d?) \+ \2\b|^\w+ \+= \w*b\d?\b"

# Forward


_BATCHES_ALONE = {"layout": ("rows", "columns")}
BATCHES = ((7, 4, 5), (4, 4, 4), (1, 6, 3))  # samples, inputs and units


def drawn(rng, n, n_in, n_out, layout, keepdims):
    """Inputs, weights, biases and a gradient in z, as the layout has them; of one sample, vectors."""
    x, W, b, delta = (rng.normal(size=shape) for shape in ((n, n_in), (n_in, n_out), (n_out,), (n, n_out)))
    if layout == "columns":
        return x.T, W.T, b[:, np.newaxis], delta.T
    if layout == "sample":
        return x[0], W, b, delta[0]
    return x, W, b[np.newaxis] if keepdims else b, delta


@dense.check("affine", share=2, title="What the layer computes, for several batches")
def affine_values(student, solution, rng, *, layout, keepdims):
    for sizes in BATCHES:
        x, W, b, _ = drawn(rng, *sizes, layout, keepdims)
        expect(student.affine(x, W, b), f"z of {sizes[0]} samples").close_to(solution.affine(x, W, b))


@dense.check("affine", share=1, title="The arguments are left as they were")
def affine_arguments(student, rng, *, layout, keepdims):
    leaves_arguments_alone(student.affine, *drawn(rng, 7, 4, 5, layout, keepdims)[:3])


@dense.check("propagate", share=2, title="The gradient in the layer's input")
def propagate_values(student, solution, rng, *, layout, keepdims):
    for sizes in BATCHES:
        _, W, _, delta = drawn(rng, *sizes, layout, keepdims)
        found = student.propagate(delta, W)
        expect(found, f"the gradient in x of {sizes[0]} samples").close_to(solution.propagate(delta, W))


@dense.check("weight_gradient", share=3, title="The gradient in the weights", only=_BATCHES_ALONE)
def weight_gradient_values(student, solution, rng, *, layout, keepdims):
    for n, *sizes in BATCHES:
        x, _, _, delta = drawn(rng, n, *sizes, layout, keepdims)
        right = solution.weight_gradient(x, delta, n)
        expect(student.weight_gradient(x, delta, n), f"dW of {n} samples").close_to(right)


@dense.check("bias_gradient", share=2, title="The gradient in the biases", only=_BATCHES_ALONE)
def bias_gradient_values(student, solution, rng, *, layout, keepdims):
    for n, *sizes in BATCHES:
        _, _, _, delta = drawn(rng, n, *sizes, layout, keepdims)
        expect(student.bias_gradient(delta, n), f"db of {n} samples").close_to(solution.bias_gradient(delta, n))


@dense.by_hand("affine")
def affine_by_hand(arguments, path, index, *, layout):
    """One unit of one sample: its inputs times its weights, and its bias."""
    x, W, b = arguments
    if layout == "rows":
        sample, unit = index
        inputs, weights = x[sample], W[:, unit]
    else:
        unit, sample = index
        inputs, weights = x[:, sample], W[unit]
    return f"{products(inputs, weights)} + {number(np.ravel(b)[unit])}"


@dense.mistake(
    "forward.bias-missing",
    step="affine",
    title="The biases are not added",
    explain="<layer> Yours leaves b out. As long as all biases are 0 nothing shows.",
    hints=("Does the result change when a bias does?", "Look at the line that computes z."),
    place=Place(assigns=Z, calls="dot|matmul"),
)
def bias_missing(x, W, b, *, layout, dot):
    return formula.product(x, W, layout=layout, dot=dot)


@dense.mistake(
    "forward.bias-added-twice",
    step="affine",
    title="The biases are added twice",
    explain="<layer> Yours has $2 b$.",
    hints=("By how much does an output change when its bias changes by 1?", "Look for every line with `b`."),
    place=Place(looks=_TWICE),
)
def bias_added_twice(right, x, W, b):
    return right(x, W, 2 * b)


@dense.mistake(
    "forward.bias-subtracted",
    step="affine",
    title="The biases are subtracted instead of added",
    explain="<layer> Yours has −b.",
    hints=("What does a larger bias do to the output?", "Look at the signs in the line that computes z."),
)
def bias_subtracted(right, x, W, b):
    return right(x, W, -b)


@dense.mistake(
    "forward.bias-summed",
    step="affine",
    title="The sum of all biases is added to every unit",
    explain="<layer> Each unit has its own bias, and broadcasting adds b to every <line>; no sum is needed.",
    hints=("How many different numbers does b add to one sample?", "Look for a `sum` around the bias."),
    place=Place(calls="sum"),
)
def bias_summed(right, x, W, b):
    return right(x, W, b.sum())


@dense.mistake(
    "forward.bias-once-per-sample",
    step="affine",
    title="The biases are added <n> times, once for each sample of the batch",
    explain="<layer> Broadcasting adds b to every <line> at once. In a loop over samples it is added to the whole "
    "matrix in each turn.",
    hints=("Does the result for a sample depend on how many others there are?", "Is b added inside a loop?"),
    only=ROWS,
)
def bias_once_per_sample(right, x, W, b):
    return right(x, W, len(x) * b)


@dense.mistake(
    "forward.weights-transposed",
    step="affine",
    title="The forward pass takes the weights the wrong way round",
    explain="<layer> W has the shape <w_shape>, so it is $<product>$. Yours computes with the transpose of that.",
    hints=(
        "Write the shapes of the two factors beside each other: which dimensions meet?",
        "Is a `.T` missing or too much?",
    ),
)
def weights_transposed(right, x, W, b):
    return right(x, W.T, b)


@dense.mistake(
    "forward.factors-exchanged",
    step="affine",
    title="The factors of the matrix product stand in the wrong order",
    explain="<layer> W has the shape <w_shape>; matrix products cannot be turned around.",
    hints=("Write the shapes of the two factors beside each other: which dimensions meet?", "Which stands first?"),
    only={"layout": "columns"},
)
def factors_exchanged(x, W, b, *, dot):
    return (np.dot(x, W) if dot else x @ W) + b


@dense.mistake(
    "forward.elementwise-product",
    step="affine",
    title="`*` multiplies entry by entry; a layer needs the matrix product",
    explain="<layer> Between arrays `*` is not the matrix product: that is `@` or `np.dot`.",
    hints=("Which product joins every input with every unit?", "`*` or `@`?"),
)
def elementwise_product(x, W, b, *, layout):
    return (W * x if layout == "columns" else x * W) + b


@dense.mistake(
    "forward.relu-applied",
    step="affine",
    title="The layer's output has no negative values: an activation is applied inside",
    explain="<layer> The activation is a layer of its own; scores must be free to be negative.",
    hints=("Can your output be negative?", "What is done after the matrix product?"),
    only={"within": "alone"},
)
def relu_applied(right, x, W, b):
    return np.maximum(right(x, W, b), 0)


# On the way back


@dense.mistake(
    "backward.weights-not-transposed",
    step="propagate",
    title="The weights are not transposed on the way back",
    explain="<chain> W has the shape <w_shape>: what comes back from the units meets $W^T$.",
    hints=("Write the shapes of $<delta>$ and W beside each other: which dimensions meet?", "A `.T` is missing."),
)
def weights_not_transposed(right, delta, W):
    return right(delta, W.T)


@dense.mistake(
    "backward.averaged-on-the-way-back",
    step="propagate",
    title="On its way back, the gradient is divided by the number of samples<again>",
    explain="<chain> <once> So the layers before hardly learn: their gradients are too small, by a factor $<n>$ for "
    "each layer that divides.",
    hints=(
        "Is the last layer's gradient right? How many times too small is the one before?",
        "Look for a division by the number of samples behind the last layer.",
    ),
    place=Place(assigns="d[aA].*|dx"),
    only={"layout": ("rows", "columns")},
)
def averaged_on_the_way_back(right, delta, W, *, layout):
    return right(delta, W) / _samples(delta, layout)


# The weights


@dense.mistake(
    "backward.weight-gradient-summed",
    step="weight_gradient",
    explain="<weights>",
    **summed_not_averaged("The weight gradients are", "Where is the division by <n>?"),
    place=Place(assigns=DW),
    only=AVERAGED_HERE,
)
def weight_gradient_summed(right, inputs, delta, n):
    return right(inputs, delta, 1)


@dense.mistake(
    "backward.weight-gradient-averaged-again",
    step="weight_gradient",
    title="The weight gradients are divided by the number of samples once more",
    explain="<weights> <once>",
    hints=("Where does the $1/<n>$ of the mean come in, and how often?", "Look at the division in the lines of `dW`."),
    place=Place(assigns=DW),
)
def weight_gradient_averaged_again(right, inputs, delta, n, *, layout):
    return right(inputs, delta, n) / _samples(delta, layout)


@dense.mistake(
    "backward.weight-gradient-over-the-units",
    step="weight_gradient",
    title="The weight gradients are divided by the number of units instead of the samples",
    explain="<weights> With <lines> as samples their number is `shape[<sample_axis>]`; `shape[<unit_axis>]` is that of "
    "the units.",
    hints=("Which dimension counts the samples?", "`shape[0]` or `shape[1]`?"),
    only=AVERAGED_HERE,
)
def weight_gradient_over_the_units(right, inputs, delta, n, *, layout):
    return right(inputs, delta, delta.shape[0 if layout == "columns" else 1])


@dense.mistake(
    "backward.weight-gradient-transposed",
    step="weight_gradient",
    title="The weight gradients are transposed",
    explain="<weights> It has the shape of W, <w_shape>.",
    hints=("Which shape must the gradient of W have?", "Which factor stands first in the product?"),
    place=Place(assigns=DW),
)
def weight_gradient_transposed(right, inputs, delta, n):
    return right(inputs, delta, n).T


@dense.mistake(
    "backward.weight-gradient-of-last-sample",
    step="weight_gradient",
    title="The weight gradients hold the last sample's part only",
    explain=f"<weights> {LOOP}",
    hints=LAST_HINTS,
    place=Place(assigns=DW),
)
def weight_gradient_of_last_sample(right, inputs, delta, n, *, layout):
    return right(_part(inputs, -1, layout), _part(delta, -1, layout), n)


@dense.mistake(
    "backward.weight-gradient-of-first-sample",
    step="weight_gradient",
    title="The weight gradients hold the first sample's part only",
    explain=f"<weights> {FIRST}",
    hints=("Does the gradient change when the last sample does?", "When does your loop end?"),
    place=Place(assigns=DW),
)
def weight_gradient_of_first_sample(right, inputs, delta, n, *, layout):
    return right(_part(inputs, 0, layout), _part(delta, 0, layout), n)


@dense.mistake(
    "backward.mean-input-times-summed-error",
    step="weight_gradient",
    title="Inputs and errors are averaged separately before they are multiplied",
    explain="<weights> The product has to be made for each sample and then summed. A product of averages loses which "
    "input belongs to which error; the result has rank 1.",
    hints=("Which is done first: the product, or the sum over samples?", "Is there a mean or sum on each factor?"),
)
def mean_input_times_summed_error(right, inputs, delta, n, *, layout):
    axis = 1 if layout == "columns" else 0
    return right(inputs.mean(axis=axis, keepdims=True), delta.sum(axis=axis, keepdims=True), n)


@dense.mistake(
    "backward.input-missing-in-weight-gradient",
    step="weight_gradient",
    title="The weight gradients leave out the layer's input",
    explain="<weights> Yours is the same for every input, the sum of $<delta>$: that is the bias's gradient.",
    hints=("Does the gradient of W change when the inputs double?", "By what must $<delta>$ be multiplied?"),
    place=Place(assigns=DW),
)
def input_missing_in_weight_gradient(right, inputs, delta, n):
    return right(np.ones_like(inputs), delta, n)


# By how many samples


@dense.mistake(
    "mean.features-taken-for-samples",
    step="number_of_samples",
    title="<n> is the number of inputs of the layer: `shape[<unit_axis>]` of what comes in instead of "
    "`shape[<sample_axis>]`",
    explain="<Lines> are samples here; the other number of the shape is that of the features.",
    hints=("What does each of the two numbers in the shape count?", "Where is <n> assigned?"),
    place=Place(assigns="m|n|N|batch_size"),
    only=AVERAGED_HERE,
)
def features_taken_for_samples(inputs, delta, *, layout):
    return inputs.shape[0 if layout == "columns" else 1]


@dense.mistake(
    "mean.units-taken-for-samples",
    step="number_of_samples",
    title="<n> is the number of units of the layer: `shape[<unit_axis>]` of the error, not `shape[<sample_axis>]`",
    explain="<Lines> are samples here; the other number of the shape is that of the units.",
    hints=("What does each of the two numbers in the shape count?", "Where is <n> assigned?"),
    place=Place(assigns="m|n|N|batch_size"),
    only=AVERAGED_HERE,
)
def units_taken_for_samples(inputs, delta, *, layout):
    return delta.shape[0 if layout == "columns" else 1]


@dense.mistake(
    "mean.never-taken",
    step="number_of_samples",
    title="The gradients of weights and biases are not divided by <n>: sums, where those of a mean are asked for",
    explain="The cost is a mean over the <n> samples. <weights> <biases>",
    hints=("How does the gradient change when every sample is given twice?", "Where is the division by <n>?"),
    only=AVERAGED_HERE,
)
def never_taken(inputs, delta):
    return 1


# The biases


@dense.mistake(
    "backward.bias-gradient-summed",
    step="bias_gradient",
    explain="<biases>",
    **summed_not_averaged("The bias gradients are", "Where is the division by <n>?"),
    place=Place(assigns=DB),
    only=AVERAGED_HERE,
)
def bias_gradient_summed(right, delta, n):
    return right(delta, 1)


@dense.mistake(
    "backward.bias-gradient-averaged-again",
    step="bias_gradient",
    title="The bias gradients are averaged once more",
    explain="<biases> <once><sum_not_mean>",
    hints=("Where does the $1/<n>$ of the mean come in, and how often?", "`sum` or `mean` in the lines of `db`?"),
    place=Place(assigns=DB),
)
def bias_gradient_averaged_again(right, delta, n, *, layout):
    return right(delta, n) / _samples(delta, layout)


@dense.mistake(
    "backward.bias-gradient-per-sample",
    step="bias_gradient",
    title="The bias gradients are summed over the wrong axis",
    explain="<biases> With `axis=<unit_axis>` the units of each sample are added up: one number per sample. At a "
    "softmax output these are all 0, since the <lines> of $p - y$ sum to 0.",
    hints=("How many numbers must the gradient of b have?", "Look at the `axis` of the sum."),
    place=Place(assigns=DB, calls="sum|mean"),
)
def bias_gradient_per_sample(delta, n, *, layout, mean, keepdims):
    total = delta.sum(axis=0 if layout == "columns" else 1, keepdims=keepdims)
    return total / n if mean == "gradients" else total


@dense.mistake(
    "backward.bias-gradient-one-number",
    step="bias_gradient",
    title="The bias gradients are summed to one number",
    explain="<biases> <without_axis> All biases of a layer move alike. At a softmax output that is 0, since $p - y$ "
    "sums to 0 for each sample, and the biases never move.",
    hints=("How many numbers must the gradient of b have?", "The sum needs an `axis`."),
    place=Place(assigns=DB),
)
def bias_gradient_one_number(delta, n, *, mean):
    return np.asarray(delta.sum() / n if mean == "gradients" else delta.sum())


@dense.mistake(
    "backward.bias-gradient-not-summed",
    step="bias_gradient",
    title="The bias gradients are not summed over the samples",
    explain="<biases> Yours still has one <line> per sample.",
    hints=("How many numbers must the gradient of b have?", "A sum is missing in the lines of `db`."),
    place=Place(assigns=DB),
)
def bias_gradient_not_summed(delta, n, *, mean):
    return delta / n if mean == "gradients" else delta


@dense.mistake(
    "backward.bias-gradient-of-last-sample",
    step="bias_gradient",
    title="The bias gradients hold the last sample's part only",
    explain=f"<biases> {LOOP}",
    hints=LAST_HINTS,
    place=Place(assigns=DB),
)
def bias_gradient_of_last_sample(right, delta, n, *, layout):
    return right(_part(delta, -1, layout), n)


@dense.mistake(
    "backward.bias-gradient-of-last-sample-not-averaged",
    step="bias_gradient",
    title="The bias gradients hold the last sample's part only, and are not divided by the number of samples",
    explain="<biases> Yours is $p - y$ of the last sample, carried back to the layer: neither the sum over the "
    "samples nor the factor $1/<n>$ of the mean is in it. The weights' gradients have both.",
    hints=(
        "Does the gradient change when the first sample does?",
        "What do the lines of `dW` do with the samples and with $1/<n>$ that those of `db` do not?",
    ),
    place=Place(assigns=DB),
    only={"mean": "delta"},
)
def bias_gradient_of_last_sample_not_averaged(right, delta, n, *, layout):
    return right(_part(delta, -1, layout), n) * _samples(delta, layout)


@dense.mistake(
    "backward.bias-gradient-of-first-sample",
    step="bias_gradient",
    title="The bias gradients hold the first sample's part only",
    explain="<biases> An index stays 0, or a loop ends after its first turn.",
    hints=("Does the gradient change when the last sample does?", "Is `<first_delta>` a sum over the samples?"),
    place=Place(assigns=DB),
)
def bias_gradient_of_first_sample(right, delta, n, *, layout):
    return right(_part(delta, 0, layout), n)


@dense.mistake(
    "backward.bias-gradient-zero",
    step="bias_gradient",
    title="The bias gradients are always 0",
    explain="<biases> With 0 the biases never move.",
    hints=("Does your code ever write into the gradient of b?", "Print `db` before the return."),
    place=Place(assigns=DB),
)
def bias_gradient_zero(right, delta, n):
    return 0 * right(delta, n)


def _samples(delta, layout):
    return delta.shape[1 if layout == "columns" else 0]


def _part(values, sample, layout):
    """One sample of a batch, as a batch."""
    span = slice(sample, sample + 1 or None)
    return values[:, span] if layout == "columns" else values[span]


dense.teach(
    {
        "forward.bias-missing": lessons.BIAS_MISSING,
        "forward.bias-added-twice": lessons.BIAS_WRONG,
        "forward.bias-subtracted": lessons.BIAS_WRONG,
        "forward.bias-summed": lessons.BIAS_WRONG,
        "forward.bias-once-per-sample": lessons.BIAS_WRONG,
        "forward.weights-transposed": lessons.WEIGHTS_TRANSPOSED,
        "forward.elementwise-product": lessons.ELEMENTWISE,
        "backward.weights-not-transposed": lessons.NOT_TRANSPOSED_BACK,
        "backward.averaged-on-the-way-back": lessons.AVERAGED_ON_THE_WAY,
        "backward.weight-gradient-summed": lessons.SUMMED,
        "backward.weight-gradient-averaged-again": lessons.AVERAGED_AGAIN,
        "backward.weight-gradient-of-last-sample": lessons.LAST_SAMPLE,
        "backward.weight-gradient-of-first-sample": lessons.FIRST_SAMPLE,
        "backward.mean-input-times-summed-error": lessons.MEANS_MULTIPLIED,
        "backward.input-missing-in-weight-gradient": lessons.INPUT_MISSING,
        "backward.bias-gradient-summed": lessons.SUMMED,
        "backward.bias-gradient-averaged-again": lessons.AVERAGED_AGAIN,
        "backward.bias-gradient-per-sample": lessons.WRONG_AXIS,
        "backward.bias-gradient-one-number": lessons.ONE_NUMBER,
        "backward.bias-gradient-not-summed": lessons.NOT_SUMMED,
        "backward.bias-gradient-of-last-sample": lessons.LAST_SAMPLE,
        "backward.bias-gradient-of-first-sample": lessons.FIRST_SAMPLE,
    }
)
