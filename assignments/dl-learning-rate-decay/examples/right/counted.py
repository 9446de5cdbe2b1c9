import math


def update_lr(learning_rate0, epoch_num, decay_rate):
    return learning_rate0 * math.pow(1 + decay_rate * epoch_num, -1)


def schedule_lr_decay(learning_rate0, epoch_num, decay_rate, time_interval=1000):
    passed = 0
    while epoch_num >= time_interval:
        epoch_num -= time_interval
        passed += 1
    denominator = 1
    for _ in range(passed):
        denominator += decay_rate
    return learning_rate0 / denominator
