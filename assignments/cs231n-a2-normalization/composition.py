"""Which function is which normalisation."""

from operations import batch_norm, batch_norm_layer, layer_norm, layer_norm_layer

USES = (
    batch_norm_layer.use(points={"batchnorm_forward": 30, "batchnorm_backward": 22, "batchnorm_backward_alt": 14}),
    batch_norm.use(codes={"batch_norm": "batchnorm_forward", "batch_norm_backward": "batchnorm_backward"}),
    layer_norm_layer.use(points={"layernorm_forward": 16, "layernorm_backward": 18}),
    layer_norm.use(codes={"layer_norm": "layernorm_forward", "layer_norm_backward": "layernorm_backward"}),
)
