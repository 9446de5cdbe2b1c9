# right
# network: 2 4:tanh 1:identity
import numpy as np

rng = np.random.default_rng(42)
pairs = [([0, 0], 0), ([0, 1], 1), ([1, 0], 1), ([1, 1], 0)]
low, high = rng.normal(size=(2, 4)) * 0.5, rng.normal(size=(4, 1)) * 0.5
for lap in range(100):
    for x, t in pairs:
        x = np.array(x, float)
        bent = np.tanh(x @ low)
        out = bent @ high
        loss = (out - t) ** 2
        e = out - t
        g = e @ high.T * (1 - bent**2)
        high -= 0.3 * np.outer(bent, e)
        low -= 0.3 * np.outer(x, g)
