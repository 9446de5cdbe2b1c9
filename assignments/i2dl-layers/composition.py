"""Which function and class is what, as the course calls it."""

from operations import dense, layer_pairs, leaky_relu, relu, sigmoid, table, tanh
from operations.layers import Style, activation_layer

COURSE = Style(state="returned")

USES = (
    *table(
        layer_pairs.use(points={"affine_forward": 18, "affine_backward": 34}),
        dense.use(
            within="alone",
            codes={"forward": "affine_forward", "backward": "affine_backward"},
            words={"delta": "dout"},
            without=["backward.bias-gradient-of-last-sample-not-averaged"],
        ),
        sigmoid.use(codes={"sigmoid": "Sigmoid", "backward": "Sigmoid.backward"}, without=["sigmoid.overflow"]),
        relu.use(codes={"relu": "Relu", "backward": "Relu.backward"}),
        leaky_relu.use(codes={"leaky_relu": "LeakyRelu", "backward": "LeakyRelu.backward"}),
        tanh.use(codes={"tanh": "Tanh", "backward": "Tanh.backward"}),
    ),
    activation_layer("Sigmoid", COURSE, "sigmoid", points=(4, 8)),
    activation_layer("Relu", COURSE, "relu", points=(4, 8)),
    activation_layer("LeakyRelu", COURSE, "leaky_relu", points=(4, 8)),
    activation_layer("Tanh", COURSE, "tanh", points=(4, 8)),
)
