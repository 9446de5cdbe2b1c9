# fault: run stops 25
# network: 2 3:tanh 1:identity
import numpy as np

rng = np.random.default_rng(11)
spots = rng.normal(size=(24, 2))
depths = spots[:, :1] * 0.5 - spots[:, 1:] * 0.2
first = rng.normal(0, 0.6, (2, 3))
second = rng.normal(0, 0.6, (3, 1))
shift1, shift2 = np.zeros(3), np.zeros(1)


def learn(rounds):
    global first, second, shift1, shift2
    for _ in range(rounds):
        for k in range(len(spots)):
            hidden = np.tanh(spots[k : k + 1] @ first + shift1)
            given = hidden @ second + shift2
            up = given - depths[k : k + 1]
            down = (up @ second.T) * (1 - hidden**2)
            second = second - 0.1 * hidden.T @ up
            shift2 = shift2 - 0.1 * up.sum(0)
            first = first - 0.1 * spots[k : k + 1].T @ down
            shift1 = shift1 - 0.1 * down.sum(0)
        print("one round more", average)


learn(30)
