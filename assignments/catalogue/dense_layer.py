"""Mistakes in a fully connected layer x @ w + b.

Steps: `dense_output(x, w, b)`, `dense_weight_gradient(x, dout)`, `dense_bias_gradient(dout)` and
`dense_input_gradient(dout, w)`, where samples are rows.
"""

import numpy as np

from grader.assignments import Place, mistake

_RULE = "The output of a sample is $x W + b$."
_WEIGHTS = "$dW = X^T \\, dout$: the sum over the samples of $x_i$ times the sample's dout."
_BIASES = "The bias is added to every sample, so $db = \\sum_n dout_n$, one number for each output."


TWICE = r"\b2(\.0)? \* \w*b\d?\b|\+ (b\d?) \+ \2\b|^\w+ \+= \w*b\d?\b"


@mistake(
    "dense_forward.bias-missing",
    step="dense_output",
    title="The dense layer's bias is not added",
    explain=_RULE,
    hints=("What is the result for an input of zeros?", "Where is `b` used?"),
)
def bias_missing(x, w, b):
    return x @ w


@mistake(
    "dense_forward.bias-added-twice",
    step="dense_output",
    title="The biases are added twice",
    explain="The output is $x W + b$. Yours has $2 b$.",
    hints=("By how much does an output change when its bias changes by 1?", "Look for every line with `b`."),
    place=Place(looks=TWICE),
)
def bias_added_twice(x, w, b):
    return x @ w + 2 * b


@mistake(
    "dense_forward.bias-subtracted",
    step="dense_output",
    title="The dense layer's bias is subtracted",
    explain=_RULE,
    hints=("What is the result for an input of zeros?", "Look at the sign before the bias."),
)
def bias_subtracted(x, w, b):
    return x @ w - b


@mistake(
    "dense_forward.bias-summed",
    step="dense_output",
    title="The sum of all biases is added to every output",
    explain=f"{_RULE} Each output has its own bias.",
    hints=("What is the result for an input of zeros?", "Is there a `sum` around the bias?"),
)
def bias_summed(x, w, b):
    return x @ w + b.sum()


@mistake(
    "dense_forward.relu-applied",
    step="dense_output",
    title="The dense layer's output has no negative values: an activation is applied inside",
    explain=f"{_RULE} The activation is a layer of its own; scores must be free to be negative.",
    hints=("Can your output be negative?", "What is done after the matrix product?"),
)
def relu_applied(right, x, w, b):
    return np.maximum(right(x, w, b), 0)


@mistake(
    "dense_backward.weight-gradient-averaged",
    step="dense_weight_gradient",
    title="The dense layer's dw is divided by the number of samples",
    explain=f"{_WEIGHTS} The mean over the batch is in the cost, and so in dout already.",
    hints=("What does `dout` contain already?", "Look for a division by n."),
    place=Place(assigns="d[wW]"),
)
def weight_gradient_averaged(right, x, dout):
    return right(x, dout) / len(x)


@mistake(
    "dense_backward.weight-gradient-of-last-sample",
    step="dense_weight_gradient",
    title="The dense layer's dw keeps only the last sample",
    explain=f"{_WEIGHTS} In a loop over samples, `=` in the place of `+=` keeps the last one alone.",
    hints=("Does `dw` change when you change the first sample?", "`=` or `+=`?"),
    place=Place(assigns="d[wW]"),
)
def weight_gradient_of_last_sample(right, x, dout):
    return right(x[-1:], dout[-1:])


@mistake(
    "dense_backward.weight-gradient-of-means",
    step="dense_weight_gradient",
    title="dw multiplies the mean input by the sum of dout",
    explain=f"{_WEIGHTS} The products must be made sample by sample, and then summed.",
    hints=("Which rank does your `dw` have?", "Is something averaged before the product?"),
    place=Place(assigns="d[wW]"),
)
def weight_gradient_of_means(x, dout):
    return np.outer(x.mean(axis=0), dout.sum(axis=0))


@mistake(
    "dense_backward.weight-gradient-transposed",
    step="dense_weight_gradient",
    title="The dense layer's dw is transposed",
    explain=f"{_WEIGHTS} It has the shape of W, (d, m).",
    hints=("Which shape has `w`?", "Which of the two factors is transposed?"),
    place=Place(assigns="d[wW]"),
)
def weight_gradient_transposed(right, x, dout):
    return right(x, dout).T


@mistake(
    "dense_backward.bias-gradient-averaged",
    step="dense_bias_gradient",
    title="The dense layer's db is a mean instead of a sum",
    explain=_BIASES,
    hints=("How often is `b` added in the forward pass?", "`sum` or `mean`?"),
    place=Place(assigns="db"),
)
def bias_gradient_averaged(dout):
    return dout.mean(axis=0)


@mistake(
    "dense_backward.bias-gradient-of-last-sample",
    step="dense_bias_gradient",
    title="The dense layer's db keeps only the last sample",
    explain=f"{_BIASES} In a loop over samples, `=` in the place of `+=` keeps the last one alone.",
    hints=("Does `db` change when you change the first sample?", "`=` or `+=`?"),
    place=Place(assigns="db"),
)
def bias_gradient_of_last_sample(dout):
    return dout[-1]


@mistake(
    "dense_backward.bias-gradient-is-one-number",
    step="dense_bias_gradient",
    title="The dense layer's db is one number for all outputs",
    explain=f"{_BIASES} `np.sum` without `axis` adds up the outputs too.",
    hints=("Should all biases move by the same amount?", "Which `axis` does your sum have?"),
    place=Place(assigns="db"),
)
def bias_gradient_is_one_number(dout):
    return np.asarray(dout.sum())


@mistake(
    "dense_backward.bias-gradient-over-outputs",
    step="dense_bias_gradient",
    title="The dense layer's db is summed along the wrong axis",
    explain=f"{_BIASES} With `axis=1` there is one number for each sample.",
    hints=("Which shape has `b`?", "Which axis of `dout` holds the samples?"),
    place=Place(assigns="db"),
)
def bias_gradient_over_outputs(dout):
    return dout.sum(axis=1)


@mistake(
    "dense_backward.bias-gradient-not-summed",
    step="dense_bias_gradient",
    title="The dense layer's db is dout itself: the sum over the samples is missing",
    explain=_BIASES,
    hints=("Which shape has `b`?", "What happens to the axis of the samples?"),
    place=Place(assigns="db"),
)
def bias_gradient_not_summed(dout):
    return dout


@mistake(
    "dense_backward.input-gradient-averaged",
    step="dense_input_gradient",
    title="The dense layer's dx is divided by the number of samples",
    explain="$dx = dout \\, W^T$, sample by sample; the mean over the batch is in dout already.",
    hints=("What does `dout` contain already?", "Look for a division by n."),
    place=Place(assigns="dx"),
)
def input_gradient_averaged(right, dout, w):
    return right(dout, w) / len(dout)
