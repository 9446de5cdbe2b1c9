"""Learning rates that become smaller from epoch to epoch (Deep Learning, section 8.3.1).

η = η₀ / (1 + k·t), where t counts epochs, or the intervals of several epochs that have passed.
"""

import numpy as np


def decayed_rate(rate: float, epoch: int, decay: float) -> float:
    """The rate of an epoch, counted from 0."""
    return rate / divisor(decay, epoch)


def divisor(decay: float, time: float) -> float:
    """What the first rate is divided by."""
    return 1 + decay * time


def scheduled_rate(rate: float, epoch: int, decay: float, interval: int) -> float:
    """The same, changed every `interval` epochs only."""
    return rate / divisor_after(decay, intervals_passed(epoch, interval))


def divisor_after(decay: float, intervals: float) -> float:
    """What the first rate is divided by."""
    return 1 + decay * intervals


def intervals_passed(epoch: int, interval: int) -> float:
    """How many whole intervals lie before an epoch."""
    return float(np.floor(epoch / interval))
