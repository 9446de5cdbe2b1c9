"""What a submission to this assignment implements. Samples are columns; in sequences time is the last axis.

The forward passes are those of `dl-recurrent-network`; each backward pass is given the cache of its own forward pass.
"""

import numpy as np
from numpy.typing import NDArray

from grader.assignments import Opaque

Array = NDArray[np.float64]
Parameters = dict[str, Array]
Gradients = dict[str, Array]


def rnn_cell_forward(xt: Array, a_prev: Array, parameters: Parameters) -> tuple[Array, Array, Opaque]:
    """One step: a_next = tanh(Wax·xt + Waa·a_prev + ba), and yt_pred = softmax(Wya·a_next + by).

    Args:
        xt: inputs of the step, shape (n_x, m).
        a_prev: the state before it, shape (n_a, m).
        parameters: `Wax` (n_a, n_x), `Waa` (n_a, n_a), `Wya` (n_y, n_a), `ba` (n_a, 1), `by` (n_y, 1).

    Returns:
        (a_next, yt_pred, cache): shapes (n_a, m) and (n_y, m), and whatever `rnn_cell_backward` wants to know.
    """


def rnn_forward(x: Array, a0: Array, parameters: Parameters) -> tuple[Array, Array, Opaque]:
    """A simple recurrent network over sequences.

    Args:
        x: inputs, shape (n_x, m, T_x).
        a0: the state before the first step, shape (n_a, m).
        parameters: as for `rnn_cell_forward`.

    Returns:
        (a, y_pred, caches): shapes (n_a, m, T_x) and (n_y, m, T_x), and whatever `rnn_backward` wants to know.
    """


def lstm_cell_forward(
    xt: Array, a_prev: Array, c_prev: Array, parameters: Parameters
) -> tuple[Array, Array, Array, Opaque]:
    """One step of LSTM. All gates look at [a_prev; xt], one above the other.

    c_next = σ(Wf·[…] + bf)·c_prev + σ(Wi·[…] + bi)·tanh(Wc·[…] + bc), a_next = σ(Wo·[…] + bo)·tanh(c_next), and
    yt_pred = softmax(Wy·a_next + by).

    Args:
        xt: inputs of the step, shape (n_x, m).
        a_prev, c_prev: state and cell before it, shape (n_a, m).
        parameters: `Wf`, `Wi`, `Wc`, `Wo` (n_a, n_a + n_x), `bf`, `bi`, `bc`, `bo` (n_a, 1), `Wy` (n_y, n_a), `by`.

    Returns:
        (a_next, c_next, yt_pred, cache): shapes (n_a, m), (n_a, m) and (n_y, m), and whatever `lstm_cell_backward`
        wants to know.
    """


def lstm_forward(x: Array, a0: Array, parameters: Parameters) -> tuple[Array, Array, Array, Opaque]:
    """LSTM over sequences. The cell is 0 before the first step.

    Args:
        x: inputs, shape (n_x, m, T_x).
        a0: the state before the first step, shape (n_a, m).
        parameters: as for `lstm_cell_forward`.

    Returns:
        (a, y, c, caches): shapes (n_a, m, T_x), (n_y, m, T_x) and (n_a, m, T_x), and whatever `lstm_backward` wants to
        know.
    """


def rnn_cell_backward(da_next: Array, cache: Opaque) -> Gradients:
    """Gradients of one step, sums over the samples; the output of the step has no part in them.

    Args:
        da_next: gradient in the state after the step, shape (n_a, m).
        cache: what `rnn_cell_forward` returned.

    Returns:
        `dxt` (n_x, m), `da_prev` (n_a, m), `dWax` (n_a, n_x), `dWaa` (n_a, n_a) and `dba` (n_a, 1).
    """


def rnn_backward(da: Array, caches: Opaque) -> Gradients:
    """Gradients through time; those of the parameters are sums over the steps.

    Args:
        da: gradient in every state by that step's own output, shape (n_a, m, T_x).
        caches: what `rnn_forward` returned.

    Returns:
        `dx` (n_x, m, T_x), `da0` (n_a, m), `dWax` (n_a, n_x), `dWaa` (n_a, n_a) and `dba` (n_a, 1).
    """


def lstm_cell_backward(da_next: Array, dc_next: Array, cache: Opaque) -> Gradients:
    """Gradients of one step of LSTM, sums over the samples; the output of the step has no part in them.

    Args:
        da_next: gradient in the state after the step, shape (n_a, m).
        dc_next: gradient in the cell after the step, by all that is later, shape (n_a, m).
        cache: what `lstm_cell_forward` returned.

    Returns:
        `dxt` (n_x, m), `da_prev` and `dc_prev` (n_a, m), `dWf`, `dWi`, `dWc`, `dWo` (n_a, n_a + n_x), and `dbf`, `dbi`,
        `dbc`, `dbo` (n_a, 1).
    """


def lstm_backward(da: Array, caches: Opaque) -> Gradients:
    """Gradients of LSTM through time; those of the parameters are sums over the steps.

    Args:
        da: gradient in every state by that step's own output, shape (n_a, m, T_x); none arrives in the last cell.
        caches: what `lstm_forward` returned.

    Returns:
        `dx` (n_x, m, T_x), `da0` (n_a, m), `dWf`, `dWi`, `dWc`, `dWo` (n_a, n_a + n_x), and `dbf`, `dbi`, `dbc`, `dbo`
        (n_a, 1).
    """
