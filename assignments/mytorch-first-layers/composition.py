"""Which class is what, as the course called it."""

from operations import batch_norm, dense, layer_steps, output_error, relu, sigmoid, softmax_loss, table, tanh
from operations.layers import Style, activation_layer, affine_layer, batch_norm_layer, loss_layer

COURSE = Style()
SLOPES = Style(backward="derivative")

USES = (
    *table(
        dense.use(
            codes={"forward": "Linear.forward", "backward": "Linear.backward"},
            words={"w_shape": "(n_in, n_out)", "delta": "delta"},
        ),
        sigmoid.use(codes={"sigmoid": "Sigmoid"}, without=["sigmoid.overflow"]),
        tanh.use(codes={"tanh": "Tanh"}),
        relu.use(codes={"relu": "ReLU"}, without=["relu_derivative.one-at-zero"]),
        layer_steps.use(codes={"backward": "layers"}),
        softmax_loss.use(codes={"softmax_loss": "SoftmaxCrossEntropy"}, guarded=False),
        output_error.use(codes={"backward": "SoftmaxCrossEntropy.derivative"}),
        batch_norm.use(codes={"batch_norm": "BatchNorm", "batch_norm_backward": "BatchNorm.backward"}, eps=1e-8),
        mean="gradients",
    ),
    affine_layer(
        "Linear",
        COURSE,
        points=(10, 24),
        row=True,
        made="both",
        begins="self.W, self.b = (fn() if callable(fn) else fn for fn in (weight_init_fn, bias_init_fn))",
    ),
    activation_layer("Sigmoid", SLOPES, "sigmoid", points=(4, 6), slope_alone=True),
    activation_layer("Tanh", SLOPES, "tanh", points=(4, 6), slope_alone=True),
    activation_layer("ReLU", SLOPES, "relu", points=(4, 6), slope_alone=True),
    loss_layer(
        "SoftmaxCrossEntropy",
        SLOPES,
        out="sample_losses(log_probabilities(x), t)",
        dx="output_delta(np.exp(log_probabilities(x)), t)",
        is_extreme=False,
        points=(10, 8),
    ),
    batch_norm_layer(
        "BatchNorm",
        COURSE,
        points=(6, 12),
        row=True,
        made="sizes",
        begins="self.gamma, self.beta = np.ones((1, in_feature)), np.zeros((1, in_feature))",
    ),
)
