"""What is verified. All sizes differ; a backward pass is given the cache of the submission's own forward pass."""

import numpy as np

from grader.checks import check, expect
from operations.layer_calls import back_through

SIZES = ((3, 5, 2, 4), (6, 2, 4, 3))  # inputs, state, outputs, samples
STEPS = 5
GATES = "fico"
RNN = ("dWax", "dWaa", "dba")
LSTM = (*(f"dW{gate}" for gate in GATES), *(f"db{gate}" for gate in GATES))


def rnn_parameters(rng, size):
    n_x, n_a, n_y, _ = size
    shapes = {"Wax": (n_a, n_x), "Waa": (n_a, n_a), "Wya": (n_y, n_a), "ba": (n_a, 1), "by": (n_y, 1)}
    return {key: rng.normal(size=shape) for key, shape in shapes.items()}


def lstm_parameters(rng, size):
    n_x, n_a, n_y, _ = size
    shapes = {"Wy": (n_y, n_a), "by": (n_y, 1)}
    for gate in GATES:
        shapes |= {f"W{gate}": (n_a, n_a + n_x), f"b{gate}": (n_a, 1)}
    return {key: rng.normal(size=shape) for key, shape in shapes.items()}


def step(rng, size, parameters, states=1):
    """Inputs, the state before (for LSTM the cell as well), and parameters."""
    n_x, n_a, _, m = size
    return rng.normal(size=(n_x, m)), *rng.normal(size=(states, n_a, m)), parameters(rng, size)


def sequence(rng, size, parameters):
    n_x, n_a, _, m = size
    return rng.normal(size=(n_x, m, STEPS)), rng.normal(size=(n_a, m)), parameters(rng, size)


def expect_alike(student, solution, name, given, names):
    found, right = (getattr(side, name)(*given) for side in (student, solution))
    for what, one, other in zip(names, found, right, strict=False):
        expect(one, what).close_to(other)


def course_cache(name, x, *others):
    """What the course's own forward pass keeps: that is meant where there is none at all."""
    *states, parameters = others
    if not name.endswith("cell"):
        caches, zeros = [], [np.zeros_like(states[0])] * (name == "lstm")
        states += zeros
        for t in range(x.shape[2]):
            caches.append(course_cache(f"{name}_cell", x[:, :, t], *states, parameters))
            states = caches[-1][: len(states)]
        return caches, x
    if name == "rnn_cell":
        a = np.tanh(parameters["Wax"] @ x + parameters["Waa"] @ states[0] + parameters["ba"])
        return a, states[0], x, parameters
    a, c = states
    z = {gate: parameters[f"W{gate}"] @ np.concatenate([a, x]) + parameters[f"b{gate}"] for gate in GATES}
    f, i, o = (1 / (1 + np.exp(-z[gate])) for gate in "fio")
    g = np.tanh(z["c"])
    cell = f * c + i * g
    return o * np.tanh(cell), cell, a, c, f, i, g, o, x, parameters


def expect_gradients(student, solution, name, given, upstream, keys):
    """What `name`_backward makes of these gradients, after `name`_forward; entries beside these are the student's."""

    *_, cache = getattr(solution, f"{name}_forward")(*given)
    right = getattr(solution, f"{name}_backward")(*upstream, cache)
    results = []

    def back(cache):
        results.append(getattr(student, f"{name}_backward")(*upstream, cache))
        return [results[-1].get(key) for key in keys] if isinstance(results[-1], dict) else results[-1:]

    forward = getattr(student, f"{name}_forward")
    at, usual = 2 if name.startswith("rnn") else 3, course_cache(name, *given)
    back_through(forward, given, back, usual, [right[key] for key in keys], at=at, is_fixed=True)
    found = results[-1]
    if isinstance(found, dict):
        found = {key: value for key, value in found.items() if key in keys}
    expect(found, "gradients").close_to({key: right[key] for key in keys})


@check("rnn_cell_forward", points=4, title="State and output of one step")
def rnn_cell_forward_values(student, solution, rng):
    for size in SIZES:
        expect_alike(student, solution, "rnn_cell_forward", step(rng, size, rnn_parameters), ("a_next", "yt_pred"))


@check("rnn_forward", points=4, title="States and outputs of sequences")
def rnn_forward_values(student, solution, rng):
    for size in SIZES:
        expect_alike(student, solution, "rnn_forward", sequence(rng, size, rnn_parameters), ("a", "y_pred"))


@check("lstm_cell_forward", points=6, title="State, cell and output of one step of LSTM")
def lstm_cell_forward_values(student, solution, rng):
    for size in SIZES:
        given = step(rng, size, lstm_parameters, states=2)
        expect_alike(student, solution, "lstm_cell_forward", given, ("a_next", "c_next", "yt_pred"))


@check("lstm_forward", points=4, title="States, outputs and cells of LSTM over sequences")
def lstm_forward_values(student, solution, rng):
    for size in SIZES:
        expect_alike(student, solution, "lstm_forward", sequence(rng, size, lstm_parameters), ("a", "y", "c"))


@check("rnn_cell_backward", points=18, title="Gradients of one step")
def rnn_cell_backward_values(student, solution, rng):
    for size in SIZES:
        upstream = (rng.normal(size=(size[1], size[3])),)
        given = step(rng, size, rnn_parameters)
        expect_gradients(student, solution, "rnn_cell", given, upstream, ("dxt", "da_prev", *RNN))


@check("rnn_backward", points=16, title="Gradients through time")
def rnn_backward_values(student, solution, rng):
    for size in SIZES:
        upstream = (rng.normal(size=(size[1], size[3], STEPS)),)
        given = sequence(rng, size, rnn_parameters)
        expect_gradients(student, solution, "rnn", given, upstream, ("dx", "da0", *RNN))


@check("lstm_cell_backward", points=30, title="Gradients of one step of LSTM")
def lstm_cell_backward_values(student, solution, rng):
    for size in SIZES:
        upstream = tuple(rng.normal(size=(2, size[1], size[3])))
        given = step(rng, size, lstm_parameters, states=2)
        expect_gradients(student, solution, "lstm_cell", given, upstream, ("dxt", "da_prev", "dc_prev", *LSTM))


@check("lstm_backward", points=18, title="Gradients of LSTM through time")
def lstm_backward_values(student, solution, rng):
    for size in SIZES:
        upstream = (rng.normal(size=(size[1], size[3], STEPS)),)
        given = sequence(rng, size, lstm_parameters)
        expect_gradients(student, solution, "lstm", given, upstream, ("dx", "da0", *LSTM))
