# fault: step slope-of-data 26
# network: none
import numpy as np

gates = np.array([[0.0, 0, 1], [0, 1, 1], [1, 0, 1], [1, 1, 1]])
wanted = np.array([[0.0], [1], [1], [0]])
np.random.seed(4)
into = np.random.uniform(-1, 1, (3, 5))
out_of = np.random.uniform(-1, 1, (5, 1))


def squash(t):
    return 1 / (1 + np.exp(-t))


def squash_slope(t):
    return t * (1 - t)


for turn in range(4000):
    middle = squash(gates @ into)
    given = squash(middle @ out_of)
    missing = wanted - given
    # the slope belongs to what was given
    at_middle = squash_slope(middle)
    at_end = squash_slope(wanted)
    push = missing * at_end
    push_below = (push @ out_of.T) * at_middle
    out_of += 0.5 * middle.T @ push
    into += 0.5 * gates.T @ push_below
