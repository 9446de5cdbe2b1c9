"""What the layers are made of; how their arguments come is in `solution.py`."""

from operations import dense, embedding, lstm_step, recurrence, table, value_slope

_OF_A_STEP = [
    "backward.weights-not-transposed",
    "backward.weight-gradient-transposed",
    "backward.input-missing-in-weight-gradient",
    "backward.bias-gradient-averaged-again",
    "backward.bias-gradient-per-sample",
    "backward.bias-gradient-one-number",
    "backward.bias-gradient-not-summed",
]
_OF_LSTM = {"step": "lstm_step_forward", "forward": "lstm_forward", "backward": "lstm_backward"}
_BACK = {"backward": "lstm_step_backward"}

USES = table(
    recurrence.use(codes={"step": "rnn_step_forward", "forward": "rnn_forward", "backward": "rnn_backward"}),
    value_slope.use(of="tanh", codes={"backward": "rnn_step_backward"}),
    dense.use(codes={"backward": "rnn_step_backward"}, only=_OF_A_STEP),
    recurrence.use(prefix="lstm_", where="LSTM", codes=_OF_LSTM),
    value_slope.use(prefix="gate_", where="the gates", codes=_BACK),
    value_slope.use(prefix="candidate_", where="the candidate", of="tanh", codes=_BACK),
    dense.use(prefix="lstm_", where="LSTM", codes=_BACK, only=_OF_A_STEP),
    lstm_step.use(codes=_BACK | {"cells": "lstm_backward.cell-"}),
    embedding.use(codes={"backward": "word_embedding_backward"}),
    mean="none",
)
