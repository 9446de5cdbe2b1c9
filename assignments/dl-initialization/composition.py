"""How a layer begins, in two of the three functions; how these go through the layers is in `solution.py`."""

from operations import initial_weights, table

COMMON = ["train.positive-weights", "train.unscaled-weights"]  # `uniform-weights` and `not-large` say more

USES = table(
    initial_weights.use(
        scheme="large", prefix="random_", codes={"train": "initialize_parameters_random"}, without=COMMON[:1]
    ),
    initial_weights.use(scheme="he", codes={"train": "initialize_parameters_he"}, without=COMMON[:1]),
    layout="columns",
    keepdims=True,
    is_measured=True,
)
