"""What the loss of logits is made of; the others are in `solution.py`."""

from operations import output_error, softmax_loss

USES = (
    softmax_loss.use(codes={"softmax_loss": "CrossEntropyFromLogits"}, without=["softmax_loss.logarithm-of-zero"]),
    output_error.use(codes={"backward": "CrossEntropyFromLogits.backward"}),
)
