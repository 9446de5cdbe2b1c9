"""Which function is what of dropout."""

from operations import dropout, dropout_layer

USES = (
    dropout_layer.use(points={"dropout_forward": 60, "dropout_backward": 40}),
    dropout.use(codes={"dropout": "dropout_forward"}),
)
