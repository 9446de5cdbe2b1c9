"""What is in play in a call: the material of numeric explanations."""

import numpy as np

from grader.assignments import Quantities, quantities


def _sizes(dout, **more):
    return {"N": float(len(dout)), **{name: float(value) for name, value in more.items()}}


@quantities("affine_backward")
def in_an_affine_gradient(solution, dout, cache):
    x, w = cache[:2]
    return Quantities(_sizes(dout, D=w.shape[0], M=w.shape[1]), {"x": x, "w": w, "dout": dout})


@quantities("softmax_loss")
def in_a_loss(solution, x, y):
    n, classes = x.shape
    p = np.exp(solution.log_probabilities(x))
    return Quantities({"N": float(n), "C": float(classes)}, {"p": p, "the one-hot labels": np.eye(classes)[y]})


@quantities("conv_backward_naive")
def in_a_convolution_gradient(solution, dout, cache):
    x, w, _, conv_param = cache
    return Quantities(_sizes(dout, C=x.shape[1], F=len(w), stride=conv_param["stride"]), {"x": x, "w": w, "dout": dout})


@quantities("conv_forward_naive")
def in_a_convolution(solution, x, w, b, conv_param):
    maps = np.broadcast_to(b[:, None, None], solution.conv_forward_naive(x, w, b, conv_param)[0].shape)
    return Quantities({"C": float(x.shape[1]), "F": float(len(w))}, {"the bias of each map": maps})
