# fault: y targets-of-no-step 13
# network: ?
import numpy as np

rng = np.random.default_rng(9)
spots = rng.normal(size=(60, 2))
kinds = np.where(spots[:, 0] - spots[:, 1] > 0, 1, -1)
w = np.zeros(2)
for _ in range(3):
    for x, kind in zip(spots, kinds):
        z = np.dot(w, x)
        o = 1 if z >= 0 else 0
        off = kind - o
        w = w + 0.1 * off * x
