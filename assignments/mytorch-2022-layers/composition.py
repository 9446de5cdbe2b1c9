"""Which class is what, as the course called it in 2022."""

from operations import (
    batch_norm,
    dense,
    layer_steps,
    output_error,
    relu,
    running_averages,
    sigmoid,
    softmax_loss,
    squared_error,
    table,
    tanh,
)
from operations.layers import Style, activation_layer, affine_layer, batch_norm_layer, loss_layer

COURSE = Style(gradient="dLd{}")

USES = (
    *table(
        dense.use(
            codes={"forward": "Linear.forward", "backward": "Linear.backward"},
            words={"product": "A W^T", "w_shape": "(n_out, n_in)", "chain": "Going back, dLdA is $dLdZ \\, W$."},
        ),
        sigmoid.use(codes={"sigmoid": "Sigmoid"}, without=["sigmoid.overflow"]),
        tanh.use(codes={"tanh": "Tanh"}),
        relu.use(codes={"relu": "ReLU"}, without=["relu_derivative.one-at-zero"]),
        layer_steps.use(codes={"backward": "layers"}),
        softmax_loss.use(codes={"softmax_loss": "CrossEntropyLoss"}, guarded=False),
        output_error.use(codes={"backward": "CrossEntropyLoss.backward"}),
        batch_norm.use(codes={"batch_norm": "BatchNorm1d", "batch_norm_backward": "BatchNorm1d.backward"}, eps=1e-8),
        mean="gradients",
    ),
    squared_error.use(
        codes={"cost": "MSELoss.forward", "backward": "MSELoss.backward"}, half=True, without=["cost.half-missing"]
    ),
    running_averages.use(codes={"batch_norm": "BatchNorm1d"}),
    affine_layer("Linear", COURSE, points=(10, 18), transposed=True, column=True, made="sizes"),
    activation_layer("Sigmoid", COURSE, "sigmoid", points=(3, 6), slope_alone=True),
    activation_layer("Tanh", COURSE, "tanh", points=(3, 6), slope_alone=True),
    activation_layer("ReLU", COURSE, "relu", points=(4, 7), slope_alone=True),
    loss_layer(
        "CrossEntropyLoss",
        COURSE,
        out="average_loss(log_probabilities(x), np.argmax(t, axis=1))",
        dx="output_delta(np.exp(log_probabilities(x)), t)",
        is_extreme=False,
        points=(6, 8),
    ),
    batch_norm_layer(
        "BatchNorm1d", COURSE, points=(5, 10), names={"gamma": "BW", "beta": "Bb"}, row=True, made="sizes"
    ),
)
