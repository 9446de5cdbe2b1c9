"""`TwoLayerNet`: shapes and spread of the initial parameters."""

import numpy as np

from grader.checks import check, fail, remark

WITHIN_ONE_STD = 0.683  # share of a normal distribution


@check("TwoLayerNet", points=4, title="Shapes of weights and biases; biases begin at 0")
def twolayernet_shapes(student):
    params = student.TwoLayerNet(5, 7, 4).params
    expected = {"W1": (5, 7), "b1": (7,), "W2": (7, 4), "b2": (4,)}
    found = {key: np.shape(value) for key, value in params.items()} if isinstance(params, dict) else {}
    if {key: without_ones(shape) for key, shape in found.items()} != expected:
        fail(f"the params of TwoLayerNet(5, 7, 4) have the shapes {found or params}, expected {expected}")
    elif np.any(params["b1"]) or np.any(params["b2"]):
        fail("the biases are not 0 at first")
    elif found != expected:
        remark(f"the params of TwoLayerNet(5, 7, 4) have the shapes {found}, expected {expected}")


def without_ones(shape):
    return tuple(side for side in shape if side != 1)


@check("TwoLayerNet", points=3, title="Normally distributed weights with standard deviation std")
def twolayernet_weights(student):
    for options, std in [((), 1e-4), ((0.3,), 0.3)]:
        params = student.TwoLayerNet(60, 50, 40, *options).params
        for key in ("W1", "W2"):
            if not np.size(params[key]):
                fail(f"{key} is empty")
                continue
            spread, mean = float(np.std(params[key])), float(np.mean(params[key]))
            if not abs(spread / std - 1) <= 0.15:
                fail(f"the standard deviation of {key} is {spread:.3g}, expected about {std:g}")
            elif not abs(mean) <= 0.15 * std:
                fail(f"the mean of {key} is {mean:.3g}, expected about 0: values of both signs")
            elif not abs(np.mean(np.abs(params[key]) < std) - WITHIN_ONE_STD) <= 0.05:
                fail(f"the values of {key} are not normally distributed, though their mean and spread are right")
