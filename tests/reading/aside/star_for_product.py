# fault: W weights-grow 18
# network: none
import numpy as np

rng = np.random.default_rng(6)
first = rng.normal(size=(1, 5))
second = rng.normal(size=(5, 1))


def f(z):
    return 1 / (1 + np.exp(-z))


for _ in range(2000):
    x = rng.integers(0, 2, 1)
    h = f(x * first)
    o = f(h * second)
    first = first + 0.1 * x * (1 - x - o) * h * (1 - h)
    second = second + 0.1 * h * (1 - x - o)
