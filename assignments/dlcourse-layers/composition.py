"""Which function and class is what, as the course calls it."""

from operations import dense, l2_penalty, layer_steps, output_error, relu, softmax, softmax_loss, table
from operations.layers import Style, activation_layer, affine_layer

COURSE = Style(parameter="{}.value", gradient="{}.grad", next_batch="either")

USES = (
    *table(
        softmax.use(points=16),
        softmax_loss.use(
            names={"softmax_loss": "softmax_with_cross_entropy"}, without=["softmax_loss.logarithm-of-zero"]
        ),
        output_error.use(codes={"backward": "softmax_with_cross_entropy.gradient-"}),
        l2_penalty.use(
            halved=False,
            codes={"l2_penalty": "l2_regularization", "backward.penalty-": "l2_regularization.gradient-"},
            words={
                "lam": "reg_strength",
                "its_cost": "The penalty is $\\lambda \\sum W^2$.",
                "its_sum": "The penalty is $\\lambda \\sum W^2$.",
            },
        ),
        relu.use(codes={"relu": "ReLULayer", "backward": "ReLULayer.backward"}),
        dense.use(
            codes={"forward": "FullyConnectedLayer", "backward": "FullyConnectedLayer.backward"},
            words={"product": "X W"},
        ),
        layer_steps.use(without=["backward.gradients-add-up"]),
    ),
    activation_layer("ReLULayer", COURSE, "relu", points=(5, 8)),
    affine_layer(
        "FullyConnectedLayer",
        COURSE,
        points=(8, 16),
        names={"b": "B"},
        row=True,
        made="sizes",
        begins="self.W, self.B = Param(np.zeros((n_input, n_output))), Param(np.zeros((1, n_output)))",
    ),
)
