"""`linear_backward`: the order of the results."""

from grader.assignments import mistake


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
