"""What the layers are made of; how their arguments come is in `solution.py`."""

from operations import dense, embedding, lstm_step, recurrence, table, value_slope

USES = table(
    recurrence.use(),
    value_slope.use(of="tanh", codes={"backward": "rnn_step_backward"}),
    value_slope.use(prefix="gate_", where="a gate of LSTM", codes={"backward": "lstm_step_backward"}),
    value_slope.use(
        prefix="candidate_",
        where="the candidate of LSTM",
        of="tanh",
        codes={"backward": "lstm_step_backward"},
    ),
    dense.use(
        mean="none",
        codes={"backward": "step_backward"},
        only=[
            "backward.weights-not-transposed",
            "backward.weight-gradient-transposed",
            "backward.input-missing-in-weight-gradient",
            "backward.bias-gradient-averaged-again",
            "backward.bias-gradient-per-sample",
            "backward.bias-gradient-one-number",
            "backward.bias-gradient-not-summed",
        ],
    ),
    lstm_step.use(codes={"backward": "lstm_step_backward"}),
    embedding.use(codes={"backward": "word_embedding_backward"}),
)
