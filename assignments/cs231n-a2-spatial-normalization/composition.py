"""Which function is which normalisation of images."""

from operations import batch_norm, batch_norm_layer, group_norm, layer_norm, spatial_batch_norm
from operations.group_norm import WORDS

USES = (
    spatial_batch_norm.use(points={"spatial_batchnorm_forward": 28, "spatial_batchnorm_backward": 22}),
    batch_norm_layer.use(  # small things of it are judged where it is
        codes={"batchnorm_forward": "spatial_batchnorm_forward"},
        without=["batchnorm_forward.averages-changed-in-test-mode", "batchnorm_forward.epsilon-missing-in-test-mode"],
    ),
    batch_norm.use(
        codes={"batch_norm": "spatial_batchnorm_forward", "batch_norm_backward": "spatial_batchnorm_backward"},
        without=["batch_norm.epsilon-*", "batch_norm.divided-by-the-variance-alone"],
    ),
    group_norm.use(points={"spatial_groupnorm_forward": 26, "spatial_groupnorm_backward": 24}),
    layer_norm.use(
        codes={"layer_norm": "spatial_groupnorm_forward", "layer_norm_backward": "spatial_groupnorm_backward"},
        words=WORDS,
        without=["*along-the-other-axis"],
    ),
)
