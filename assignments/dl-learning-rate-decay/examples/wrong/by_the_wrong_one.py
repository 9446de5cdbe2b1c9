"""The second rule asks the first one, which is wrong."""


def update_lr(learning_rate0, epoch_num, decay_rate):
    return learning_rate0 / 1.0 + decay_rate * epoch_num


def schedule_lr_decay(learning_rate0, epoch_num, decay_rate, time_interval=1000):
    return update_lr(learning_rate0, epoch_num // time_interval, decay_rate)
