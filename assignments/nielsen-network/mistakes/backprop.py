"""The deltas of the two costs and activations, and the results of `backprop`."""

import numpy as np

from grader.assignments import Place, mistake

_CROSS_ENTROPY = "For sigmoids with the cross-entropy $\\delta^L = a - y$: the factor $\\sigma'(z)$ cancels."
_QUADRATIC = "For the quadratic cost $\\delta^L = (a - y) \\odot \\sigma'(z)$."
_HIDDEN = "$\\delta^l = ((w^{l+1})^T \\delta^{l+1}) \\odot f'(z^l)$."
_SIGMOID = "$\\sigma'(z) = \\sigma(z) (1 - \\sigma(z))$, where $z$ is the weighted input."
_DELTA = "delta.*|d[zZ].*|err.*"


def _sigmoid(z):
    return 1 / (1 + np.exp(-z))


@mistake(
    "backprop.cross-entropy-with-sigmoid-derivative",
    step="cost_slope",
    title="The cross-entropy's delta has the factor σ'(z) of the quadratic cost",
    explain=f"{_CROSS_ENTROPY} That it does not slow down where the sigmoid is flat is what the cross-entropy is for.",
    hints=("Which cost does your delta belong to?", "Derive the cross-entropy in z: what becomes of $\\sigma'$?"),
    place=Place(assigns=_DELTA),
)
def cross_entropy_with_sigmoid_derivative(right, z, a, cost):
    return right(z, a, "quadratic")


@mistake(
    "backprop.quadratic-without-sigmoid-derivative",
    step="cost_slope",
    title="The quadratic cost's delta lacks the factor σ'(z)",
    explain=f"{_QUADRATIC} Without it, this is the cross-entropy's, perhaps because the choice of the cost is not "
    "used.",
    hints=("Which cost does your delta belong to?", "Derive $\\frac{1}{2} (\\sigma(z) - y)^2$ in z."),
    place=Place(assigns=_DELTA),
)
def quadratic_without_sigmoid_derivative(z, a, cost):
    return 1


@mistake(
    "backprop.quadratic-doubled",
    step="cost_slope",
    title="The quadratic cost's delta has a factor 2 too much",
    explain=f"{_QUADRATIC} The ½ of the cost cancels the 2 of the derivative.",
    hints=("Derive $\\frac{1}{2} (a - y)^2$.", "Where does the 2 come from?"),
)
def quadratic_doubled(right, z, a, cost):
    return (2 if cost == "quadratic" else 1) * right(z, a, cost)


@mistake(
    "backprop.derivative-at-the-output",
    step="cost_slope",
    title="σ' of the quadratic cost's delta is taken at the activation instead of the weighted input",
    explain=f"{_QUADRATIC} {_SIGMOID} `sigmoid_prime(a)` applies the sigmoid twice.",
    hints=("What does your derivative function expect, z or a?", "What is it given?"),
)
def derivative_at_the_output(right, z, a, cost):
    return right(a, a, cost)


@mistake(
    "backprop.derivative-of-the-activation",
    step="hidden_derivative",
    title="The hidden layers' derivative is taken at the activation instead of the weighted input",
    explain=f"{_SIGMOID} `sigmoid_prime(a)` applies the sigmoid twice: its values lie between 0.197 and 0.25.",
    hints=("What does your derivative function expect, z or a?", "What is it given?"),
)
def derivative_of_the_activation(right, z, activation):
    return right(np.maximum(z, 0) if activation == "relu" else _sigmoid(z), activation)


@mistake(
    "backprop.derivative-of-another-activation",
    step="hidden_derivative",
    title="The derivative is the sigmoid's, whatever the activation chosen",
    explain='With `activation="relu"` the factor is 1 where $z > 0$ and 0 elsewhere.',
    hints=("Which activation does your backward pass know?", "Where is the choice used in `backprop`?"),
)
def derivative_of_another_activation(z, activation):
    return _sigmoid(z) * (1 - _sigmoid(z))


@mistake(
    "backprop.sigmoid-formula-of-the-activation",
    step="hidden_derivative",
    title="The derivative is a(1 - a) of the activation, whatever the activation chosen",
    explain='$a (1 - a)$ is the slope of a sigmoid with the value a. With `activation="relu"` the factor is 1 where '
    "$z > 0$ and 0 elsewhere.",
    hints=("For which activation is $a (1 - a)$ the slope?", "Where is the choice used in `backprop`?"),
)
def sigmoid_formula_of_the_activation(z, activation):
    a = np.maximum(z, 0) if activation == "relu" else _sigmoid(z)
    return a * (1 - a)


@mistake(
    "backprop.derivative-missing",
    step="hidden_delta",
    title="The hidden layers' delta lacks the activation's derivative",
    explain=_HIDDEN,
    hints=("Does your hidden delta depend on z?", "Which factor of the formula is missing?"),
    place=Place(assigns=_DELTA),
)
def derivative_missing(upstream, z, activation):
    return upstream


@mistake(
    "backprop.delta-not-propagated",
    step="handed_on",
    title="Every layer gets the last layer's delta: it is not propagated",
    explain=f"{_HIDDEN} When delta is not updated in the loop, earlier layers get gradients of the wrong shape, or "
    "errors.",
    hints=("How many different deltas are there?", "Is the delta of a layer computed from that of the next?"),
)
def delta_not_propagated(delta, propagated):
    return delta


@mistake(
    "backprop.results-in-another-order",
    step="NN2.backprop",
    title="nabla_w is returned first and nabla_b second",
    explain="The contract wants (nabla_b, nabla_w).",
    hints=("Which shapes do the two lists have?", "Look at the order after `return`."),
)
def results_in_another_order(right, self, x, y):
    return right(self, x, y)[::-1]


@mistake(
    "backprop.layers-in-reverse",
    step="NN2.backprop",
    title="The gradients are in the order in which they were computed: the last layer's first",
    explain="The lists must have the order of `weights` and `biases`. Appending in the backward pass reverses it.",
    hints=("Which shape does `nabla_w[0]` have?", "Do you append to lists in the backward loop?"),
)
def layers_in_reverse(right, self, x, y):
    return tuple(gradients[::-1] for gradients in right(self, x, y))
