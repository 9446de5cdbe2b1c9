"""Words and places that many operations share."""

DW = "d[wW]\\d*|W|W\\d+|grad_[wW]\\d*|[wW]_grad.*|nabla_w"
DB = "db\\d*|b|b\\d+|grad_b\\d*|b_grad.*|nabla_b"
DELTA = "[dD].*|.*delta.*|err.*|grad.*"
Z = "[zZ].*|a.*|A.*|h.*|out.*|scores|logits"

LOOP = "In a loop over samples, `=` instead of `+=` keeps the last one."
FIRST = "A loop over samples that ends in its first turn does that, and so does an index that stays 0."
LAST_HINTS = ("Does the gradient change when the first sample does?", "Look at what your loop does with its total.")


# What is wrong in the same way at several operations.
def summed_not_averaged(what, where="What is left to do after the sum?"):
    """Title and hints of a mean that is a sum; `what` begins the sentence, with its verb: "The cost is"."""
    return {
        "title": f"{what} summed over the samples, not averaged",
        "hints": ("What should become of it when the batch holds every sample twice?", where),
    }


COST_SUMMED = summed_not_averaged("The cost is")
BIASES_PENALISED = "The biases are penalised as well"
GRADIENT_AVERAGED_TWICE = {
    "title": "The gradient is divided by the number of samples twice",
    "hints": (
        "How many factors $1/n$ does the gradient of a mean have?",
        "Look for every division by the number of samples, and every `mean`.",
    ),
}


SHARED_AMONG_THE_BATCH = "divided by the mini-batch's size, not the training set's: it is n/m times too strong"


def layout_words(layout: str) -> dict[str, str]:
    """How samples lie: `<line>` is what one sample is, `<cross>` the other direction; `<n>` their number."""
    columns = layout == "columns"
    line, cross = ("column", "row") if columns else ("row", "column")
    return {
        "line": line,
        "lines": f"{line}s",
        "cross": cross,
        "crosses": f"{cross}s",
        "unit_axis": "0" if columns else "1",
        "sample_axis": "1" if columns else "0",
        "n": "m" if columns else "n",
    }
