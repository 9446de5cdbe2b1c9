"""Known mistakes: each replaces one step of the solution. A submission that shows the same numbers has made it."""

from grader.assignments import mistake


@mistake(
    "gradients.factor-two-missing",
    step="output_gradient",
    title="The factor 2 of the squared error's derivative is missing",
    explain="The derivative of $r^2$ is $2r$, so that of the mean of the squares is $2r/n$ for each residual. Without "
    "the 2 the gradient points the right way at half its length; it belongs to $\\frac{1}{2n}\\sum r^2$.",
    hints=[
        "Compare your gradient with a numerical derivative of `mse`: what is their ratio?",
        "Differentiate $(p - y)^2$ by $p$ once more.",
    ],
)
def factor_two_missing(residual):
    return residual / len(residual)
