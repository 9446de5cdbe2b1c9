"""`linear_backward`: the mean over the samples, and the order of the results."""

from grader.assignments import Place, mistake


@mistake(
    "linear_backward.features-taken-for-samples",
    step="number_of_samples",
    title="m is the number of inputs of the layer: `A_prev.shape[0]` instead of `A_prev.shape[1]`",
    explain="Columns are samples here, so A_prev has the shape (n_in, m).",
    hints=("What does each of the two numbers in `A_prev.shape` count?", "Where is m assigned?"),
    place=Place(assigns="m"),
)
def features_taken_for_samples(A_prev, dZ):
    return A_prev.shape[0]


@mistake(
    "linear_backward.units-taken-for-samples",
    step="number_of_samples",
    title="m is the number of units of the layer: `dZ.shape[0]` instead of `dZ.shape[1]`",
    explain="Columns are samples here, so dZ has the shape (n_out, m).",
    hints=("What does each of the two numbers in `dZ.shape` count?", "Where is m assigned?"),
    place=Place(assigns="m"),
)
def units_taken_for_samples(A_prev, dZ):
    return dZ.shape[0]


@mistake(
    "linear_backward.never-averaged",
    step="number_of_samples",
    title="dW and db are not divided by m: sums, where the gradients of a mean are asked for",
    explain="The cost is a mean over the m samples (columns), so $dW = \\frac{1}{m} dZ \\, A_{prev}^T$ and db is the "
    "sum of the columns of dZ divided by m.",
    hints=("How does the gradient change when every sample is given twice?", "Where is the division by m?"),
)
def never_averaged(A_prev, dZ):
    return 1


@mistake(
    "linear_backward.results-in-another-order",
    step="linear_backward",
    title="The results are in another order: dW, db, dA_prev",
    explain="`linear_backward` returns (dA_prev, dW, db). Yours are right, but stand elsewhere.",
    hints=("Which shapes do your three results have?", "Look at the `return`."),
)
def results_in_another_order(right, dZ, cache):
    dA_prev, dW, db = right(dZ, cache)
    return dW, db, dA_prev
