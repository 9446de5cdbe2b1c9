"""`affine_forward` and `affine_backward`."""

from grader.assignments import Place, mistake


@mistake(
    "affine_forward.rows-from-the-wrong-axis",
    step="rows",
    title="The inputs are reshaped to (D, N) and transposed: the rows mix the samples",
    explain="`reshape` never changes the order of numbers in memory. `x.reshape(N, -1)` keeps each sample's numbers "
    "together; `x.reshape(-1, N).T` has the same shape and puts numbers of all samples into every row.",
    hints=("Which numbers are in your first row? Try it with `np.arange`.", "Reshape, or transpose?"),
)
def rows_from_the_wrong_axis(x):
    return x.reshape(-1, len(x)).T


@mistake(
    "affine_backward.dx-left-as-rows",
    step="in_shape_of",
    title="dx is left as rows: it lacks the shape of x",
    explain="The layer before gets dx as the gradient of what it gave, so dx has the shape of x, not (N, D).",
    hints=("Which shape has `x`?", "What was done to x in the forward pass, and is it undone?"),
)
def dx_left_as_rows(dx, x):
    return dx


@mistake(
    "affine_backward.results-in-another-order",
    step="affine_backward",
    title="dw is returned first and dx second",
    explain="The contract wants (dx, dw, db), in the order of the arguments x, w, b.",
    hints=("Which shapes do the three results have?", "Look at the order after `return`."),
    place=Place(looks=r"^return"),
)
def affine_results_in_another_order(right, dout, cache):
    dx, dw, db = right(dout, cache)
    return dw, dx, db
