"""What the class is made of; the class is in `solution.py`. Each way of computing distances has steps of its own."""

from operations import nearest_neighbours


def distances_alone(name, loops):
    return nearest_neighbours.use(
        names={"distances": f"distances_{name}"},
        prefix=f"{name}_",
        codes={"distances": f"compute_distances_{loops}"},
        only=["distances.*"],
    )


USES = (
    distances_alone("two", "two_loops"),
    distances_alone("one", "one_loop"),
    nearest_neighbours.use(codes={"distances": "compute_distances_no_loops", "voted": "predict_labels"}),
)
