# fault: δ1 ? 20
# network: 2 1:sigmoid
import numpy as np

# bill length, bill depth, kind
birds = [[3.9, 1.9, 0], [4.6, 1.5, 1], [3.8, 2.1, 0], [5.0, 1.4, 1], [4.1, 1.8, 0], [4.9, 1.6, 1], [3.6, 1.7, 0], [4.4, 1.3, 1]]
np.random.seed(6)
slope1, slope2, shift = np.random.randn(), np.random.randn(), np.random.randn()


def squash(v):
    return 1 / (1 + np.exp(-v))


for turn in range(6000):
    bird = birds[np.random.randint(len(birds))]
    v = bird[0] * slope1 + bird[1] * slope2 + shift
    guess = squash(v)
    by_guess = 2 * (guess - bird[2])
    by_v = by_guess * guess
    slope1 = slope1 - 0.1 * by_v * bird[0]
    slope2 = slope2 - 0.1 * by_v * bird[1]
    shift = shift - 0.1 * by_v
    if turn % 50 == 0:
        total = 0
        for b in birds:
            total += np.square(squash(slope1 * b[0] + slope2 * b[1] + shift) - b[2])
        print(turn, total / len(birds))
