"""What layers and steps are made of; how they are put together is in `solution.py`."""

from operations import dense, momentum, relu

USES = (
    dense.use(only=[]),
    relu.use(only=[]),
    momentum.use(velocity="sum", names={"momentum": "momentum_alone"}, codes={"momentum": "SGD"}),
)
