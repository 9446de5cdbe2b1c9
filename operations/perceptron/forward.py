"""The forward pass."""

import numpy as np

from grader.assignments import Place
from grader.checks import depends_on_its_argument, expect, is_deterministic, leaves_arguments_alone
from operations.networks import batch, network
from operations.perceptron.layers import COUNT_THEM, NAMED_LAYERS, first_two_layers
from operations.perceptron.operation import perceptron
from reference.softmax import softmax

_LAYER = "A layer computes $a = f(z)$ with $z = <product> + b$; <lines> of $x$ are samples."


def expect_probabilities(student, solution, params, X, label="probs"):
    probs, _ = student.forward(params, X)
    expect(probs, label).close_to(solution.forward(params, X)[0])


@perceptron.check("forward", share=3, title="One layer: softmax of X·W1 + b1")
def forward_one_layer(student, solution, rng):
    sizes = (6, 4)
    expect_probabilities(student, solution, network(rng, sizes), batch(rng, 7, sizes)[0])


@perceptron.check("forward", share=4, title="Two layers")
def forward_two_layers(student, solution, rng):
    sizes = (6, 5, 4)
    expect_probabilities(student, solution, network(rng, sizes), batch(rng, 7, sizes)[0])


@perceptron.check("forward", share=3, title="Five layers")
def forward_deep(student, solution, rng):
    sizes = (6, 7, 5, 8, 3, 4)
    expect_probabilities(student, solution, network(rng, sizes), batch(rng, 9, sizes)[0])


@perceptron.check("forward", share=2, title="A single sample, and as many samples as features")
def forward_batch_sizes(student, solution, rng):
    sizes = (6, 5, 4)
    for n in (1, 6):
        expect_probabilities(student, solution, network(rng, sizes), batch(rng, n, sizes)[0], f"probs of {n} samples")


@perceptron.check("forward", share=2, title="Depends on its arguments only, and leaves them alone")
def forward_is_a_function(student, rng):
    sizes = (6, 5, 4)
    params, (X, _) = network(rng, sizes), batch(rng, 7, sizes)
    leaves_arguments_alone(student.forward, params, X)
    is_deterministic(student.forward, params, X)
    depends_on_its_argument(student.forward, [(params, X), (params, X[::-1] + 1)])


@perceptron.mistake(
    "forward.no-hidden-activation",
    step="hidden_activation",
    title="The hidden layers have no activation function",
    explain=f"{_LAYER} Without $f$, a hidden layer hands on z itself, and a chain of such layers is one linear map: "
    "more "
    "layers gain nothing.",
    hints=("Are there negative numbers in the output of a hidden layer?", "What happens to z before the next layer?"),
)
def no_hidden_activation(z):
    return z


@perceptron.mistake(
    "forward.sigmoid-in-hidden-layers",
    step="hidden_activation",
    title="The hidden layers use the sigmoid where the task asks for ReLU",
    explain=f"{_LAYER} Here $f$ is ReLU, and so is its derivative in `backward`. Yours is the sigmoid.",
    hints=("Which activation does the task name for hidden layers?", "Look at what is called between two layers."),
    only={"hidden": "relu"},
)
def sigmoid_in_hidden_layers(z):
    return 1 / (1 + np.exp(-z))


@perceptron.mistake(
    "forward.tanh-in-hidden-layers",
    step="hidden_activation",
    title="The hidden layers use tanh where the task asks for ReLU",
    explain=f"{_LAYER} Here $f$ is ReLU, and so is its derivative in `backward`. Yours is tanh.",
    hints=("Which activation does the task name for hidden layers?", "Look at what is called between two layers."),
    place=Place(calls="tanh"),
    only={"hidden": "relu"},
)
def tanh_in_hidden_layers(z):
    return np.tanh(z)


@perceptron.mistake(
    "forward.softmax-in-hidden-layers",
    step="hidden_activation",
    title="The hidden layers use the softmax where the task asks for ReLU",
    explain=f"{_LAYER} The softmax belongs at the output alone; in a hidden layer it makes the units compete.",
    hints=("Which activation does the task name for hidden layers?", "Is the last layer told apart from the others?"),
    only={"hidden": "relu"},
)
def softmax_in_hidden_layers(z, *, layout):
    return softmax(z, axis=0 if layout == "columns" else 1)


@perceptron.mistake(
    "forward.relu-before-softmax",
    step="output_activation",
    title="ReLU is applied to the logits before the softmax",
    explain="The softmax wants the logits of the last layer as they are. ReLU sets the negative ones to 0, so that "
    "classes cannot be told apart below 0, and no gradient flows back through them.",
    hints=(
        "Is there a class whose logit is negative? What becomes of it?",
        "Is the last layer treated as a hidden one?",
    ),
    only={"output": "softmax"},
)
def relu_before_softmax(right, z):
    return right(np.maximum(z, 0))


@perceptron.mistake(
    "forward.no-softmax",
    step="output_activation",
    title="The logits are returned: the softmax at the output is missing",
    explain="The task asks for probabilities. Your values are those of the last layer before the softmax.",
    hints=("What do the rows of your result sum to?", "What is left to do after the last layer?"),
    only={"output": "softmax"},
)
def no_softmax(z):
    return z


@perceptron.mistake(
    "forward.relu-at-the-output",
    step="output_activation",
    title="The output layer uses ReLU instead of the softmax",
    explain="The task asks for probabilities. Your last layer is treated as a hidden one.",
    hints=("What do the rows of your result sum to?", "Where is the last layer told apart from the others?"),
    only={"output": "softmax"},
)
def relu_at_the_output(z):
    return np.maximum(z, 0)


@perceptron.mistake(
    "forward.sigmoid-at-the-output",
    step="output_activation",
    title="The output layer uses the sigmoid instead of the softmax",
    explain="With a sigmoid each class gets a number between 0 and 1 by itself, and they do not sum to 1. "
    "Cross-entropy "
    "over one-hot labels goes with the softmax.",
    hints=("What do the rows of your result sum to?", "Look at what is called after the last layer."),
    only={"output": "softmax"},
)
def sigmoid_at_the_output(z):
    return 1 / (1 + np.exp(-z))


@perceptron.mistake(
    "forward.result-transposed",
    step="forward",
    title="The probabilities come out transposed: samples are <crosses>",
    explain="In this task <lines> are samples, for inputs and for outputs: the result has the shape (n, k). Yours is "
    "(k, n), a convention of other courses.",
    hints=("Which shape does your result have for 7 samples and 4 classes?", "Look for a `.T` in the return."),
)
def result_transposed(right, params, X):
    probs, cache = right(params, X)
    return probs.T, cache


@perceptron.mistake(
    "forward.inputs-scaled",
    step="forward",
    title="The inputs are divided by 255 inside `forward`",
    explain="Scaling pixels belongs before the network, once. Inside `forward` it is done to whatever comes in: images "
    "that are in [0, 1] already become almost black, and other inputs are changed as well.",
    hints=("What does `forward` do to X before the first layer?", "Look for 255."),
)
def inputs_scaled(right, params, X):
    return right(params, X / 255)


@perceptron.mistake(
    "forward.two-layers-only",
    step="forward",
    title="The network is written for two layers: W1 and W2 are named in the code",
    explain=NAMED_LAYERS,
    hints=COUNT_THEM,
)
def forward_of_two_layers(right, params, X):
    return right(first_two_layers(params), X)
