"""What the networks are made of; how their arguments come is in `solution.py`."""

from operations import dense, lstm_step, recurrence, sigmoid, softmax, table, value_slope

_OF_A_STEP = [
    "backward.weights-not-transposed",
    "backward.weight-gradient-transposed",
    "backward.input-missing-in-weight-gradient",
    "backward.bias-gradient-averaged-again",
    "backward.bias-gradient-one-number",
    "backward.bias-gradient-not-summed",
]
_BACK = {"backward": "lstm_cell_backward"}

USES = table(
    recurrence.use(codes={"step": "rnn_cell_forward", "forward": "rnn_forward", "backward": "rnn_backward"}),
    recurrence.use(
        prefix="lstm_",
        where="LSTM",
        codes={"step": "lstm_cell_forward", "forward": "lstm_forward", "backward": "lstm_backward"},
        only=["step.output-*", "forward.*", "backward.*"],
    ),
    value_slope.use(of="tanh", codes={"backward": "rnn_cell_backward"}),
    value_slope.use(prefix="gate_", where="the gates", codes=_BACK),
    value_slope.use(prefix="candidate_", where="the candidate", of="tanh", codes=_BACK),
    dense.use(codes={"backward": "rnn_cell_backward"}, only=_OF_A_STEP),
    dense.use(prefix="lstm_", where="LSTM", codes=_BACK, only=_OF_A_STEP),
    lstm_step.use(
        codes={f"{part}": f"lstm_cell_forward.{part}-" for part in ("cell", "state", "candidate")}
        | _BACK
        | {"cells.of-zeros-at-every-step": "lstm_forward.cell-of-zeros-at-every-step", "cells": "lstm_backward.cell-"},
    ),
    softmax.use(axis=0, only=["softmax.normalised-over-everything", "softmax.sigmoid-instead"]),
    sigmoid.use(guarded=False, only=["sigmoid.sign", "sigmoid.tanh-instead"]),
    layout="columns",
    mean="none",
    keepdims=True,
)
