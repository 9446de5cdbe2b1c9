"""Known mistakes of this assignment; those of rectifiers, softmax and cross-entropy come from the shared catalogue."""

from assignments.catalogue import cross_entropy, forward, relu, softmax
from grader.assignments import shared

MISTAKES = shared(
    relu,
    softmax.overflow,
    softmax.applied_twice,
    softmax.sigmoid_instead,
    softmax.not_normalised,
    softmax.logarithm_returned,
    softmax.sign_of_logits,
    cross_entropy,
    forward.bias_missing,
    forward.bias_subtracted,
    forward.bias_summed,
    forward.weights_transposed,
    forward.no_hidden_activation,
    forward.sigmoid_in_hidden_layers,
    forward.tanh_in_hidden_layers,
    forward.relu_before_softmax,
    forward.no_softmax,
    forward.relu_at_the_output,
    forward.sigmoid_at_the_output,
)
