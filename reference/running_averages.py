"""Running averages that batch normalisation keeps for evaluations (Ioffe & Szegedy 2015, section 3.1)."""

from reference.arrays import Array


def running_average(old: Array, new: Array, alpha: float) -> Array:
    """An average after one more batch, of which `alpha` stays."""
    return alpha * old + (1 - alpha) * new


def statistics(batch: Array, running: tuple[Array, Array]) -> tuple[Array, Array]:
    """Mean and variance that an evaluation uses: those that were kept, whatever the batch is."""
    return running
