"""What the networks are made of; how their arguments come is in `solution.py`."""

from operations import lstm_step, recurrence, sigmoid, softmax, table

USES = table(
    recurrence.use(codes={"step": "rnn_cell_forward", "forward": "rnn_forward"}, only=["step.*", "forward.*"]),
    recurrence.use(
        prefix="lstm_",
        where="LSTM",
        codes={"step": "lstm_cell_forward", "forward": "lstm_forward"},
        only=["step.output-*", "forward.*"],
    ),
    lstm_step.use(
        codes={f"{part}": f"lstm_cell_forward.{part}-" for part in ("cell", "state", "candidate")}
        | {"cells": "lstm_forward.cell-"},
        without=["backward.*"],
    ),
    softmax.use(axis=0, only=["softmax.normalised-over-everything", "softmax.sigmoid-instead"]),
    sigmoid.use(guarded=False, only=["sigmoid.sign", "sigmoid.tanh-instead"]),
    layout="columns",
)
