# right
# network: 1 1:identity
import numpy as np

rng = np.random.default_rng(4)


def straight(x, t, w=0.0, b=0.0):
    for _ in range(120):
        e = w * x + b - t
        w -= 0.1 * (e * x).mean(); b -= 0.1 * e.mean()
    return w, b


def curved(x, t, w=0.0, b=0.0):
    for _ in range(120):
        e = 1 / (1 + np.exp(-(w * x + b))) - t
        w -= 0.4 * (e * x).mean(); b -= 0.4 * e.mean()
    return w, b


x = rng.normal(size=40)
print(straight(x, 2 * x + 1))
print(curved(x, (x > 0.3) * 1.0))
