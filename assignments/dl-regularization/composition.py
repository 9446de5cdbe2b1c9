"""What the two functions are made of; the way back through the three layers is in `solution.py`."""

from operations import binary_cross_entropy, dense, l2_penalty, named_gradients, output_error, relu, table

USES = table(
    binary_cross_entropy.use(outputs="one", without=["cost.log-of-zero"]),  # that is a remark
    l2_penalty.use(
        shared=True,
        names={"backward": "gradient"},
        codes={"backward.penalty-missing-in-last-layer": "gradient.penalty-of-last-layer-left-out"},
        words={"lam": "lambd"},
        without=["l2_penalty.two-layers-only"],
    ),
    output_error.use(output="sigmoid", outputs="one"),
    dense.use(
        keepdims=True,
        codes={"mean": "backward"},
        without=["mean.units-taken-for-samples"],  # a single unit: the same as no mean
    ),
    relu.use(),
    named_gradients.use(),
    layout="columns",
    mean="gradients",
    words={"n": "m"},
)
