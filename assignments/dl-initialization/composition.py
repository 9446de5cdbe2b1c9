"""How a layer begins, in two of the three functions; how these go through the layers is in `solution.py`."""

from operations import initial_weights, table

SAID = ["train.positive-weights"]  # `uniform-weights` says it better

USES = table(
    initial_weights.use(
        scheme="large", prefix="random_", codes={"train": "initialize_parameters_random"}, without=SAID
    ),
    initial_weights.use(scheme="he", codes={"train": "initialize_parameters_he"}, without=SAID),
    layout="columns",
    keepdims=True,
    is_measured=True,
)
