"""What goes wrong on the way back through a softmax."""

import numpy as np

from grader.assignments import Operation
from reference import softmax_jacobian as formula

softmax_jacobian = Operation(formula)

_JACOBIAN = "The Jacobian of softmax is $J = diag(a) - a a^T$: every probability depends on every logit."


@softmax_jacobian.mistake(
    "backward.diagonal-alone",
    step="softmax_backward",
    title="Only the diagonal of softmax's Jacobian is used",
    explain=f"{_JACOBIAN} Yours multiplies by $a (1 - a)$ alone.",
    hints=["Does a probability change with another class's logit?", "Which entries has J beside its diagonal?"],
)
def diagonal_alone(upstream, z):
    a = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
    return upstream * a * (1 - a)


@softmax_jacobian.mistake(
    "backward.off-diagonal-sign",
    step="projection",
    title="The entries of softmax's Jacobian beside the diagonal have the wrong sign",
    explain=f"{_JACOBIAN} They are $-a_m a_n$.",
    hints=["Does a probability rise or fall with another class's logit?", "Look at the sign for m ≠ n."],
)
def off_diagonal_sign(upstream, a):
    return 2 * upstream * a - np.sum(upstream * a, axis=1, keepdims=True)


@softmax_jacobian.mistake(
    "backward.jacobian-left-out",
    step="softmax_backward",
    title="The Jacobian of softmax is left out",
    explain=f"{_JACOBIAN} Yours hands on what arrives.",
    hints=["Which links has the chain?", "By what is a row of dLdA multiplied?"],
)
def jacobian_left_out(upstream, z):
    return upstream
