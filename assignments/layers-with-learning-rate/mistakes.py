"""What goes wrong with softmax's way back."""

import numpy as np

from grader.assignments import mistake

_JACOBIAN = "The Jacobian of softmax is $diag(a) - a a^T$: every probability depends on every entry of the input."


def probabilities(z):
    return np.exp(z) / np.sum(np.exp(z))


@mistake(
    "Softmax.backward.diagonal-alone",
    step="softmax_backward",
    title="Only the diagonal of softmax's Jacobian is used",
    explain=f"{_JACOBIAN} Yours multiplies by $a (1 - a)$ alone.",
    hints=["Does a probability change with another entry?", "Which entries has the Jacobian beside its diagonal?"],
)
def diagonal_alone(upstream, z):
    return upstream * probabilities(z) * (1 - probabilities(z))


@mistake(
    "Softmax.backward.jacobian-left-out",
    step="softmax_backward",
    title="The Jacobian of softmax is left out",
    explain=f"{_JACOBIAN} Yours hands on what arrives.",
    hints=["Which links has the chain?", "By what is what arrives multiplied?"],
)
def jacobian_left_out(upstream, z):
    return upstream
