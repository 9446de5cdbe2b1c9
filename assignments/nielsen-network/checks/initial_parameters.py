"""`NN2`: shapes and spread of the initial parameters, and the seed."""

import numpy as np

from grader.checks import check, expect, fail

from .networks import DEEP, SEED


@check("NN2", points=4, title="Weights (n_out, n_in) and biases (n_out, 1) for each layer after the first")
def nn2_shapes(student):
    for sizes in [(6, 4), DEEP]:
        net = student.NN2(list(sizes), SEED)
        shapes = {"weights": list(zip(sizes[1:], sizes, strict=False)), "biases": [(n, 1) for n in sizes[1:]]}
        for name, expected in shapes.items():
            found = [np.shape(value) for value in as_list(getattr(net, name))]
            if found != expected:
                fail(f"the {name} of NN2({list(sizes)}) have the shapes {found}, expected {expected}")


def as_list(value):
    return list(value) if isinstance(value, list | tuple) else []


@check("NN2", points=4, title="Weights with standard deviation 1/√n_in, biases with 1")
def nn2_scale(student):
    sizes = [400, 120, 90]
    net = student.NN2(sizes, SEED)
    weights, biases = as_list(net.weights), as_list(net.biases)
    if len(weights) != 2 or len(biases) != 2:
        fail(f"NN2({sizes}) has {len(weights)} arrays of weights and {len(biases)} of biases, expected 2 and 2")
        return
    for layer, (w, b) in enumerate(zip(weights, biases, strict=True)):
        wanted = 1 / np.sqrt(sizes[layer])
        judge_spread(w, wanted, 0.1, f"weights[{layer}]", f"1/√{sizes[layer]}")
        judge_spread(b, 1.0, 0.35, f"biases[{layer}]", "the standard normal distribution")


def judge_spread(values, wanted, tolerance, label, what):
    if not np.size(values):
        fail(f"{label} is empty")
        return
    spread, mean = float(np.std(values)), float(np.mean(values))
    if not abs(spread / wanted - 1) <= tolerance:
        fail(f"the standard deviation of {label} is {spread:.4g}, expected about {wanted:.4g} ({what})")
    elif not abs(mean) <= tolerance * wanted:
        fail(f"the mean of {label} is {mean:.4g}, expected about 0: values of both signs")


@check("NN2", points=2, title="The same seed gives the same network, another seed another one")
def nn2_seed(student):
    first, again, other = (student.NN2([6, 5, 4], seed).weights for seed in (11, 11, 12))
    expect(again, "the weights made with the same seed").close_to(first)
    if all(np.array_equal(a, b) for a, b in zip(first, other, strict=True)):
        fail("seeds 11 and 12 give the same weights: rand_seed is not used")
