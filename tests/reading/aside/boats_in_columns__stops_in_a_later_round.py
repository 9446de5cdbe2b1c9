# fault: run stops 19
# network: 3 1:sigmoid
import numpy as np

rng = np.random.default_rng(5)
boats = rng.normal(size=(30, 3))
sinks = (boats[:, :1] > 0.2) * 1.0
late = rng.normal(size=(10, 3))
late_sinks = (late[:8, :1] > 0.2) * 1.0
weights, shift = rng.normal(0, 0.5, (3, 1)), np.zeros(1)


def odds(some):
    return 1 / (1 + np.exp(-(some @ weights + shift)))


def measure():
    given = odds(late)
    return np.mean((given - late_sinks) ** 2)


for turn in range(300):
    error = (odds(boats) - sinks) / 30
    weights -= 0.3 * boats.T @ error
    shift -= 0.3 * error.sum(0)
    if turn == 250:
        print("after many turns", measure())
