"""The forward pass."""

from grader.checks import depends_on_its_argument, expect, is_deterministic, leaves_arguments_alone
from operations.networks import batch, network
from operations.perceptron.layers import COUNT_THEM, NAMED_LAYERS, USUAL_KEYS, first_two_layers
from operations.perceptron.operation import laid_out, perceptron, turned


def given(rng, n, sizes, layout, weight, bias):
    """A network and inputs."""
    return laid_out(network(rng, sizes), layout, weight, bias), turned(batch(rng, n, sizes)[0], layout)


def expect_probabilities(student, solution, params, X, label="probs"):
    probs, _ = student.forward(params, X)
    expect(probs, label).close_to(solution.forward(params, X)[0])


@perceptron.check("forward", share=3, title="One layer: softmax of X·W1 + b1")
def forward_one_layer(student, solution, rng, *, layout, weight, bias):
    sizes = (6, 4)
    expect_probabilities(student, solution, *given(rng, 7, sizes, layout, weight, bias))


@perceptron.check("forward", share=4, title="Two layers")
def forward_two_layers(student, solution, rng, *, layout, weight, bias):
    sizes = (6, 5, 4)
    expect_probabilities(student, solution, *given(rng, 7, sizes, layout, weight, bias))


@perceptron.check("forward", share=3, title="Five layers")
def forward_deep(student, solution, rng, *, layout, weight, bias):
    sizes = (6, 7, 5, 8, 3, 4)
    expect_probabilities(student, solution, *given(rng, 9, sizes, layout, weight, bias))


@perceptron.check("forward", share=2, title="A single sample, and as many samples as features")
def forward_batch_sizes(student, solution, rng, *, layout, weight, bias):
    sizes = (6, 5, 4)
    for n in (1, 6):
        params, X = given(rng, n, sizes, layout, weight, bias)
        expect_probabilities(student, solution, params, X, f"probs of {n} samples")


@perceptron.check("forward", share=2, title="Depends on its arguments only, and leaves them alone")
def forward_is_a_function(student, rng, *, layout, weight, bias):
    sizes = (6, 5, 4)
    params, X = given(rng, 7, sizes, layout, weight, bias)
    leaves_arguments_alone(student.forward, params, X)
    is_deterministic(student.forward, params, X)
    depends_on_its_argument(student.forward, [(params, X), (params, X[::-1] + 1)])


@perceptron.mistake(
    "forward.result-transposed",
    step="forward",
    title="The probabilities come out transposed: samples are <crosses>",
    explain="In this task <lines> are samples, for inputs and for outputs: the result has the shape <shape>. Yours is "
    "<turned>, a convention of other courses.",
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
    only=USUAL_KEYS,
)
def forward_of_two_layers(right, params, X):
    return right(first_two_layers(params), X)
