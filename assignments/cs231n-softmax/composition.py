"""What the two functions are made of; the loop over samples is in `solution.py`.

The two functions share no step, as in a submission: a mistake in the one is not in the other.
"""

from operations import dense, output_error, penalty_terms, softmax_loss, table

USES = table(
    softmax_loss.use(  # what overflows earns a remark only
        without=[
            "softmax_loss.overflow",
            "softmax_loss.shifted-by-the-global-maximum",
            "softmax_loss.logarithm-of-zero",
        ]
    ),
    output_error.use(codes={"backward": "softmax_loss.gradient-"}, without=["backward.diagonal-jacobian"]),
    dense.use(without=["backward.weight-gradient-averaged-again"]),  # the same as a gradient that is averaged twice
    penalty_terms.use("naive_penalty", codes={"loss": "softmax_loss_naive"}),
    penalty_terms.use("vectorized_penalty", codes={"loss": "softmax_loss_vectorized"}),
    layers="one",
)
