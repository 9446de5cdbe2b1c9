"""What goes wrong on the way through the modules, and back."""

import numpy as np

from grader.assignments import mistake

_FORTH = "Every module of the network has its turn: LinearModule, ELUModule, …, LinearModule, SoftMaxModule."
_BACK = "On the way back every module has its turn as well, in the reverse order."


def known(code, step, title, explain, *hints):
    return mistake(f"MLP.{code}", step=step, title=title, explain=explain, hints=hints)


@known(
    "forward.softmax-missing",
    "at_the_end",
    "The softmax at the end is missing",
    _FORTH,
    "What do the rows of the result sum to?",
    "Which module is the last?",
)
def softmax_missing(linear, last, x):
    out = linear.forward(x)
    last.forward(out)
    return out


@known(
    "forward.activation-missing",
    "inside",
    "The hidden layers have no activation",
    f"{_FORTH} Without activations the network is linear.",
    "Which modules does a sample pass?",
    "How many modules are there for a hidden layer?",
)
def activation_missing(linear, activation, x):
    out = linear.forward(x)
    activation.forward(out)
    return out


@known(
    "forward.softmax-in-hidden-layers",
    "inside",
    "A softmax follows every hidden layer",
    f"{_FORTH} The softmax belongs to the end alone.",
    "Is the softmax inside the loop?",
    "What do the hidden units of a sample sum to?",
)
def softmax_inside(right, linear, activation, x):
    e = np.exp(right(linear, activation, x))
    return e / e.sum(axis=1, keepdims=True)


@known(
    "backward.softmax-passed-over",
    "back_from_the_end",
    "The way back passes the softmax by",
    f"{_BACK} `dout` is the gradient in the probabilities.",
    "In what is `dout` the gradient?",
    "Which module comes first on the way back?",
)
def softmax_passed_over(linear, last, dout):
    return linear.backward(dout)


@known(
    "backward.activation-passed-over",
    "back_inside",
    "The way back passes the hidden activations by",
    _BACK,
    "Which modules lie between two LinearModules?",
    "Print the modules in the order of your backward passes.",
)
def activation_passed_over(linear, activation, dout):
    return linear.backward(dout)


@known(
    "backward.not-handed-on",
    "back_inside",
    "Every hidden layer is given `dout` as it came from the layer above, without what that makes of it",
    f"{_BACK} What a module's `backward` returns is what the one below is given.",
    "What becomes of what `backward` returns?",
    "Is `dout` another one after each module?",
)
def not_handed_on(right, linear, activation, dout):
    linear.backward(activation.backward(dout))
    return dout
