"""What is verified. Sizes differ, biases are not 0; λ comes by position, since it has several names.

Parameters may be unrolled column by column as well, as the course's first language does it, and labels begin with 1:
that earns a remark.
"""

from dataclasses import dataclass, replace

import numpy as np

from grader.checks import check, expect, fail, follows_convention, remark
from grader.checks.compare import as_array

SIZES = ((4, 3, 5, 7), (3, 6, 4, 5))  # inputs, hidden units, classes, samples


def thetas(rng, size):
    d, h, k, _ = size
    return rng.normal(size=(h, 1 + d)), rng.normal(size=(k, 1 + h))


def batch(rng, size):
    return rng.normal(size=(size[3], size[0])), rng.integers(size[2], size=size[3])


def by_rows(values, order="C"):
    return np.concatenate([value.ravel(order) for value in values])


@dataclass(frozen=True)
class Form:
    """How a submission takes its arguments; all of it is right.

    Attributes:
        order: "C" if Theta is unrolled row by row, "F" if column by column.
        first_label: 0 or 1.
    """

    order: str = "C"
    first_label: int = 0

    def given(self, values, size, X, y, lambda_):
        return by_rows(values, self.order), *size[:3], X, y + self.first_label, lambda_


def form_of(student, rng):
    """Found out without asking whether costs are right."""
    size = SIZES[0]
    (first, second), (X, y) = thetas(rng, size), batch(rng, size)
    y = np.maximum(y, 1)  # which is a label whatever they begin with

    def cost(form, values, X, y):
        found = as_array(student.nnCostFunction(*form.given(values, size, X, y, 0.0))[0])
        return float(found.ravel()[0]) if found is not None and found.size else None

    def differ(*costs):
        return None not in costs and not np.isclose(*costs)

    def is_felt(form, place):
        """Whether the inputs matter if a single number of Theta1, unrolled, is not 0."""
        lone = np.zeros(first.size)
        lone[place] = 1.7
        values = lone.reshape(first.shape, order=form.order), second
        return differ(cost(form, values, X, y), cost(form, values, 2 - X, y))

    form = Form()
    by_columns = replace(form, order="F")
    if not is_felt(form, 1) and is_felt(by_columns, len(first)):  # the second number is a bias, column by column
        form = by_columns
    lone = np.zeros(second.shape)
    lone[0, 0] = 1.7  # the first output is another than all others, and only its label can be told from the others
    one, two, three = (cost(form, (first, lone), X, np.full(len(y), label)) for label in (1, 2, 3))
    if differ(one, two) and not differ(two, three):  # else labels are computed with as numbers
        form = replace(form, first_label=1)
    return form


def of_both(student, solution, rng, lambdas, is_told=False):
    """The cost, and the gradient in parts, of the submission and of the solution."""
    form = form_of(student, rng)
    if form.order == "F":
        follows_convention("nnCostFunction.column-by-column")
    if form.first_label == 1:
        follows_convention("nnCostFunction.labels-from-1")
    if is_told and form.order == "F":
        remark("Theta1 and Theta2 are unrolled column by column; the task has them row by row")
    if is_told and form.first_label == 1:
        remark("labels are taken for 1 … K; the task has 0 … K-1")
    for size, lambda_ in zip(SIZES, lambdas, strict=True):
        problem = thetas(rng, size), size, *batch(rng, size), lambda_
        J, grad = student.nnCostFunction(*form.given(*problem))
        right, right_grad = solution.nnCostFunction(*Form().given(*problem))
        yield (J, in_parts(grad, size, form.order)), (right, in_parts(right_grad, size, "C"))


def in_parts(grad, size, order):
    """As Theta1 and Theta2; what has another size as it is."""
    array = as_array(grad)
    d, h, k, _ = size
    first = h * (1 + d)
    if array is None or array.size != first + k * (1 + h):
        return {"Theta1": grad, "Theta2": grad}
    flat = array.ravel()
    return {
        "Theta1": flat[:first].reshape((h, 1 + d), order=order),
        "Theta2": flat[first:].reshape((k, 1 + h), order=order),
    }


@check("randInitializeWeights", points=10, title="Uniform weights of both signs within the bound")
def randinitializeweights_values(student):
    for bound in (0.12, 0.7):
        W = as_array(student.randInitializeWeights(60, 40, bound))
        if W is None or W.shape != (40, 61):
            fail(
                f"the weights have the shape {np.shape(W)}, expected (40, 61): a column more than L_in, for the biases"
            )
            return
        if np.abs(W).max() > bound or np.abs(W).max() < 0.98 * bound:
            fail(f"the largest weight is {np.abs(W).max():.3g} in magnitude, expected just below {bound}")
        if abs(W.mean()) > 0.05 * bound or abs(W.std() / bound - 3**-0.5) > 0.03:
            fail("the weights are not uniform between -epsilon_init and epsilon_init")


@check("nnCostFunction", points=20, title="The cost without a penalty")
def nncostfunction_cost(student, solution, rng):
    for (J, _), (right, _) in of_both(student, solution, rng, (0.0, 0.0), is_told=True):
        expect(J, "J").close_to(right)


@check("nnCostFunction", points=10, title="The cost with a penalty")
def nncostfunction_penalty(student, solution, rng):
    for (J, _), (right, _) in of_both(student, solution, rng, (3.7, 0.9)):
        expect(J, "J").close_to(right)


@check("nnCostFunction", points=30, title="The gradient without a penalty")
def nncostfunction_gradient(student, solution, rng):
    for (_, grad), (_, right) in of_both(student, solution, rng, (0.0, 0.0)):
        expect(grad, "grad").close_to(right)


@check("nnCostFunction", points=10, title="The gradient with a penalty")
def nncostfunction_penalty_gradient(student, solution, rng):
    for (_, grad), (_, right) in of_both(student, solution, rng, (3.7, 0.9)):
        expect(grad, "grad").close_to(right)
