"""Which class is what, as the course calls it."""

from operations import dense, relu, sigmoid, softmax, softmax_jacobian, table, tanh
from operations.layers import Style, activation_layer, affine_layer

COURSE = Style(forward="fprop", backward="bprop", state="given", gradients_of="grads_wrt_params")

USES = (
    *table(
        dense.use(
            codes={"forward": "AffineLayer.fprop", "backward": "AffineLayer"},
            words={"product": "x W^T", "w_shape": "(n_out, n_in)", "delta": "grads_wrt_outputs"},
        ),
        sigmoid.use(codes={"sigmoid": "SigmoidLayer", "backward": "SigmoidLayer.bprop"}, without=["sigmoid.overflow"]),
        tanh.use(codes={"tanh": "TanhLayer", "backward": "TanhLayer.bprop"}),
        relu.use(codes={"relu": "ReluLayer", "backward": "ReluLayer.bprop"}),
        softmax.use(codes={"softmax": "SoftmaxLayer"}, guarded=False),
        softmax_jacobian.use(codes={"backward": "SoftmaxLayer.bprop"}),
    ),
    affine_layer(
        "AffineLayer", COURSE, names={"W": "weights", "b": "biases"}, points=(14, 36), transposed=True, made="sizes"
    ),
    activation_layer("SigmoidLayer", COURSE, "sigmoid", points=(4, 8)),
    activation_layer("TanhLayer", COURSE, "tanh", points=(4, 8)),
    activation_layer("ReluLayer", COURSE, "relu", points=(4, 7)),
    activation_layer("SoftmaxLayer", COURSE, "softmax", points=(5, 10)),
)
