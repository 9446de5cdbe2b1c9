"""`forward`."""

from grader.checks import check, depends_on_its_argument, expect, is_deterministic, leaves_arguments_alone

from .networks import batch, network


def expect_probabilities(student, solution, params, X, label="probs"):
    probs, _ = student.forward(params, X)
    expect(probs, label).close_to(solution.forward(params, X)[0])


@check("forward", points=3, title="One layer: softmax of X·W1 + b1")
def forward_one_layer(student, solution, rng):
    sizes = (6, 4)
    expect_probabilities(student, solution, network(rng, sizes), batch(rng, 7, sizes)[0])


@check("forward", points=4, title="Two layers")
def forward_two_layers(student, solution, rng):
    sizes = (6, 5, 4)
    expect_probabilities(student, solution, network(rng, sizes), batch(rng, 7, sizes)[0])


@check("forward", points=3, title="Five layers")
def forward_deep(student, solution, rng):
    sizes = (6, 7, 5, 8, 3, 4)
    expect_probabilities(student, solution, network(rng, sizes), batch(rng, 9, sizes)[0])


@check("forward", points=2, title="A single sample, and as many samples as features")
def forward_batch_sizes(student, solution, rng):
    sizes = (6, 5, 4)
    for n in (1, 6):
        expect_probabilities(student, solution, network(rng, sizes), batch(rng, n, sizes)[0], f"probs of {n} samples")


@check("forward", points=2, title="Depends on its arguments only, and leaves them alone")
def forward_is_a_function(student, rng):
    sizes = (6, 5, 4)
    params, (X, _) = network(rng, sizes), batch(rng, 7, sizes)
    leaves_arguments_alone(student.forward, params, X)
    is_deterministic(student.forward, params, X)
    depends_on_its_argument(student.forward, [(params, X), (params, X[::-1] + 1)])
