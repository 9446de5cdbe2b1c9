"""What a submission to this assignment implements: two rules by which a learning rate becomes smaller."""


def update_lr(learning_rate0: float, epoch_num: int, decay_rate: float) -> float:
    """The learning rate of an epoch: learning_rate0 / (1 + decay_rate · epoch_num).

    Args:
        learning_rate0: the first learning rate.
        epoch_num: number of the epoch, counted from 0.
        decay_rate: how fast it decays.

    Returns:
        learning_rate: one number.
    """


def schedule_lr_decay(learning_rate0: float, epoch_num: int, decay_rate: float, time_interval: int = 1000) -> float:
    """The same, changed every `time_interval` epochs: learning_rate0 / (1 + decay_rate · ⌊epoch_num / time_interval⌋).

    Args:
        learning_rate0: the first learning rate.
        epoch_num: number of the epoch, counted from 0.
        decay_rate: how fast it decays.
        time_interval: for how many epochs the rate stays the same.

    Returns:
        learning_rate: one number.
    """
