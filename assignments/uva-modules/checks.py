"""What is verified; the softmax is by the table in `composition.py`.

Weights may be kept as (in_features, out_features), and biases as a row: both are looked for in a new module. An
`ELUModule` of earlier years takes nothing: its alpha is 1; their `CrossEntropyModule` takes labels one-hot.
"""

import re

import numpy as np

from grader.checks import check, expect, fail, one_hot, remark
from grader.checks.compare import as_array
from grader.checks.implementation import CallFailed
from operations.network_checks import expect_both_signs

SIZES = ((5, 4, 3), (2, 3, 6))  # samples, inputs, units
ALONE = (1, 4, 3)


def linear(side, W, b):
    """A module with these parameters, in the shapes that its own have; whether its weights are turned."""
    module = side.LinearModule(W.shape[1], W.shape[0])
    own = {name: as_array(value) for name, value in dict(module.params).items()}
    shapes = {name: None if value is None else value.shape for name, value in own.items()}
    if shapes.get("weight") not in (W.shape, W.shape[::-1]) or np.size(own.get("bias")) != b.size:
        fail(f"the shapes of `params` are {shapes}, expected {W.shape} for the weight and {b.shape} for the bias")
        return None, False
    is_turned = shapes["weight"] != W.shape
    module.params = {"weight": W.T if is_turned else W, "bias": b.reshape(shapes["bias"])}
    return module, is_turned


def linear_problem(rng, n, d, k):
    return rng.normal(size=(k, d)), rng.normal(size=k), rng.normal(size=(n, d)), rng.normal(size=(n, k))


def expect_linear_outputs(student, solution, rng, sizes):
    W, b, x, _ = linear_problem(rng, *sizes)
    (module, _), (right, _) = (linear(side, W, b) for side in (student, solution))
    if module is not None:
        expect(module.forward(x), "the output").close_to(right.forward(x))


@check("LinearModule.forward", points=9, title="The outputs for random batches")
def linearmodule_forward(student, solution, rng):
    for sizes in SIZES:
        expect_linear_outputs(student, solution, rng, sizes)


@check("LinearModule.forward", points=1, title="The output of a batch of one sample")
def linearmodule_forward_alone(student, solution, rng):
    expect_linear_outputs(student, solution, rng, ALONE)


@check("LinearModule.forward", points=2, title="Weights begin random, around 0")
def linearmodule_start(student):
    expect_both_signs("weight", as_array(dict(student.LinearModule(8, 6).params).get("weight")))


def sent_back(student, solution, rng, sizes, batches=1):
    """What backward passes give and leave, of both: (dx, {name: gradient})."""
    W, b, _, _ = linear_problem(rng, *sizes)
    given = [linear_problem(rng, *sizes)[2:] for _ in range(batches)]
    found = []
    for side in (student, solution):
        module, is_turned = linear(side, W, b)
        if module is None:
            return None
        for x, dout in given:
            module.forward(x)
            dx = module.backward(dout)
        grads = {name: as_array(value) for name, value in dict(module.grads).items()}
        shapes = {"weight": W.shape[::-1] if is_turned else W.shape, "bias": b.shape}
        if is_turned and np.shape(grads.get("weight")) == W.shape[::-1]:
            grads["weight"] = grads["weight"].T
        if np.shape(grads.get("bias")) in ((1, b.size), np.shape(module.params["bias"])):
            grads["bias"] = grads["bias"].reshape(shapes["bias"])
        found.append((dx, {name: grads.get(name) for name in shapes}))
    return found


@check("LinearModule.backward", points=10, title="The gradient in the inputs, also of one sample")
def linearmodule_inputs(student, solution, rng):
    for sizes in (*SIZES, ALONE):
        if found := sent_back(student, solution, rng, sizes):
            expect(found[0][0], "the gradient in the inputs").close_to(found[1][0])


@check("LinearModule.backward", points=16, title="The gradients in the parameters, also after a second batch")
def linearmodule_parameters(student, solution, rng):
    for sizes, batches in zip(SIZES, (1, 2), strict=True):
        if found := sent_back(student, solution, rng, sizes, batches):
            own, right = (grads for _, grads in found)
            expect(own, "grads").close_to(right)
            if np.shape(own["bias"]) == (*right["bias"].shape, 1):
                fail("`grads['bias']` is a column: taken from the row `params['bias']`, it makes a square of it")


_ELU = re.compile(r"^class ELUModule\b.*?(?=^\S|\Z)", re.DOTALL | re.MULTILINE)


def takes_alpha(side):
    submission = getattr(getattr(side, "loaded", None), "submission", None)
    sources = [] if submission is None else [unit.source for unit in (*submission.units, *submission.modules.values())]
    found = [match.group() for source in sources if (match := _ELU.search(source))]
    return not found or re.search(r"def\s+__init__\s*\(\s*self\s*,", found[-1]) is not None


def elus(student, solution, alpha):
    """The modules of both; None for one that takes no alpha, where it is not 1."""
    right = solution.ELUModule(alpha)
    if takes_alpha(student):
        return student.ELUModule(alpha), right
    return student.ELUModule() if alpha == 1 else None, right


def elu_problem(rng, shape):
    x = 2 * rng.normal(size=shape)
    return x + 0.01 * np.sign(x), rng.normal(size=shape)


def expect_outputs(student, solution, rng, alpha):
    for shape in ((5, 4), (2, 3)):
        (module, right), (x, _) = elus(student, solution, alpha), elu_problem(rng, shape)
        if module is not None:
            expect(module.forward(x), f"the output with alpha = {alpha}").close_to(right.forward(x))


def expect_sent_back(student, solution, rng, alpha):
    for shape in ((5, 4), (2, 3)):
        (module, right), (x, dout) = elus(student, solution, alpha), elu_problem(rng, shape)
        if module is not None:
            module.forward(x)
            right.forward(x)
            expect(module.backward(dout), f"the gradient with alpha = {alpha}").close_to(right.backward(dout))


@check("ELUModule.forward", points=5, title="The outputs for random batches")
def elumodule_forward(student, solution, rng):
    expect_outputs(student, solution, rng, 1.0)


@check("ELUModule.forward", points=3, title="Another alpha")
def elumodule_forward_alpha(student, solution, rng):
    expect_outputs(student, solution, rng, 0.3)


@check("ELUModule.backward", points=10, title="The gradient in the inputs")
def elumodule_backward(student, solution, rng):
    expect_sent_back(student, solution, rng, 1.0)


@check("ELUModule.backward", points=4, title="Another alpha")
def elumodule_backward_alpha(student, solution, rng):
    expect_sent_back(student, solution, rng, 0.3)


@check("SoftMaxModule.forward", points=2, title="Large entries do not overflow")
def softmaxmodule_large(student, solution, rng):
    x = 800 * rng.normal(size=(3, 4)) + np.array([[2000.0], [0.0], [-2000.0]])
    found, right = (side.SoftMaxModule().forward(x) for side in (student, solution))
    expect(found, "the output").close_to(right)


def probabilities(rng):
    """Of a batch and of one sample, with true classes of which not all occur."""
    for n, k in ((6, 4), (1, 3), (4, 7)):
        p = rng.uniform(0.1, 1, size=(n, k))
        yield p / p.sum(axis=1, keepdims=True), rng.integers(k, size=n)


def taken_by(method, right, x, y):
    """Of class numbers and rows of 0 and 1, of a batch that is not square, what it is right of, or else can do with."""
    answers = {}
    for labels, given in (("numbers", y), ("rows", one_hot(y, x.shape[1]))):
        try:
            answers[labels] = as_array(method(x, given))
        except CallFailed:
            answers[labels] = None
    found = {labels: one for labels, one in answers.items() if one is not None}
    fits = {labels for labels, one in found.items() if one.shape == np.shape(right) and np.allclose(one, right)}
    return fits or set(found)


def takes_one_hot(student, solution, method, x, y):
    """Whether a method takes rows of 0 and 1 alone, where none takes class numbers alone: the two get the same."""

    def taken(one):
        modules = (side.CrossEntropyModule() for side in (student, solution))
        own, right = (getattr(module, one) for module in modules)
        return taken_by(own, right(x, y), x, y)

    found = taken(method)
    if "rows" not in found:
        return False
    other = taken("backward" if method == "forward" else "forward")
    return {"rows"} in (found, other) and other != {"numbers"}


def expect_alike(student, solution, rng, method, what):
    """In the years before, labels came as rows of 0 and 1: that is as right."""
    problems = list(probabilities(rng))
    is_one_hot = takes_one_hot(student, solution, method, *problems[0])
    if is_one_hot:
        remark("labels are taken as rows of 0 and 1, as the course had them until 2021; they are class numbers now")
    for x, y in problems:
        found = getattr(student.CrossEntropyModule(), method)(x, one_hot(y, x.shape[1]) if is_one_hot else y)
        expect(found, what).close_to(getattr(solution.CrossEntropyModule(), method)(x, y))


@check("CrossEntropyModule.forward", points=8, title="The loss of random probabilities")
def crossentropymodule_forward(student, solution, rng):
    expect_alike(student, solution, rng, "forward", "the loss")


@check("CrossEntropyModule.backward", points=12, title="Its gradient in the probabilities")
def crossentropymodule_backward(student, solution, rng):
    expect_alike(student, solution, rng, "backward", "the gradient")
