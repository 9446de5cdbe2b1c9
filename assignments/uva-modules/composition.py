"""What the modules are made of; the classes but one are in `solution.py`."""

from operations import dense, elu, layer_steps, softmax, softmax_jacobian, table
from operations.layers import Style, activation_layer

USES = (
    *table(
        dense.use(
            codes={"forward": "LinearModule.forward", "backward": "LinearModule.backward"},
            words={"product": "x W^T", "w_shape": "(n_out, n_in)", "delta": "dout"},
        ),
        layer_steps.use(codes={"backward": "LinearModule.backward"}),
        elu.use(
            codes={"elu_forward": "ELUModule.forward", "elu_backward": "ELUModule.backward"},
            without=["*.exponential-of-positive-values"],
        ),
        softmax.use(codes={"softmax": "SoftMaxModule"}),
        softmax_jacobian.use(codes={"backward": "SoftMaxModule.backward"}),
    ),
    activation_layer("SoftMaxModule", Style(), "softmax", points=(4, 14)),
)
