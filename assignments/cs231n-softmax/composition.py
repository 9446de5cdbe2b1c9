"""What the two functions are made of.

The two functions share no step, as in a submission: a mistake in the one is not in the other.
"""

from operations import dense, linear_loss, output_error, penalty_terms, softmax_loss, table

TWICE_AT_ONCE = ["backward.weight-gradient-averaged-again"]  # the same as a gradient that is averaged twice

USES = table(
    linear_loss.use("softmax_loss_naive", points=45),
    linear_loss.use("softmax_loss_vectorized", points=55),
    softmax_loss.use(
        prefix="naive_",
        codes={"softmax_loss": "softmax_loss_naive.", "softmax_loss.cost-": "softmax_loss_naive.loss-"},
        guarded=False,
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
    softmax_loss.use(guarded=False),
    output_error.use(codes={"backward": "softmax_loss.gradient-"}, without=["backward.diagonal-jacobian"]),
    dense.use(without=TWICE_AT_ONCE),
    penalty_terms.use("vectorized_penalty", codes={"loss": "softmax_loss_vectorized"}),
    layers="one",
)
