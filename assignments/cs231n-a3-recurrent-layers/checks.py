"""What is verified. All sizes differ; a backward pass is given the cache of the submission's own forward pass."""

from grader.checks import check, expect

SIZES = ((4, 3, 5), (3, 6, 2))  # samples, inputs, hidden units
STEPS = 4
GRADIENTS = ("dx", "dprev_h", "dWx", "dWh", "db")


def parameters(rng, size, gates):
    _, d, h = size
    return rng.normal(size=(d, gates * h)), rng.normal(size=(h, gates * h)), rng.normal(size=gates * h)


def step(rng, size, gates=1):
    """x, the state before (for LSTM the cell as well), and parameters."""
    n, d, h = size
    states = [rng.normal(size=(n, h)) for _ in range(1 if gates == 1 else 2)]
    return rng.normal(size=(n, d)), *states, *parameters(rng, size, gates)


def sequence(rng, size, gates=1):
    n, d, h = size
    return rng.normal(size=(n, STEPS, d)), rng.normal(size=(n, h)), *parameters(rng, size, gates)


def expect_alike(student, solution, name, given, names):
    found, right = (getattr(side, name)(*given) for side in (student, solution))
    expect_each(found, right, names)


def expect_each(found, right, names):
    for what, one, other in zip(names, found, right, strict=False):
        expect(one, what).close_to(other)


def expect_gradients(student, solution, name, given, upstream, names):
    """What `name`_backward makes of these gradients, after `name`_forward."""

    def back(side):
        *_, cache = getattr(side, f"{name}_forward")(*given)
        return getattr(side, f"{name}_backward")(*upstream, cache)

    expect_each(back(student), back(solution), names)


@check("rnn_step_forward", points=7, title="One step")
def rnn_step_forward_values(student, solution, rng):
    for size in SIZES:
        expect_alike(student, solution, "rnn_step_forward", step(rng, size), ("next_h",))


@check("rnn_step_backward", points=13, title="Gradients of one step")
def rnn_step_backward_values(student, solution, rng):
    for size in SIZES:
        dh = rng.normal(size=(size[0], size[2]))
        expect_gradients(student, solution, "rnn_step", step(rng, size), (dh,), GRADIENTS)


@check("rnn_forward", points=8, title="The states of sequences")
def rnn_forward_values(student, solution, rng):
    for size in SIZES:
        expect_alike(student, solution, "rnn_forward", sequence(rng, size), ("h",))


@check("rnn_backward", points=14, title="Gradients through time")
def rnn_backward_values(student, solution, rng):
    for size in SIZES:
        dh = rng.normal(size=(size[0], STEPS, size[2]))
        names = ("dx", "dh0", *GRADIENTS[2:])
        expect_gradients(student, solution, "rnn", sequence(rng, size), (dh,), names)


@check("word_embedding_forward", points=4, title="The vectors of words")
def word_embedding_forward_values(student, solution, rng):
    words = rng.integers(6, size=(2, 3)), rng.normal(size=(6, 4))
    expect_alike(student, solution, "word_embedding_forward", words, ("out",))


@check("word_embedding_backward", points=8, title="The gradient of words, some of them repeated")
def word_embedding_backward_values(student, solution, rng):
    x, W, dout = rng.integers(4, size=(3, 5)), rng.normal(size=(6, 2)), rng.normal(size=(3, 5, 2))
    found, right = (
        side.word_embedding_backward(dout, side.word_embedding_forward(x, W)[1]) for side in (student, solution)
    )
    expect(found, "dW").close_to(right)


@check("lstm_step_forward", points=9, title="One step of LSTM")
def lstm_step_forward_values(student, solution, rng):
    for size in SIZES:
        expect_alike(student, solution, "lstm_step_forward", step(rng, size, 4), ("next_h", "next_c"))


@check("lstm_step_backward", points=17, title="Gradients of one step of LSTM")
def lstm_step_backward_values(student, solution, rng):
    for size in SIZES:
        upstream = rng.normal(size=(2, size[0], size[2]))
        names = ("dx", "dprev_h", "dprev_c", *GRADIENTS[2:])
        expect_gradients(student, solution, "lstm_step", step(rng, size, 4), tuple(upstream), names)


@check("lstm_forward", points=8, title="The states of LSTM over sequences")
def lstm_forward_values(student, solution, rng):
    for size in SIZES:
        expect_alike(student, solution, "lstm_forward", sequence(rng, size, 4), ("h",))


@check("lstm_backward", points=12, title="Gradients of LSTM through time")
def lstm_backward_values(student, solution, rng):
    for size in SIZES:
        dh = rng.normal(size=(size[0], STEPS, size[2]))
        names = ("dx", "dh0", *GRADIENTS[2:])
        expect_gradients(student, solution, "lstm", sequence(rng, size, 4), (dh,), names)
