"""A step on a mini-batch."""

from grader.assignments import mistake

_STEP = "A step is $w - \\eta \\cdot$ gradient, where the gradient of a mini-batch is the mean over its samples."


@mistake(
    "update_mini_batch.sums-pile-up",
    step="fresh_sums",
    title="The sums of the gradients pile up from one mini-batch to the next",
    explain=f"{_STEP} The arrays in which you sum are the same in every call, and are not set to 0 at its start: the "
    "second step has the gradients of the first mini-batch in it as well, and so on. Another name for an array "
    "(`sums = self.zeros`) is no new array.",
    hints=(
        "What is in your sums when `update_mini_batch` is called for the second time?",
        "Where are the arrays made in which you sum: inside the method? Are they copies?",
    ),
)
def sums_pile_up(net, sums):
    before = getattr(net, "_sums", [[0.0] * len(part) for part in sums])
    net._sums = [[a + b for a, b in zip(*parts, strict=True)] for parts in zip(before, sums, strict=True)]
    return net._sums
