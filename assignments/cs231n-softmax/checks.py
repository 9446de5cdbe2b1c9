"""What is verified, function by function."""

from grader.checks import check
from operations.linear_losses import (
    BATCHES,
    expect_arguments_alone,
    expect_gradients,
    expect_losses,
    expect_own_gradient,
    expect_penalties,
    expect_penalty_gradients,
    problem,
    tell_of_extreme_scores,
    with_absent_classes,
)

# The penalties coefficient·reg·ΣW² that are accepted, the solution's first. Both are common; with one entry alone that
# one is demanded.
PENALTIES = {1.0: "reg·ΣW²", 0.5: "½·reg·ΣW²"}

# softmax_loss_naive


@check("softmax_loss_naive", points=12, title="The mean cross-entropy, without a penalty")
def softmax_loss_naive_loss(student, solution, rng):
    expect_losses(student.softmax_loss_naive, solution.softmax_loss_naive, [problem(rng, *size) for size in BATCHES])


@check("softmax_loss_naive", points=12, title="Its gradient in W")
def softmax_loss_naive_gradient(student, solution, rng):
    expect_gradients(student.softmax_loss_naive, solution.softmax_loss_naive, [problem(rng, *size) for size in BATCHES])


@check("softmax_loss_naive", points=6, title="A single sample; classes that do not occur")
def softmax_loss_naive_rare_batches(student, solution, rng):
    problems = [problem(rng, 1, 4, 3), with_absent_classes(rng)]
    expect_losses(student.softmax_loss_naive, solution.softmax_loss_naive, problems)
    expect_gradients(student.softmax_loss_naive, solution.softmax_loss_naive, problems)


@check("softmax_loss_naive", points=6, title="The penalty in the loss")
def softmax_loss_naive_penalty(student, rng):
    expect_penalties(student.softmax_loss_naive, rng, PENALTIES)


@check("softmax_loss_naive", points=6, title="The penalty in the gradient: the one that belongs to your loss")
def softmax_loss_naive_penalty_gradient(student, rng):
    expect_penalty_gradients(student.softmax_loss_naive, rng, PENALTIES)


@check("softmax_loss_naive", points=2, title="The derivative of your own loss, by central differences")
def softmax_loss_naive_own_gradient(student, rng):
    expect_own_gradient(student.softmax_loss_naive, rng)


@check("softmax_loss_naive", points=1, title="The arguments are left as they were")
def softmax_loss_naive_arguments(student, rng):
    expect_arguments_alone(student.softmax_loss_naive, *problem(rng, 4, 5, 3), 0.3)


@check("softmax_loss_naive", points=0, title="Scores of ±1000: what overflows is told, and costs nothing")
def softmax_loss_naive_extremes(student, solution):
    tell_of_extreme_scores(student.softmax_loss_naive, solution.softmax_loss_naive)


# softmax_loss_vectorized


@check("softmax_loss_vectorized", points=14, title="The mean cross-entropy, without a penalty")
def softmax_loss_vectorized_loss(student, solution, rng):
    problems = [problem(rng, *size) for size in BATCHES]
    expect_losses(student.softmax_loss_vectorized, solution.softmax_loss_vectorized, problems)


@check("softmax_loss_vectorized", points=15, title="Its gradient in W")
def softmax_loss_vectorized_gradient(student, solution, rng):
    problems = [problem(rng, *size) for size in BATCHES]
    expect_gradients(student.softmax_loss_vectorized, solution.softmax_loss_vectorized, problems)


@check("softmax_loss_vectorized", points=8, title="A single sample; classes that do not occur")
def softmax_loss_vectorized_rare_batches(student, solution, rng):
    problems = [problem(rng, 1, 4, 3), with_absent_classes(rng)]
    expect_losses(student.softmax_loss_vectorized, solution.softmax_loss_vectorized, problems)
    expect_gradients(student.softmax_loss_vectorized, solution.softmax_loss_vectorized, problems)


@check("softmax_loss_vectorized", points=7, title="The penalty in the loss")
def softmax_loss_vectorized_penalty(student, rng):
    expect_penalties(student.softmax_loss_vectorized, rng, PENALTIES)


@check("softmax_loss_vectorized", points=7, title="The penalty in the gradient: the one that belongs to your loss")
def softmax_loss_vectorized_penalty_gradient(student, rng):
    expect_penalty_gradients(student.softmax_loss_vectorized, rng, PENALTIES)


@check("softmax_loss_vectorized", points=3, title="The derivative of your own loss, by central differences")
def softmax_loss_vectorized_own_gradient(student, rng):
    expect_own_gradient(student.softmax_loss_vectorized, rng)


@check("softmax_loss_vectorized", points=1, title="The arguments are left as they were")
def softmax_loss_vectorized_arguments(student, rng):
    expect_arguments_alone(student.softmax_loss_vectorized, *problem(rng, 4, 5, 3), 0.3)


@check("softmax_loss_vectorized", points=0, title="Scores of ±1000: what overflows is told, and costs nothing")
def softmax_loss_vectorized_extremes(student, solution):
    tell_of_extreme_scores(student.softmax_loss_vectorized, solution.softmax_loss_vectorized)
