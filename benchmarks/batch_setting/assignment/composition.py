"""The operations of the library's assignment; what is checked is the benchmark's own."""

from operations import batch_training, cross_entropy, dense, l2_penalty, output_error, perceptron, relu, softmax

USES = tuple(
    operation.use()
    for operation in (relu, softmax, cross_entropy, l2_penalty, dense, output_error, perceptron, batch_training)
)
