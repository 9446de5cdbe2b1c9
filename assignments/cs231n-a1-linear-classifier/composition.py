"""What a training is made of; the class that holds it is in `solution.py`."""

from operations import dense, descent, gradient_descent, prediction, sampled_batches, softmax_loss, table

USES = table(
    gradient_descent.use(codes={"update": "train"}),
    descent.use(codes={"descent": "train"}, only=["descent.one-step-*"]),
    sampled_batches.use(codes={"batches": "train"}),
    prediction.use(words={"probability": "score"}),
    softmax_loss.use(only=[]),
    dense.use(only=[]),
)
