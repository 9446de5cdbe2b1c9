"""Layers as pairs of functions that share a cache: what a submission returns, forwards and backwards.

A gradient is judged with the cache of the submission's own forward pass. Where that pass ends with an
error or is missing, what courses keep is tried, its arguments: a right backward pass loses nothing for it.
"""

import numpy as np

from grader.checks import expect
from grader.checks.compare import as_array
from grader.checks.implementation import CallFailed
from grader.checks.stubs import NOT_IMPLEMENTED


def demand_implemented(function, *results):
    """Nothing but the None or zeros that the course's own starter returns is no answer; one part of several is one."""
    values = [as_array(result) for result in results if result is not None]
    if all(value is not None and not value.any() for value in values):
        raise CallFailed(function.name, NOT_IMPLEMENTED.format(name=function.name), status="missing")


def output(function, *arguments):
    """What a forward pass gives, without its cache."""
    out = function(*arguments)[0]
    demand_implemented(function, out)
    return out


def gradients(implementation, layer, arguments, dout):
    """What the backward pass of `layer` gives for the cache of its own forward pass, as a tuple."""
    forward, backward = layer
    cache = getattr(implementation, forward)(*arguments)[1]
    return _results(getattr(implementation, backward), dout, cache)


def _results(function, dout, cache):
    found = function(dout, cache)
    results = found if isinstance(found, tuple | list) else (found,)
    demand_implemented(function, *results)
    return tuple(results)


def expect_gradients(student, solution, rng, layer, arguments, *, names=("dx", "dw", "db"), only=None, where=""):
    """Demand the right gradients; `only` maps names to positions where not all of them are asked for."""
    dout = rng.normal(size=getattr(solution, layer[0])(*arguments)[0].shape)
    right = gradients(solution, layer, arguments, dout)
    found = _found_gradients(student, layer, arguments, dout, right)
    for name, position in (only or {name: i for i, name in enumerate(names[: len(right)])}).items():
        expect(found[position], f"{name}{where}").close_to(right[position])


def _found_gradients(student, layer, arguments, dout, right):
    """The submission's gradients; where its forward pass fails, those for a cache of the arguments if right."""
    forward, backward = (getattr(student, name) for name in layer)
    usual = arguments if len(arguments) > 1 else arguments[0]
    return back_through(forward, arguments, lambda cache: _results(backward, dout, cache), usual, right)


def back_through(forward, arguments, back, usual, right, *, at=1, is_fixed=False):
    """What `back` makes of the cache of a forward pass, which is `at` a place of what that gives.

    Where that fails, what it makes of the `usual` cache, if that is its form.

    Where there is no forward pass at all, and `is_fixed` what a cache has, what comes of it is judged as it is, and so
    is what stops it, unless that is how the cache is taken apart.
    """
    try:
        cache = forward(*arguments)[at]
    except CallFailed as failure:
        is_given = is_fixed and failure.status == "missing"
        try:
            found = back(usual)
        except CallFailed as beyond:
            is_of_the_form = beyond.raised == "KeyError" or "unpack" in str(beyond)
            raise (beyond if is_given and not is_of_the_form else failure) from None
        is_meant = is_given and all(as_array(value) is not None for value in found)
        if not is_meant and not _agree(found, right, in_part=failure.status == "missing"):
            raise
        return found
    return back(cache)


def _agree(found, right, *, in_part):
    """Whether gradients are right; `in_part`, whether one of them is, or most are of the right shapes."""
    pairs = [(as_array(value), wanted) for value, wanted in zip(found, right, strict=False)]
    fit = [value is not None and value.shape == np.shape(wanted) for value, wanted in pairs]
    agree = [is_fit and np.allclose(*pair) for is_fit, pair in zip(fit, pairs, strict=True)]
    if in_part:
        return any(agree) or 2 * sum(fit) > len(right)
    return len(found) == len(right) and all(agree)


def expect_own_derivative(student, solution, rng, layer, arguments, names):
    """Demand the derivative of the submission's own forward pass, by central differences.

    Where that pass fails there is none; the right gradients for the arguments as a cache are as good.
    """
    try:
        shape = np.shape(getattr(student, layer[0])(*arguments)[0])
    except CallFailed:
        expect_gradients(student, solution, rng, layer, arguments, names=names)
        return
    while len(shape) > np.ndim(arguments[0]) and shape[0] == 1:  # additional axes, of which a remark tells
        shape = shape[1:]
    dout = rng.normal(size=shape)
    found = gradients(student, layer, arguments, dout)
    at = dict(zip(names, arguments, strict=False))

    def costs(points):
        lists = [(*(point[name] for name in names), *arguments[len(names) :]) for point in points]
        return [float(np.sum(out * dout)) for out in getattr(student, layer[0]).map(lists, item=0)]

    expect(dict(zip(names, found, strict=True)), "gradient").gradient_of(costs, at=at, rng=rng)
