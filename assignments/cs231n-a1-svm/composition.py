"""What the two functions are made of.

They share no step, as in a submission: a mistake in the one is not in the other.
"""

from operations import dense, hinge_loss, linear_loss, penalty_terms, table

DENSE = ["backward.bias-*", "forward.*", "backward.weight-gradient-averaged-again"]  # no bias; averaged twice is known

USES = table(
    linear_loss.use("svm_loss_naive", points=45, cost="hinge"),
    linear_loss.use("svm_loss_vectorized", points=55, cost="hinge"),
    hinge_loss.use(prefix="naive_", codes={"hinge_loss": "svm_loss_naive"}),
    dense.use(prefix="naive_", codes={"backward": "svm_loss_naive"}, without=DENSE),
    penalty_terms.use("naive_penalty", codes={"loss": "svm_loss_naive"}),
    hinge_loss.use(codes={"hinge_loss": "svm_loss_vectorized"}),
    dense.use(codes={"backward": "svm_loss_vectorized"}, without=DENSE),
    penalty_terms.use("vectorized_penalty", codes={"loss": "svm_loss_vectorized"}),
    layers="one",
)
