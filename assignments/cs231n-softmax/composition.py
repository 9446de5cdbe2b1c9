"""What the two functions are made of.

The two functions share no step, as in a submission: a mistake in the one is not in the other.
"""

from operations import dense, output_error, penalty_terms, softmax_loss, table

NOT_TOLD = [  # what overflows earns a remark only
    "softmax_loss.overflow",
    "softmax_loss.shifted-by-the-global-maximum",
    "softmax_loss.logarithm-of-zero",
]
TWICE_AT_ONCE = ["backward.weight-gradient-averaged-again"]  # the same as a gradient that is averaged twice

USES = table(
    softmax_loss.use(
        prefix="naive_",
        codes={"softmax_loss": "softmax_loss_naive.", "softmax_loss.cost-": "softmax_loss_naive.loss-"},
        without=NOT_TOLD,
    ),
    output_error.use(
        prefix="naive_",
        codes={
            "backward": "softmax_loss_naive.gradient-",
            "backward.not-averaged": "softmax_loss_naive.gradient-summed",
            "backward.labels-not-subtracted": "softmax_loss_naive.gradient-without-labels",
        },
        without=["backward.diagonal-jacobian"],
    ),
    dense.use(prefix="naive_", codes={"backward": "softmax_loss_naive."}, without=TWICE_AT_ONCE),
    penalty_terms.use("naive_penalty", codes={"loss": "softmax_loss_naive"}),
    softmax_loss.use(without=NOT_TOLD),
    output_error.use(codes={"backward": "softmax_loss.gradient-"}, without=["backward.diagonal-jacobian"]),
    dense.use(without=TWICE_AT_ONCE),
    penalty_terms.use("vectorized_penalty", codes={"loss": "softmax_loss_vectorized"}),
    layers="one",
)
