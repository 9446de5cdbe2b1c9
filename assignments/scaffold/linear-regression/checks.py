"""What is verified. `student` and `solution` look alike; the student's functions run in a sandbox.

Sizes are pairwise different and no number is 0 or 1, so that different mistakes give different numbers.
"""

import numpy as np

from grader.checks import check, expect, is_deterministic, leaves_arguments_alone


def problem(rng, n=9, d=4):
    """Weights, intercept, inputs and targets."""
    return rng.normal(size=d), float(rng.normal()), rng.normal(size=(n, d)), rng.normal(size=n)


@check("predict", points=3, title="Predictions for nine samples")
def predict_values(student, solution, rng):
    w, b, X, _ = problem(rng)
    expect(student.predict(w, b, X), "the predictions").close_to(solution.predict(w, b, X))


@check("predict", points=2, title="A single sample, and as many samples as features")
def predict_sizes(student, solution, rng):
    for n in (1, 4):
        w, b, X, _ = problem(rng, n)
        expect(student.predict(w, b, X), f"the predictions for {n}").close_to(solution.predict(w, b, X))


@check("mse", points=5, title="Averaged over the samples")
def mse_values(student, solution, rng):
    for n in (9, 5, 1):
        predicted, y = rng.normal(size=(2, n))
        expect(student.mse(predicted, y), f"the error of {n} samples").close_to(solution.mse(predicted, y))


@check("gradients", points=5, title="Derivatives by weights and intercept")
def gradients_values(student, solution, rng):
    for n in (9, 6):
        arguments = problem(rng, n)
        dw, db = student.gradients(*arguments)
        right_dw, right_db = solution.gradients(*arguments)
        expect(dw, "dw").close_to(right_dw)
        expect(db, "db").close_to(right_db)


@check("gradients", points=3, title="The derivative of your own error, by central differences")
def gradients_of_own_error(student, rng):
    w, b, X, y = problem(rng)

    def errors(points):
        predictions = student.predict.map([(point["w"], float(point["b"]), X) for point in points])
        return student.mse.map([(predicted, y) for predicted in predictions])

    dw, db = student.gradients(w, b, X, y)
    expect({"w": dw, "b": db}, "gradients").gradient_of(errors, at={"w": w, "b": np.array(b)}, rng=rng)


@check("gradients", points=2, title="Called twice it gives the same, and it changes none of its arguments")
def gradients_is_a_function(student, rng):
    arguments = problem(rng)
    is_deterministic(student.gradients, *arguments)
    leaves_arguments_alone(student.gradients, *arguments)
