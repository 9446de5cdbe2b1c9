"""What a submission returns, forwards and backwards, and whether its gradients are those of its own output."""

import numpy as np

from grader.checks import expect
from grader.checks.compare import as_array
from grader.checks.implementation import CallFailed
from grader.checks.stubs import NOT_IMPLEMENTED


def demand_implemented(function, *results):
    """The None or zeros that the course's own starter returns are no answer."""
    values = [as_array(result) for result in results if result is not None]
    if len(values) < len(results) or all(value is not None and not value.any() for value in values):
        raise CallFailed(function.name, NOT_IMPLEMENTED.format(name=function.name), status="missing")


def output(function, *arguments):
    """What a forward pass gives, without its cache."""
    out, _ = function(*arguments)
    demand_implemented(function, out)
    return out


def gradients(implementation, layer, arguments, dout):
    """What the backward pass of `layer` gives for the cache of its own forward pass, as a tuple."""
    forward, backward = layer
    _, cache = getattr(implementation, forward)(*arguments)
    function = getattr(implementation, backward)
    found = function(dout, cache)
    results = found if isinstance(found, tuple | list) else (found,)
    demand_implemented(function, *results)
    return tuple(results)


def expect_gradients(student, solution, rng, layer, arguments, *, names=("dx", "dw", "db"), where=""):
    dout = rng.normal(size=getattr(solution, layer[0])(*arguments)[0].shape)
    found, right = (gradients(side, layer, arguments, dout) for side in (student, solution))
    for name, value, expected in zip(names, found, right, strict=True):
        expect(value, f"{name}{where}").close_to(expected)


def expect_own_derivative(student, rng, layer, arguments, names):
    """Demand the derivative of the submission's own forward pass, by central differences."""
    out, _ = getattr(student, layer[0])(*arguments)
    dout = rng.normal(size=np.shape(out))
    found = gradients(student, layer, arguments, dout)
    at = dict(zip(names, arguments, strict=False))

    def costs(points):
        lists = [(*(point[name] for name in names), *arguments[len(names) :]) for point in points]
        return [float(np.sum(out * dout)) for out in getattr(student, layer[0]).map(lists, item=0)]

    expect(dict(zip(names, found, strict=True)), "gradient").gradient_of(costs, at=at, rng=rng)
