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
    with_absent_classes,
)

# The penalties coefficient·reg·ΣW² that are accepted, the solution's first. Both are common; with one entry alone that
# one is demanded.
PENALTIES = {1.0: "reg·ΣW²", 0.5: "½·reg·ΣW²"}

# svm_loss_naive


@check("svm_loss_naive", points=12, title="The mean hinge loss, without a penalty")
def svm_loss_naive_loss(student, solution, rng):
    expect_losses(student.svm_loss_naive, solution.svm_loss_naive, [problem(rng, *size) for size in BATCHES])


@check("svm_loss_naive", points=12, title="Its gradient in W")
def svm_loss_naive_gradient(student, solution, rng):
    expect_gradients(student.svm_loss_naive, solution.svm_loss_naive, [problem(rng, *size) for size in BATCHES])


@check("svm_loss_naive", points=6, title="A single sample; classes that do not occur")
def svm_loss_naive_rare_batches(student, solution, rng):
    problems = [problem(rng, 1, 4, 3), with_absent_classes(rng)]
    expect_losses(student.svm_loss_naive, solution.svm_loss_naive, problems)
    expect_gradients(student.svm_loss_naive, solution.svm_loss_naive, problems)


@check("svm_loss_naive", points=6, title="The penalty in the loss")
def svm_loss_naive_penalty(student, rng):
    expect_penalties(student.svm_loss_naive, rng, PENALTIES)


@check("svm_loss_naive", points=6, title="The penalty in the gradient: the one that belongs to your loss")
def svm_loss_naive_penalty_gradient(student, rng):
    expect_penalty_gradients(student.svm_loss_naive, rng, PENALTIES)


@check("svm_loss_naive", points=2, title="The derivative of your own loss, by central differences")
def svm_loss_naive_own_gradient(student, rng):
    expect_own_gradient(student.svm_loss_naive, rng)


@check("svm_loss_naive", points=1, title="The arguments are left as they were")
def svm_loss_naive_arguments(student, rng):
    expect_arguments_alone(student.svm_loss_naive, *problem(rng, 4, 5, 3), 0.3)


# svm_loss_vectorized


@check("svm_loss_vectorized", points=14, title="The mean hinge loss, without a penalty")
def svm_loss_vectorized_loss(student, solution, rng):
    problems = [problem(rng, *size) for size in BATCHES]
    expect_losses(student.svm_loss_vectorized, solution.svm_loss_vectorized, problems)


@check("svm_loss_vectorized", points=15, title="Its gradient in W")
def svm_loss_vectorized_gradient(student, solution, rng):
    problems = [problem(rng, *size) for size in BATCHES]
    expect_gradients(student.svm_loss_vectorized, solution.svm_loss_vectorized, problems)


@check("svm_loss_vectorized", points=8, title="A single sample; classes that do not occur")
def svm_loss_vectorized_rare_batches(student, solution, rng):
    problems = [problem(rng, 1, 4, 3), with_absent_classes(rng)]
    expect_losses(student.svm_loss_vectorized, solution.svm_loss_vectorized, problems)
    expect_gradients(student.svm_loss_vectorized, solution.svm_loss_vectorized, problems)


@check("svm_loss_vectorized", points=7, title="The penalty in the loss")
def svm_loss_vectorized_penalty(student, rng):
    expect_penalties(student.svm_loss_vectorized, rng, PENALTIES)


@check("svm_loss_vectorized", points=7, title="The penalty in the gradient: the one that belongs to your loss")
def svm_loss_vectorized_penalty_gradient(student, rng):
    expect_penalty_gradients(student.svm_loss_vectorized, rng, PENALTIES)


@check("svm_loss_vectorized", points=3, title="The derivative of your own loss, by central differences")
def svm_loss_vectorized_own_gradient(student, rng):
    expect_own_gradient(student.svm_loss_vectorized, rng)


@check("svm_loss_vectorized", points=1, title="The arguments are left as they were")
def svm_loss_vectorized_arguments(student, rng):
    expect_arguments_alone(student.svm_loss_vectorized, *problem(rng, 4, 5, 3), 0.3)
