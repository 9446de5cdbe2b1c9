"""The exponential linear unit, its slope, and the way back through it."""

import numpy as np

from grader.assignments import Operation
from grader.checks import expect, leaves_arguments_alone
from reference import elu as formula

elu = Operation(formula)

_RULE = "$f(x) = x$ for $x > 0$ and $\\alpha (e^x - 1)$ for $x \\leq 0$."
_SLOPE = "$f'(x) = 1$ for $x > 0$ and $\\alpha e^x = f(x) + \\alpha$ for $x \\leq 0$."


ALPHAS = (0.7, 1.6)


@elu.check("elu_forward", share=3, title="Values of both signs, two values of α")
def elu_forward_values(student, solution, rng):
    for alpha in ALPHAS:
        x = 2 * rng.normal(size=(5, 3))
        found, right = student.elu_forward(x, alpha)[0], solution.elu_forward(x, alpha)[0]
        expect(found, f"out for α = {alpha}").close_to(right)


@elu.check("elu_forward", share=1, title="Values of ±1000")
def elu_forward_large_values(student, solution):
    x = np.array([-1000.0, -1.0, 1.0, 1000.0])
    expect(student.elu_forward(x, 0.7)[0], "out").close_to(solution.elu_forward(x, 0.7)[0])


@elu.check("elu_forward", share=1, title="The argument is left as it was")
def elu_forward_argument(student, rng):
    leaves_arguments_alone(student.elu_forward, rng.normal(size=(4, 3)), 0.7)


def elu_gradient(implementation, dout, x, alpha):
    return implementation.elu_backward(dout, implementation.elu_forward(x, alpha)[1])


@elu.check("elu_backward", share=3, title="The gradient on both sides of 0, two values of α")
def elu_backward_values(student, solution, rng):
    for alpha in ALPHAS:
        dout, x = 2 * rng.normal(size=(2, 5, 3))
        right = elu_gradient(solution, dout, x, alpha)
        expect(elu_gradient(student, dout, x, alpha), f"the gradient in x for α = {alpha}").close_to(right)


@elu.check("elu_backward", share=1, title="The gradient at ±1000")
def elu_backward_large_values(student, solution):
    dout, x = np.array([0.5, -2.0, 3.0, 0.25]), np.array([-1000.0, -1.0, 1.0, 1000.0])
    expect(elu_gradient(student, dout, x, 0.7), "the gradient in x").close_to(elu_gradient(solution, dout, x, 0.7))


@elu.mistake(
    "elu_forward.minus-one-missing",
    step="elu",
    title="The ELU lacks the − 1",
    explain=f"{_RULE} Without the $- 1$ the function jumps from $\\alpha$ to 0 at $x = 0$, and is never negative.",
    hints=("What should the ELU of 0 be?", "Compare the branch for negative x with the formula."),
)
def minus_one_missing(x, alpha):
    return np.where(x > 0, x, alpha * np.exp(np.minimum(x, 0)))


@elu.mistake(
    "elu_forward.alpha-missing",
    step="elu",
    title="The ELU ignores alpha",
    explain=f"{_RULE} Yours is right for $\\alpha = 1$ only, which hides it.",
    hints=("Try it with alpha = 2.", "Where is `alpha` used?"),
)
def alpha_missing(x, alpha):
    return np.where(x > 0, x, np.expm1(np.minimum(x, 0)))


@elu.mistake(
    "elu_forward.minus-alpha-missing",
    step="elu",
    title="alpha multiplies the exponential alone: alpha·exp(x) − 1",
    explain=f"{_RULE} The parentheses matter: $\\alpha e^x - 1$ is the same for $\\alpha = 1$ only.",
    hints=("What is the ELU of 0 when alpha = 2?", "Where do the parentheses stand?"),
)
def minus_alpha_missing(x, alpha):
    return np.where(x > 0, x, alpha * np.exp(np.minimum(x, 0)) - 1)


@elu.mistake(
    "elu_forward.sign-of-negative-branch",
    step="elu",
    title="The negative branch of the ELU has the wrong sign",
    explain=f"{_RULE} Yours is $\\alpha (1 - e^x)$, which is positive.",
    hints=("Should the ELU of −1 be positive or negative?", "Which is subtracted from which?"),
)
def sign_of_negative_branch(x, alpha):
    return np.where(x > 0, x, -alpha * np.expm1(np.minimum(x, 0)))


@elu.mistake(
    "elu_forward.leaky-relu-instead",
    step="elu",
    title="This is a leaky ReLU: alpha·x for negative x",
    explain=f"{_RULE} The ELU bends and never falls below $-\\alpha$; $\\alpha x$ is a straight line.",
    hints=("What is the ELU of −100?", "Where is the exponential?"),
)
def leaky_relu_instead(x, alpha):
    return np.where(x > 0, x, alpha * x)


@elu.mistake(
    "elu_forward.relu-instead",
    step="elu",
    title="This is a ReLU: negative x give 0",
    explain=f"{_RULE} Negative inputs keep a part of their information in an ELU.",
    hints=("What is the ELU of −1?", "What does your branch for negative x return?"),
)
def relu_instead(x, alpha):
    return np.maximum(x, 0)


@elu.mistake(
    "elu_forward.exponential-of-positive-values",
    step="elu",
    title="exp is taken of large positive numbers too",
    explain=f"{_RULE} A product with a mask computes both branches: $e^{{1000}}$ is `inf`, and `0 * inf` is `nan`. "
    "Take the exponential of `np.minimum(x, 0)`.",
    hints=("What is `0 * np.exp(1000)`?", "Of which entries is the exponential taken?"),
)
def exponential_of_positive_values(x, alpha):
    return (x > 0) * x + (x <= 0) * alpha * (np.exp(x) - 1)


@elu.mistake(
    "elu_backward.value-instead-of-slope",
    step="elu_derivative",
    title="The ELU's own value is used as its derivative for negative x",
    explain=f"{_SLOPE} Yours is $f(x)$ without the $+ \\alpha$: negative, where the slope is positive.",
    hints=("Can the slope of an increasing function be negative?", "$f' = f + \\alpha$ for negative x."),
)
def value_instead_of_slope(x, alpha):
    return np.where(x > 0, 1.0, alpha * np.expm1(np.minimum(x, 0)))


@elu.mistake(
    "elu_backward.alpha-missing",
    step="elu_derivative",
    title="The ELU's derivative ignores alpha",
    explain=f"{_SLOPE} Yours is right for $\\alpha = 1$ only.",
    hints=("Try it with alpha = 2.", "Where is `alpha` used?"),
)
def derivative_alpha_missing(x, alpha):
    return np.where(x > 0, 1.0, np.exp(np.minimum(x, 0)))


@elu.mistake(
    "elu_backward.value-plus-one",
    step="elu_derivative",
    title="The derivative is the value plus 1 instead of plus alpha",
    explain=f"{_SLOPE} The shortcut with the output is $f + \\alpha$; $f + 1$ is the same for $\\alpha = 1$ only.",
    hints=("Try it with alpha = 2.", "Which number is added to the output?"),
)
def value_plus_one(x, alpha):
    return np.where(x > 0, 1.0, alpha * np.expm1(np.minimum(x, 0)) + 1)


@elu.mistake(
    "elu_backward.formula-of-the-output-at-the-input",
    step="elu_derivative",
    title="The slope x + alpha is computed of the input; that formula is for the output",
    explain=f"{_SLOPE} The short formula $f + \\alpha$ wants what the ELU *gave*. Yours adds $\\alpha$ to its input: "
    "far to the left that is a large negative number, where the slope is nearly 0. Either keep the output in the "
    "cache, or compute $\\alpha e^x$ of the input.",
    hints=(
        "What does your slope give for x = −10, and how steep is the ELU there?",
        "Which array is in your cache: the input or the output? Which one does your formula want?",
    ),
)
def formula_of_the_output_at_the_input(x, alpha):
    return np.where(x > 0, 1.0, x + alpha)


@elu.mistake(
    "elu_backward.constant-slope",
    step="elu_derivative",
    title="The slope for negative x is alpha: that is a leaky ReLU's",
    explain=f"{_SLOPE} The slope of an ELU falls off exponentially.",
    hints=("What is the slope of the ELU far to the left?", "Where is the exponential?"),
)
def constant_slope(x, alpha):
    return np.where(x > 0, 1.0, alpha)


@elu.mistake(
    "elu_backward.relu-derivative",
    step="elu_derivative",
    title="The slope for negative x is 0: that is a ReLU's",
    explain=f"{_SLOPE} Negative inputs have a gradient too.",
    hints=("What is the slope of the ELU at −1?", "What does your branch for negative x return?"),
)
def relu_derivative(x, alpha):
    return (x > 0).astype(float)


@elu.mistake(
    "elu_backward.derivative-of-the-output",
    step="elu_derivative",
    title="The derivative is taken at the output instead of the input",
    explain=f"{_SLOPE} Here $\\alpha e^{{f(x)}}$ is computed: the formula in x was given the output. Either use the "
    "input, or the formula in the output, $f + \\alpha$.",
    hints=("Which array is in your cache: x or out?", "Does the formula that you use want the input or the output?"),
)
def derivative_of_the_output(x, alpha):
    return np.where(x > 0, 1.0, alpha * np.exp(alpha * np.expm1(np.minimum(x, 0))))


@elu.mistake(
    "elu_backward.derivative-missing",
    step="elu_derivative",
    title="The gradient is passed on unchanged: the ELU's derivative is missing",
    explain=f"{_SLOPE} By the chain rule dout is multiplied by it.",
    hints=("Does your result depend on x?", "What does the chain rule multiply dout with?"),
)
def derivative_missing(x, alpha):
    return np.ones_like(x)


@elu.mistake(
    "elu_backward.branches-swapped",
    step="elu_derivative",
    title="The two branches of the derivative are swapped",
    explain=f"{_SLOPE} Yours has 1 for negative and the exponential for positive x.",
    hints=("What is the slope at x = 5?", "Look at the condition, and at which branch belongs to it."),
)
def branches_swapped(x, alpha):
    return np.where(x > 0, alpha * np.exp(x), 1.0)


@elu.mistake(
    "elu_backward.sign-of-upstream",
    step="elu_backward",
    title="The mask is made from the upstream gradient instead of the input",
    explain=f"{_SLOPE} Which branch holds is decided by the sign of x, not by that of dout.",
    hints=("Which array do you compare with 0?", "Can the slope depend on dout?"),
)
def sign_of_upstream(dout, cache):
    x, alpha = cache
    return dout * np.where(dout > 0, 1.0, alpha * np.exp(np.minimum(x, 0)))


@elu.mistake(
    "elu_backward.upstream-ignored",
    step="elu_backward",
    title="The upstream gradient dout is not used",
    explain="The result is the ELU's derivative alone; by the chain rule it must be multiplied by dout.",
    hints=("Does your result change when `dout` is doubled?", "Where is `dout` used?"),
)
def upstream_ignored(right, dout, cache):
    return right(np.ones_like(dout), cache)


@elu.mistake(
    "elu_backward.exponential-of-positive-values",
    step="elu_derivative",
    title="The derivative takes exp of large positive numbers too",
    explain=f"{_SLOPE} A product with a mask computes both branches: $e^{{1000}}$ is `inf`, and `0 * inf` is `nan`. "
    "Take the exponential of `np.minimum(x, 0)`.",
    hints=("What is `0 * np.exp(1000)`?", "Of which entries is the exponential taken?"),
)
def derivative_exponential_of_positive_values(x, alpha):
    return (x > 0) + (x <= 0) * alpha * np.exp(x)
