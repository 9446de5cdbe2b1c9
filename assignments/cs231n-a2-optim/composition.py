"""Which rule is which step; how settings and state come is in `solution.py`."""

from operations import adam, momentum, rmsprop

USES = (
    momentum.use(codes={"momentum": "sgd_momentum"}),
    rmsprop.use(names={"rmsprop": "rmsprop_alone"}, codes={"rmsprop": "rmsprop"}),
    adam.use(names={"adam": "adam_alone"}, codes={"adam": "adam"}),
)
