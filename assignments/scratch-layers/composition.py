"""Which class is what, as the book calls it."""

from grader.checks import Tolerance
from operations import batch_norm, dense, layer_steps, output_error, relu, sigmoid, softmax_loss, table
from operations.layers import Style, activation_layer, affine_layer, batch_norm_layer, loss_layer

BOOK = Style(forward="forward", backward="backward", parameter="{}", gradient="d{}")
_LOG_IS_GUARDED = Tolerance(passing=1e-5, remark=1e-5)  # by 1e-7, in the book's own functions

USES = (
    *table(
        relu.use(codes={"relu": "Relu.forward", "backward": "Relu.backward"}),
        sigmoid.use(
            without=["sigmoid.overflow"],
            codes={"sigmoid": "Sigmoid.forward", "sigmoid_derivative": "Sigmoid.slope", "backward": "Sigmoid.backward"},
        ),
        dense.use(codes={"forward": "Affine.forward", "backward": "Affine.backward"}),
        layer_steps.use(codes={"backward": "layers"}),
        softmax_loss.use(codes={"softmax_loss": "SoftmaxWithLoss"}, without=["softmax_loss.logarithm-of-zero"]),
        output_error.use(codes={"backward": "SoftmaxWithLoss.backward"}),
        batch_norm.use(
            eps=1e-6, codes={"batch_norm": "BatchNormalization", "batch_norm_backward": "BatchNormalization.backward"}
        ),
    ),
    activation_layer("Relu", BOOK, "relu", points=(5, 7)),
    activation_layer("Sigmoid", BOOK, "sigmoid", points=(5, 7)),
    affine_layer("Affine", BOOK, points=(8, 16), made="parameters"),
    loss_layer(
        "SoftmaxWithLoss",
        BOOK,
        out="average_loss(log_probabilities(x), np.argmax(t, axis=1))",
        dx="output_delta(np.exp(log_probabilities(x)), t)",
        points=(8, 8),
        tolerance=_LOG_IS_GUARDED,
    ),
    batch_norm_layer("BatchNormalization", BOOK, points=(6, 10), made="parameters"),
)
