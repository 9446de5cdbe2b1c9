"""Which activation the layers of a network have, and which they should have."""

import numpy as np

from grader.assignments import Operation, Place
from operations.conventions import LAYOUT_OR_SAMPLE
from operations.lessons import activations as lessons
from operations.texts import layout_words
from reference import layer_activations as formula
from reference.leaky_relu import leaky_relu
from reference.sigmoid import sigmoid
from reference.softmax import softmax

NAMES = {"relu": "ReLU", "sigmoid": "the sigmoid", "leaky_relu": "leaky ReLU", "softmax": "softmax", "tanh": "tanh"}


def words(*, layout, hidden, output):
    columns = layout == "columns"
    return {
        **layout_words(layout),
        "product": "W x" if columns else "x W",
        "of_samples": "." if layout == "sample" else "; <lines> of $x$ are samples.",
        "hidden": NAMES.get(str(hidden), str(hidden)),
        "output": NAMES.get(str(output), str(output)),
    }


layer_activations = Operation(formula, words=words, conventions={"layout": "rows"}, values={"layout": LAYOUT_OR_SAMPLE})

_LAYER = "A layer computes $a = f(z)$ with $z = <product> + b$<of_samples>"


@layer_activations.mistake(
    "forward.no-hidden-activation",
    step="hidden_activation",
    title="The hidden layers have no activation function",
    explain=f"{_LAYER} Without $f$, a hidden layer hands on z itself, and a chain of such layers is one linear "
    "map: more layers gain nothing.",
    hints=("Are there negative numbers in the output of a hidden layer?", "What happens to z before the next layer?"),
)
def no_hidden_activation(z):
    return z


@layer_activations.mistake(
    "forward.sigmoid-in-hidden-layers",
    step="hidden_activation",
    title="The hidden layers use the sigmoid where the task asks for <hidden>",
    explain=f"{_LAYER} Here $f$ is <hidden>, and so is its derivative in `backward`. Yours is the sigmoid.",
    hints=("Which activation does the task name for hidden layers?", "Look at what is called between two layers."),
    only={"hidden": ("relu", "leaky_relu", "tanh")},
)
def sigmoid_in_hidden_layers(z):
    return sigmoid(z)


@layer_activations.mistake(
    "forward.tanh-in-hidden-layers",
    step="hidden_activation",
    title="The hidden layers use tanh where the task asks for <hidden>",
    explain=f"{_LAYER} Here $f$ is <hidden>, and so is its derivative in `backward`. Yours is tanh.",
    hints=("Which activation does the task name for hidden layers?", "Look at what is called between two layers."),
    place=Place(calls="tanh"),
    only={"hidden": ("relu", "leaky_relu", "sigmoid", "elu")},
)
def tanh_in_hidden_layers(z):
    return np.tanh(z)


@layer_activations.mistake(
    "forward.relu-in-hidden-layers",
    step="hidden_activation",
    title="The hidden layers use ReLU where the task asks for <hidden>",
    explain=f"{_LAYER} Here $f$ is <hidden>, and so is its derivative in `backward`. Yours is ReLU.",
    hints=("Which activation does the task name for hidden layers?", "Look at what is called between two layers."),
    place=Place(calls="maximum|relu"),
    only={"hidden": "tanh"},
)
def relu_in_hidden_layers(z):
    return np.maximum(z, 0)


@layer_activations.mistake(
    "forward.softmax-in-hidden-layers",
    step="hidden_activation",
    title="The hidden layers use the softmax where the task asks for <hidden>",
    explain=f"{_LAYER} The softmax belongs at the output alone; in a hidden layer it makes the units compete.",
    hints=("Which activation does the task name for hidden layers?", "Is the last layer told apart from the others?"),
    only={"hidden": "relu", "layout": ("rows", "columns")},
)
def softmax_in_hidden_layers(z, *, layout):
    return softmax(z, axis=0 if layout == "columns" else 1)


@layer_activations.mistake(
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


@layer_activations.mistake(
    "forward.no-softmax",
    step="output_activation",
    title="The logits are returned: the softmax at the output is missing",
    explain="The task asks for probabilities. Your values are those of the last layer before the softmax.",
    hints=("What do the rows of your result sum to?", "What is left to do after the last layer?"),
    only={"output": "softmax"},
)
def no_softmax(z):
    return z


@layer_activations.mistake(
    "forward.relu-at-the-output",
    step="output_activation",
    title="The output layer uses ReLU instead of the softmax",
    explain="The task asks for probabilities. Your last layer is treated as a hidden one.",
    hints=("What do the rows of your result sum to?", "Where is the last layer told apart from the others?"),
    only={"output": "softmax"},
)
def relu_at_the_output(z):
    return np.maximum(z, 0)


@layer_activations.mistake(
    "forward.sigmoid-at-the-output",
    step="output_activation",
    title="The output layer uses the sigmoid instead of the softmax",
    explain="With a sigmoid each class gets a number between 0 and 1 by itself, and they do not sum to 1. "
    "Cross-entropy over one-hot labels goes with the softmax.",
    hints=("What do the rows of your result sum to?", "Look at what is called after the last layer."),
    only={"output": "softmax"},
)
def sigmoid_at_the_output(z):
    return sigmoid(z)


@layer_activations.mistake(
    "forward.output-not-squashed",
    step="output_activation",
    title="The output layer has no activation",
    explain="The outputs are sigmoids, between 0 and 1; yours are the pre-activations z.",
    hints=("Which values can your outputs have?", "What happens to z in the last layer?"),
    only={"output": "sigmoid"},
)
def output_not_squashed(z):
    return z


@layer_activations.mistake(
    "forward.output-squashed-twice",
    step="output_activation",
    title="The sigmoid is applied twice in the output layer",
    explain="The sigmoid of a number between 0 and 1 lies between 0.5 and 0.731, and the cost cannot fall far.",
    hints=("What is the smallest output that is possible?", "Is the sigmoid applied inside a loop and after it?"),
    only={"output": "sigmoid"},
)
def output_squashed_twice(right, z):
    return right(right(z))


@layer_activations.mistake(
    "forward.hidden-activation-at-the-output",
    step="output_activation",
    title="The output layer has <hidden> instead of the sigmoid",
    explain="Outputs outside 0 … 1 make the logarithms of the cost NaN. Your last layer is treated as a hidden one.",
    hints=("Which values may the outputs have?", "Up to which layer does your loop go?"),
    only={"output": "sigmoid", "hidden": "leaky_relu"},
)
def hidden_activation_at_the_output(z):
    return leaky_relu(z)


@layer_activations.mistake(
    "forward.tanh-at-the-output",
    step="output_activation",
    title="The output layer has tanh instead of the sigmoid",
    explain="Outputs below 0 are no probabilities, and the logarithms of the cost are NaN. Your last layer is "
    "treated as a hidden one.",
    hints=("Which values may the outputs have?", "Which activation does the last layer have?"),
    only={"output": "sigmoid", "hidden": "tanh"},
)
def tanh_at_the_output(z):
    return np.tanh(z)


@layer_activations.mistake(
    "forward.softmax-output",
    step="output_activation",
    title="The output layer has softmax instead of the sigmoid",
    explain="In this task each output is a sigmoid of its own. Softmax makes the outputs of a sample sum to 1, and "
    "belongs to another cost.",
    hints=("Do the outputs of a sample have to sum to 1?", "Which activation does the last layer have?"),
    only={"output": "sigmoid"},
)
def softmax_output(z, *, layout):
    return softmax(z, axis=0 if layout == "columns" else 1)


layer_activations.teach(
    {
        "forward.no-hidden-activation": lessons.NO_HIDDEN_ACTIVATION,
        "forward.output-squashed-twice": lessons.SIGMOID_TWICE,
    }
)
