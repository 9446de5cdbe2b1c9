"""What the networks are made of; how their arguments come is in `solution.py`."""

from operations import lstm_step, recurrence, sigmoid, softmax, table

USES = table(
    recurrence.use(codes={"step": "rnn_cell_forward", "forward": "rnn_forward"}, only=["step.*", "forward.*"]),
    recurrence.use(prefix="lstm_", where="LSTM", codes={"forward": "lstm_forward"}, only=["forward.*"]),
    lstm_step.use(
        codes={"cell": "lstm_cell_forward.cell-", "state": "lstm_cell_forward.state-"}, only=["cell.*", "state.*"]
    ),
    softmax.use(axis=0, only=["softmax.normalised-over-everything", "softmax.sigmoid-instead"]),
    sigmoid.use(guarded=False, only=["sigmoid.sign", "sigmoid.tanh-instead"]),
    layout="columns",
)
