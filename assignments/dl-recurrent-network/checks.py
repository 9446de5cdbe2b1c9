"""What is verified. All sizes differ, biases are not 0."""

from grader.checks import check, expect

SIZES = ((3, 5, 2, 4), (6, 2, 4, 3))  # inputs, state, outputs, samples
STEPS = 7


def rnn_parameters(rng, size):
    n_x, n_a, n_y, _ = size
    shapes = {"Wax": (n_a, n_x), "Waa": (n_a, n_a), "Wya": (n_y, n_a), "ba": (n_a, 1), "by": (n_y, 1)}
    return {key: rng.normal(size=shape) for key, shape in shapes.items()}


def lstm_parameters(rng, size):
    n_x, n_a, n_y, _ = size
    shapes = {"Wy": (n_y, n_a), "by": (n_y, 1)}
    for gate in "fico":
        shapes |= {f"W{gate}": (n_a, n_a + n_x), f"b{gate}": (n_a, 1)}
    return {key: rng.normal(size=shape) for key, shape in shapes.items()}


def expect_alike(student, solution, name, given, names):
    found, right = (getattr(side, name)(*given) for side in (student, solution))
    for what, one, other in zip(names, found, right, strict=False):
        expect(one, what).close_to(other)


@check("rnn_cell_forward", points=22, title="State and output of one step")
def rnn_cell_forward_values(student, solution, rng):
    for n_x, n_a, n_y, m in SIZES:
        given = rng.normal(size=(n_x, m)), rng.normal(size=(n_a, m)), rnn_parameters(rng, (n_x, n_a, n_y, m))
        expect_alike(student, solution, "rnn_cell_forward", given, ("a_next", "yt_pred"))


@check("rnn_forward", points=23, title="States and outputs of sequences")
def rnn_forward_values(student, solution, rng):
    for n_x, n_a, n_y, m in SIZES:
        given = rng.normal(size=(n_x, m, STEPS)), rng.normal(size=(n_a, m)), rnn_parameters(rng, (n_x, n_a, n_y, m))
        expect_alike(student, solution, "rnn_forward", given, ("a", "y_pred"))


@check("lstm_cell_forward", points=32, title="State, cell and output of one step of LSTM")
def lstm_cell_forward_values(student, solution, rng):
    for n_x, n_a, n_y, m in SIZES:
        given = rng.normal(size=(n_x, m)), *rng.normal(size=(2, n_a, m)), lstm_parameters(rng, (n_x, n_a, n_y, m))
        expect_alike(student, solution, "lstm_cell_forward", given, ("a_next", "c_next", "yt_pred"))


@check("lstm_forward", points=23, title="States, outputs and cells of LSTM over sequences")
def lstm_forward_values(student, solution, rng):
    for n_x, n_a, n_y, m in SIZES:
        given = rng.normal(size=(n_x, m, STEPS)), rng.normal(size=(n_a, m)), lstm_parameters(rng, (n_x, n_a, n_y, m))
        expect_alike(student, solution, "lstm_forward", given, ("a", "y", "c"))
