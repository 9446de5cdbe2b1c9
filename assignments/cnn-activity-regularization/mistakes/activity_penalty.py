"""The penalty on activities, and what becomes of its gradient."""

import numpy as np

from grader.assignments import Place, mistake
from reference.convolution_layer import convolution_gradients

_ACTIVITY = (
    "The penalty on activities is $\\frac{reg}{2n} \\sum out^2$, a cost of what the convolution *gives*. Its gradient "
    "there is $\\frac{reg}{n} \\, out$: it joins the gradient that arrives from ELU, `dout += reg / n * out`, and the "
    "convolution's own backward pass takes it to everything before it."
)


def gradients(dout, cache):
    """In images, filters and biases of a convolution with stride 1 and no padding."""
    x, w, *_ = cache
    return convolution_gradients(dout, x, w, 1, 0)


@mistake(
    "loss.activity-penalty-summed-over-the-batch",
    step="activity_divisor",
    title="The activity penalty is summed over the batch, while the cross-entropy is averaged",
    explain="The cross-entropy is a mean over the images, $\\sum out^2$ runs over all of them: the penalty grows with "
    "the size of the batch and outweighs the data (an accuracy that falls when the penalty comes in is the sign of "
    "it). Divide it by the number of images, $\\frac{reg}{2n} \\sum out^2$; Keras divides activity penalties by the "
    "batch size for the same reason. A gradient that belongs to the sum is accepted by itself.",
    hints=(
        "What becomes of each part of your cost when every image is in the batch twice?",
        "Which of your terms is divided by the number of images, and which is not?",
    ),
)
def activity_penalty_summed(n):
    return 1


@mistake(
    "loss.activity-gradient-in-own-filters-alone",
    step="maps_backward",
    title="The activity penalty's gradient reaches each convolution's own filters, and nothing else",
    explain="`_, dW, _ = conv_backward(out, cache)` is right for the filters of that convolution, and throws the rest "
    "away. What is right: W2, W3 and W4, whose part is complete. What is wrong: b1 and b2 lack the penalty altogether "
    "(the `db` that was thrown away); W1 has its own part, but lacks that of the *second* convolution's activity, "
    "which flows back through pooling, ELU and the first convolution (the `dx` that was thrown away). "
    f"{_ACTIVITY} Then all tensors are right, with no further line for W1, W2, b1 or b2.",
    hints=(
        "Does `out2` depend on W1? And on b1 and b2?",
        "You call `conv_backward` once more for the penalty, and use one of its three results. What are the others?",
        "Add the penalty's gradient to `dout` before the call of `conv_backward` that is there already.",
    ),
    place=Place(assigns="dW1|dw1", calls="conv_backward"),
)
def activity_gradient_in_own_filters(dout, activity_dout, cache):
    dx, dw, db = gradients(dout, cache)
    return dx, dw + gradients(activity_dout, cache)[1], db


@mistake(
    "loss.activity-gradient-stays-in-its-layer",
    step="maps_backward",
    title="The activity penalty's gradient does not flow on to the layers before",
    explain=f"{_ACTIVITY} Filters and biases of the convolution itself have it here, its input has not: W1 and b1 lack "
    "what the second convolution's activity asks of them. The term is added after dx was computed.",
    hints=(
        "Does `out2` depend on W1?",
        "In which line is the term added: before or after the gradient goes on to the layer before?",
    ),
)
def activity_gradient_stays_in_its_layer(dout, activity_dout, cache):
    _, dw, db = gradients(dout + activity_dout, cache)
    return gradients(dout, cache)[0], dw, db


@mistake(
    "loss.activity-gradient-not-in-biases",
    step="maps_backward",
    title="The activity penalty's gradient is missing in the convolutions' biases",
    explain=f"{_ACTIVITY} The biases are part of `out` as the filters are, so they feel the penalty.",
    hints=("Does `out` change with its bias?", "Which of the three results of `conv_backward` has the penalty in it?"),
)
def activity_gradient_not_in_biases(dout, activity_dout, cache):
    dx, dw, _ = gradients(dout + activity_dout, cache)
    return dx, dw, dout.sum(axis=(0, 2, 3))


@mistake(
    "loss.activity-gradient-replaces-the-data",
    step="maps_backward",
    title="The activity penalty's gradient replaces that of the data",
    explain=f"{_ACTIVITY} With `dout = …` in the place of `dout += …` the cross-entropy is lost on its way.",
    hints=("What do W1 and W2 feel of the labels?", "`=` or `+=`?"),
)
def activity_gradient_replaces_the_data(dout, activity_dout, cache):
    return gradients(np.where(np.any(activity_dout), activity_dout, dout), cache)


@mistake(
    "loss.activity-penalty-without-half",
    step="activity_terms",
    title="The activity penalty lacks the factor ½",
    explain="The contract has $\\frac{reg}{2n} \\sum out^2$; yours, and its gradient, are twice as large.",
    hints=("By which factor is your penalty too large?", "Compare the factors with the contract's."),
)
def activity_penalty_without_half(right, out, reg, divisor):
    return right(out, 2 * reg, divisor)


@mistake(
    "loss.activity-l1-instead",
    step="activity_terms",
    title="The activities are penalised by their absolute values (L1)",
    explain="The contract has the squares, $\\frac{reg}{2n} \\sum out^2$; yours is $\\frac{reg}{n} \\sum |out|$ with "
    "the gradient $\\frac{reg}{n} sign(out)$.",
    hints=("How does your penalty grow when the activities double?", "Squares or absolute values?"),
)
def activity_l1_instead(out, reg, divisor):
    return reg * np.sum(np.abs(out)) / divisor, reg * np.sign(out) / divisor


@mistake(
    "loss.activity-averaged-over-entries",
    step="activity_terms",
    title="The activity penalty is divided by the number of all entries of the maps",
    explain="The contract divides by the number of images alone; `np.mean(out**2)` divides by images × filters × "
    "pixels.",
    hints=("By which number do you divide, and what does it count?", "Over what does `np.mean` run?"),
)
def activity_averaged_over_entries(right, out, reg, divisor):
    return right(out, reg, out.size)


@mistake(
    "loss.activity-after-elu",
    step="activity_terms",
    title="The penalty is on what ELU gives, not on what the convolution gives",
    explain="Here $\\frac{reg}{2n} \\sum ELU(out)^2$ and its gradient are computed. The contract penalises `out`, "
    "before ELU.",
    hints=("Which array do you square?", "The contract's `out1` and `out2`: before or after ELU?"),
)
def activity_after_elu(out, reg, divisor):
    activation, slope = np.where(out > 0, out, np.expm1(np.minimum(out, 0))), np.exp(np.minimum(out, 0))
    return reg / 2 * np.sum(activation**2) / divisor, reg * activation * slope / divisor


@mistake(
    "loss.activity-gradient-of-the-elu-output",
    step="activity_gradient",
    title="The activity penalty's gradient uses ELU's output in the place of the maps",
    explain=_ACTIVITY,
    hints=("Which array does your cost square, and which one is in the gradient?", "Before or after ELU?"),
)
def activity_gradient_of_the_elu_output(out, reg, divisor):
    return reg * np.where(out > 0, out, np.expm1(np.minimum(out, 0))) / divisor


@mistake(
    "loss.activity-of-first-convolution-alone",
    step="penalised_maps",
    title="Only the first convolution's activity is penalised",
    explain="The contract penalises the maps of both convolutions, out1 and out2.",
    hints=("Does your cost change with the size of out2?", "Which maps are in the sum?"),
)
def activity_of_first_convolution(out1, out2):
    return {"1": out1, "2": np.zeros_like(out2)}


@mistake(
    "loss.activity-of-second-convolution-alone",
    step="penalised_maps",
    title="Only the second convolution's activity is penalised",
    explain="The contract penalises the maps of both convolutions, out1 and out2.",
    hints=("Does your cost change with the size of out1?", "Which maps are in the sum?"),
)
def activity_of_second_convolution(out1, out2):
    return {"1": np.zeros_like(out1), "2": out2}
