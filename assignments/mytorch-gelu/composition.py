"""Which class is what, as the course calls it."""

from operations import gelu
from operations.layers import Style, activation_layer

USES = (
    gelu.use(codes={"gelu": "GELU", "backward": "GELU.backward"}),
    activation_layer("GELU", Style(), "gelu", points=(12, 18)),
)
