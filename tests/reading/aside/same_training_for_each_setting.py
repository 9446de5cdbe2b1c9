# right
# network: 2 3:sigmoid 1:sigmoid
import numpy as np


def squash(t):
    return 1 / (1 + np.exp(-t))


def learned(inputs, labels, units, rate, rounds=400):
    draw = np.random.RandomState(units)
    first = draw.randn(2, units)
    second = draw.randn(units, 1)
    for _ in range(rounds):
        middle = squash(inputs @ first)
        top = squash(middle @ second)
        loss = -np.mean(labels * np.log(top) + (1 - labels) * np.log(1 - top))
        at_top = (top - labels) / len(inputs)
        at_middle = at_top @ second.T * middle * (1 - middle)
        second = second - rate * middle.T @ at_top
        first = first - rate * inputs.T @ at_middle
    return first, second, loss


corners = np.array([[0.0, 0.2], [0.1, 1.0], [1.0, 0.0], [0.9, 1.1], [0.5, 0.4]])
ors = np.array([[0.0], [1.0], [1.0], [1.0], [1.0]])
first, second, loss = learned(corners, ors, 3, 0.5)
print(squash(squash(corners @ first) @ second))
for units in (2, 5):
    print(units, learned(corners, ors, units, 0.5)[-1], learned(corners, ors, units, 300.0)[-1])
