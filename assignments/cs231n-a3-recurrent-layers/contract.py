"""What a submission to this assignment implements. Samples are rows; in sequences time is the second axis."""

import numpy as np
from numpy.typing import NDArray

from grader.assignments import Opaque

Array = NDArray[np.float64]
Words = NDArray[np.int64]


def rnn_step_forward(x: Array, prev_h: Array, Wx: Array, Wh: Array, b: Array) -> tuple[Array, Opaque]:
    """One step of a simple recurrent layer, tanh(x·Wx + prev_h·Wh + b).

    Args:
        x: inputs of the step, shape (N, D).
        prev_h: the state before it, shape (N, H).
        Wx: shape (D, H).
        Wh: shape (H, H).
        b: shape (H,).

    Returns:
        (next_h, cache): the state after the step, shape (N, H), and whatever your `rnn_step_backward` wants to know.
    """


def rnn_step_backward(dnext_h: Array, cache: Opaque) -> tuple[Array, Array, Array, Array, Array]:
    """Gradients of one step.

    Args:
        dnext_h: gradient in the state after the step, shape (N, H).
        cache: what `rnn_step_forward` returned.

    Returns:
        (dx, dprev_h, dWx, dWh, db), of the shapes of x, prev_h, Wx, Wh and b.
    """


def rnn_forward(x: Array, h0: Array, Wx: Array, Wh: Array, b: Array) -> tuple[Array, Opaque]:
    """A simple recurrent layer over sequences.

    Args:
        x: inputs, shape (N, T, D).
        h0: the state before the first step, shape (N, H).
        Wx, Wh, b: as for `rnn_step_forward`.

    Returns:
        (h, cache): the states after each step, shape (N, T, H), and whatever your `rnn_backward` wants to know.
    """


def rnn_backward(dh: Array, cache: Opaque) -> tuple[Array, Array, Array, Array, Array]:
    """Gradients of a simple recurrent layer over sequences.

    Args:
        dh: gradient in each state by what is made of that state directly, shape (N, T, H).
        cache: what `rnn_forward` returned.

    Returns:
        (dx, dh0, dWx, dWh, db), of the shapes of x, h0, Wx, Wh and b.
    """


def word_embedding_forward(x: Words, W: Array) -> tuple[Array, Opaque]:
    """The vector of each word.

    Args:
        x: numbers of words, shape (N, T).
        W: a vector for each word, shape (V, D).

    Returns:
        (out, cache): shape (N, T, D), and whatever your `word_embedding_backward` wants to know.
    """


def word_embedding_backward(dout: Array, cache: Opaque) -> Array:
    """Gradient in the vectors of all words.

    Args:
        dout: gradient in `out`, shape (N, T, D).
        cache: what `word_embedding_forward` returned.

    Returns:
        dW, shape (V, D).
    """


def lstm_step_forward(
    x: Array, prev_h: Array, prev_c: Array, Wx: Array, Wh: Array, b: Array
) -> tuple[Array, Array, Opaque]:
    """One step of LSTM. The four parts of x·Wx + prev_h·Wh + b are, in this order, i, f, o and g.

    c = σ(f)·prev_c + σ(i)·tanh(g), and h = σ(o)·tanh(c).

    Args:
        x: inputs of the step, shape (N, D).
        prev_h, prev_c: state and cell before it, shape (N, H).
        Wx: shape (D, 4H).
        Wh: shape (H, 4H).
        b: shape (4H,).

    Returns:
        (next_h, next_c, cache): state and cell after the step, shape (N, H), and whatever your `lstm_step_backward`
        wants to know.
    """


def lstm_step_backward(
    dnext_h: Array, dnext_c: Array, cache: Opaque
) -> tuple[Array, Array, Array, Array, Array, Array]:
    """Gradients of one step of LSTM.

    Args:
        dnext_h, dnext_c: gradients in state and cell after the step, shape (N, H).
        cache: what `lstm_step_forward` returned.

    Returns:
        (dx, dprev_h, dprev_c, dWx, dWh, db), of the shapes of x, prev_h, prev_c, Wx, Wh and b.
    """


def lstm_forward(x: Array, h0: Array, Wx: Array, Wh: Array, b: Array) -> tuple[Array, Opaque]:
    """LSTM over sequences. The cell is 0 before the first step.

    Args:
        x: inputs, shape (N, T, D).
        h0: the state before the first step, shape (N, H).
        Wx, Wh, b: as for `lstm_step_forward`.

    Returns:
        (h, cache): the states after each step, shape (N, T, H), and whatever your `lstm_backward` wants to know.
    """


def lstm_backward(dh: Array, cache: Opaque) -> tuple[Array, Array, Array, Array, Array]:
    """Gradients of LSTM over sequences.

    Args:
        dh: gradient in each state by what is made of that state directly, shape (N, T, H).
        cache: what `lstm_forward` returned.

    Returns:
        (dx, dh0, dWx, dWh, db), of the shapes of x, h0, Wx, Wh and b.
    """
