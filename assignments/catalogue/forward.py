"""Mistakes in a forward pass.

Steps: `affine(a, W, b)`, `hidden_activation(z)`, `output_activation(z)`, and `forward(params, X)` itself, which
returns the probabilities and a cache.
"""

import numpy as np

from grader.assignments import Place, mistake

_LAYER = "A layer computes $a = f(z)$ with $z = x W + b$; rows of $x$ are samples."


@mistake(
    "forward.bias-missing",
    step="affine",
    title="The biases are not added",
    explain=f"{_LAYER} Yours leaves b out. As long as all biases are 0, as at the start of a training, nothing shows.",
    hints=("Does the result change when a bias does?", "Look at the line that computes z."),
    place=Place(assigns="[zZ].*|a.*|A.*|h.*|out.*|scores|logits", calls="dot|matmul"),
)
def bias_missing(a, W, b):
    return a @ W


@mistake(
    "forward.bias-subtracted",
    step="affine",
    title="The biases are subtracted instead of added",
    explain=f"{_LAYER} Yours has −b.",
    hints=("What does a larger bias do to the output?", "Look at the signs in the line that computes z."),
)
def bias_subtracted(a, W, b):
    return a @ W - b


@mistake(
    "forward.bias-summed",
    step="affine",
    title="The sum of all biases is added to every unit",
    explain=f"{_LAYER} Each unit has its own bias, and broadcasting adds the vector b to every row; no sum is needed.",
    hints=("How many different numbers does b add to one row?", "Look for a `sum` around the bias."),
    place=Place(calls="sum"),
)
def bias_summed(a, W, b):
    return a @ W + b.sum()


@mistake(
    "forward.bias-once-per-sample",
    step="affine",
    title="The biases are added n times, once for each sample of the batch",
    explain=f"{_LAYER} Broadcasting adds b to every row at once. In a loop over samples it is added to the whole "
    "matrix "
    "in each turn.",
    hints=("Does the result for a sample depend on how many others there are?", "Is b added inside a loop?"),
)
def bias_once_per_sample(a, W, b):
    return a @ W + len(a) * b


@mistake(
    "forward.weights-transposed",
    step="affine",
    title="The weights are transposed in the forward pass",
    explain=f"{_LAYER} W has the shape (n_in, n_out), so it is $x W$, without a transpose.",
    hints=("Write the shapes of the two factors beside each other: which dimensions meet?", "Look for a `.T`."),
)
def weights_transposed(a, W, b):
    return a @ W.T + b


@mistake(
    "forward.elementwise-product",
    step="affine",
    title="`*` multiplies entry by entry; a layer needs the matrix product `@`",
    explain=f"{_LAYER} Between arrays `*` is not the matrix product.",
    hints=("Which product joins every input with every unit?", "`*` or `@`?"),
)
def elementwise_product(a, W, b):
    return a * W + b


@mistake(
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


@mistake(
    "forward.sigmoid-in-hidden-layers",
    step="hidden_activation",
    title="The hidden layers use the sigmoid where the task asks for ReLU",
    explain=f"{_LAYER} Here $f$ is ReLU, and so is its derivative in `backward`. Yours is the sigmoid.",
    hints=("Which activation does the task name for hidden layers?", "Look at what is called between two layers."),
)
def sigmoid_in_hidden_layers(z):
    return 1 / (1 + np.exp(-z))


@mistake(
    "forward.tanh-in-hidden-layers",
    step="hidden_activation",
    title="The hidden layers use tanh where the task asks for ReLU",
    explain=f"{_LAYER} Here $f$ is ReLU, and so is its derivative in `backward`. Yours is tanh.",
    hints=("Which activation does the task name for hidden layers?", "Look at what is called between two layers."),
    place=Place(calls="tanh"),
)
def tanh_in_hidden_layers(z):
    return np.tanh(z)


@mistake(
    "forward.softmax-in-hidden-layers",
    step="hidden_activation",
    title="The hidden layers use the softmax where the task asks for ReLU",
    explain=f"{_LAYER} The softmax belongs at the output alone; in a hidden layer it makes the units compete.",
    hints=("Which activation does the task name for hidden layers?", "Is the last layer told apart from the others?"),
)
def softmax_in_hidden_layers(z):
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


@mistake(
    "forward.relu-before-softmax",
    step="output_activation",
    title="ReLU is applied to the logits before the softmax",
    explain="The softmax wants the logits of the last layer as they are. ReLU sets the negative ones to 0, so that "
    "classes cannot be told apart below 0, and no gradient flows back through them.",
    hints=(
        "Is there a class whose logit is negative? What becomes of it?",
        "Is the last layer treated as a hidden one?",
    ),
)
def relu_before_softmax(z):
    z = np.maximum(z, 0)
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


@mistake(
    "forward.no-softmax",
    step="output_activation",
    title="The logits are returned: the softmax at the output is missing",
    explain="The task asks for probabilities. Your values are those of the last layer before the softmax.",
    hints=("What do the rows of your result sum to?", "What is left to do after the last layer?"),
)
def no_softmax(z):
    return z


@mistake(
    "forward.relu-at-the-output",
    step="output_activation",
    title="The output layer uses ReLU instead of the softmax",
    explain="The task asks for probabilities. Your last layer is treated as a hidden one.",
    hints=("What do the rows of your result sum to?", "Where is the last layer told apart from the others?"),
)
def relu_at_the_output(z):
    return np.maximum(z, 0)


@mistake(
    "forward.sigmoid-at-the-output",
    step="output_activation",
    title="The output layer uses the sigmoid instead of the softmax",
    explain="With a sigmoid each class gets a number between 0 and 1 by itself, and they do not sum to 1. "
    "Cross-entropy "
    "over one-hot labels goes with the softmax.",
    hints=("What do the rows of your result sum to?", "Look at what is called after the last layer."),
)
def sigmoid_at_the_output(z):
    return 1 / (1 + np.exp(-z))


@mistake(
    "forward.result-transposed",
    step="forward",
    title="The probabilities come out transposed: samples are columns",
    explain="In this task rows are samples, for inputs and for outputs: the result has the shape (n, k). Yours is "
    "(k, n), a convention of other courses.",
    hints=("Which shape does your result have for 7 samples and 4 classes?", "Look for a `.T` in the return."),
)
def result_transposed(right, params, X):
    probs, cache = right(params, X)
    return probs.T, cache


@mistake(
    "forward.inputs-scaled",
    step="forward",
    title="The inputs are divided by 255 inside `forward`",
    explain="Scaling pixels belongs before the network, once. Inside `forward` it is done to whatever comes in: images "
    "that are in [0, 1] already become almost black, and other inputs are changed as well.",
    hints=("What does `forward` do to X before the first layer?", "Look for 255."),
)
def inputs_scaled(right, params, X):
    return right(params, X / 255)
