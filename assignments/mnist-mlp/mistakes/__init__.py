"""Known mistakes of this assignment, and what is in play in a gradient.

The catalogue that assignments share holds most of them; here are those that need more than one step at hand.
"""

from assignments.catalogue import (
    batch_training,
    bias_gradient,
    cross_entropy,
    forward,
    hidden_delta,
    l2_penalty,
    network_gradient,
    output_delta,
    penalty_gradient,
    predict,
    relu,
    softmax,
    weight_gradient,
)
from grader.assignments import shared

MISTAKES = shared(
    relu,
    softmax,
    cross_entropy,
    l2_penalty,
    forward,
    output_delta,
    hidden_delta,
    weight_gradient,
    bias_gradient,
    network_gradient,
    penalty_gradient,
    predict,
    batch_training,
)
