"""What the layers are made of; the network and its penalties are in `solution.py`."""

from operations import (
    convolution_layer,
    dense,
    elu,
    l2_penalty,
    max_pooling,
    output_error,
    prediction,
    softmax_loss,
    table,
)

USES = table(
    dense.use(
        within="alone",
        codes={"forward": "dense_forward", "backward": "dense_backward"},
        words={"delta": "dout"},
        without=["backward.bias-gradient-of-last-sample-not-averaged"],
    ),
    elu.use(),
    softmax_loss.use(),
    output_error.use(codes={"backward": "softmax_loss.gradient-"}, without=["backward.diagonal-jacobian"]),
    convolution_layer.use(),
    max_pooling.use(),
    prediction.use(),
    l2_penalty.use(
        codes={"l2_penalty": "loss.weight-penalty-", "backward.penalty-": "loss.weight-penalty-gradient-"},
        words={"penalty": "the penalty on the weights", "lam": "reg"},
        without=["l2_penalty.two-layers-only"],
    ),
    l2_penalty.use(
        names={"weight_penalty_gradient": "activity_gradient", "penalty_factor": "activity_factor"},
        shared=True,
        codes={
            "l2_penalty": "loss.activity-cost-",
            "l2_penalty.always-zero": "loss.activity-penalty-in-the-gradient-alone",
            "l2_penalty.not-divided-by-the-samples": "loss.activity-cost-not-averaged",
            "backward.penalty-": "loss.activity-gradient-",
            "backward.penalty-missing": "loss.activity-penalty-in-the-cost-alone",
            "backward.penalty-not-divided-by-the-samples": "loss.activity-gradient-not-averaged",
        },
        words={
            "penalty": "the activity penalty",
            "l2_penalty": "the activity penalty",
            "w": "out",
            "its_cost": "The penalty on activities is $\\frac{reg}{2n} \\sum out^2$.",
            "its_gradient": "The penalty $\\frac{reg}{2n} \\sum out^2$ adds $\\frac{reg}{n} \\, out$ to the gradient "
            "in the maps, which the convolution's own backward pass takes to everything before it.",
            "slope": "λ/n·out",
            "half_slope": "λ/(2n)·out",
            "lam": "reg",
        },
        only=[
            "l2_penalty.always-zero",
            "l2_penalty.half-missing",
            "l2_penalty.not-divided-by-the-samples",
            "backward.penalty-missing",
            "backward.penalty-doubled",
            "backward.penalty-halved",
            "backward.penalty-not-divided-by-the-samples",
            "backward.penalty-divided-by-the-samples-twice",
            "backward.penalty-sign",
            "backward.penalty-l1",
        ],
    ),
)
