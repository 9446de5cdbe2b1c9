"""Which class is what. With one sample at a time, what goes wrong with batches cannot show."""

from operations import dense, gradient_descent, layer_steps, sigmoid, softmax, squared_error, table, tanh
from operations.layers import Style, activation_layer, affine_layer

STYLE = Style(rate=True)

USES = (
    *table(
        dense.use(
            codes={"forward": "Dense.forward", "backward": "Dense.backward"},
            layout="columns",
            keepdims=True,
            mean="none",
            only=[
                "forward.bias-*",
                "forward.weights-transposed",
                "forward.factors-exchanged",
                "backward.weights-not-transposed",
                "backward.weight-gradient-transposed",
                "backward.input-missing-in-weight-gradient",
                "backward.bias-gradient-zero",
                "backward.bias-gradient-one-number",
            ],
        ),
        gradient_descent.use(codes={"update": "Dense.step"}),
        layer_steps.use(codes={"backward": "Dense.backward"}),
        sigmoid.use(codes={"sigmoid": "Sigmoid", "backward": "Sigmoid.backward"}, without=["sigmoid.overflow"]),
        tanh.use(codes={"tanh": "Tanh", "backward": "Tanh.backward"}),
        softmax.use(codes={"softmax": "Softmax"}, axis=0, only=["softmax.not-normalised"]),
        squared_error.use(codes={"cost": "mse", "backward": "mse_prime"}),
    ),
    affine_layer(
        "Dense",
        STYLE,
        points=(13, 30),
        names={"W": "weights", "b": "bias"},
        columns=True,
        alone=True,
        made="sizes",
        begins="self.weights = np.random.randn(output_size, input_size)\nself.bias = np.random.randn(output_size, 1)",
        rows_too=True,
    ),
    activation_layer("Tanh", STYLE, "tanh", points=(4, 8), columns=True),
    activation_layer("Sigmoid", STYLE, "sigmoid", points=(4, 8), columns=True),
    activation_layer("Softmax", STYLE, "softmax", points=(5, 10), columns=True),
)
