"""Which class is what, as the course calls it."""

from operations import cross_entropy, cross_entropy_gradient, output_error, softmax_loss, squared_error
from operations.layers import Style, loss_layer

COURSE = Style(forward="__call__", backward="grad", state="asked")

USES = (
    squared_error.use(
        over="samples",
        half=True,
        codes={"cost": "SumOfSquaredDiffsError", "backward": "SumOfSquaredDiffsError.grad"},
    ),
    cross_entropy.use(
        codes={"cross_entropy": "CrossEntropyError"},
        names={"average_loss": "average_of_logarithms"},
        without=["cross_entropy.log-of-zero", "cross_entropy.zero-times-infinity"],
    ),
    cross_entropy_gradient.use(codes={"backward": "CrossEntropyError.grad"}),
    softmax_loss.use(codes={"softmax_loss": "CrossEntropySoftmaxError"}, guarded=False),
    output_error.use(codes={"backward": "CrossEntropySoftmaxError.grad"}),
    loss_layer(
        "SumOfSquaredDiffsError",
        COURSE,
        out="squared_error(x, t)",
        dx="squared_error_gradient(x, t)",
        targets="numbers",
        points=(15, 15),
    ),
    loss_layer(
        "CrossEntropyError",
        COURSE,
        out="cross_entropy(x, t)",
        dx="cross_entropy_gradient(x, t)",
        targets="probabilities",
        points=(15, 20),
    ),
    loss_layer(
        "CrossEntropySoftmaxError",
        COURSE,
        out="average_loss(log_probabilities(x), np.argmax(t, axis=1))",
        dx="output_delta(np.exp(log_probabilities(x)), t)",
        is_extreme=False,
        points=(15, 20),
    ),
)
