"""Which function of the contract is what."""

from operations import batch_training, cross_entropy, dense, l2_penalty, output_error, perceptron, relu, softmax

USES = (
    relu.use(points=4),
    softmax.use(points=12),
    cross_entropy.use(points=10),
    l2_penalty.use(points=6),
    dense.use(),
    output_error.use(),
    perceptron.use(points={"forward": 14, "backward": 36, "predict": 4}),
    batch_training.use(points={"train": 14}),
)
