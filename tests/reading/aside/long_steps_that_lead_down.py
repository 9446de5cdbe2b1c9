# right
# network: 2 2:sigmoid 1:sigmoid
import numpy as np
rng = np.random.default_rng(1)
points = rng.integers(0, 100, (400, 2)) / 100
apart = ((points[:, :1] >= 0.5) != (points[:, 1:] >= 0.5)) * 1.0
inner, inner_b = rng.random((2, 2)), rng.random((1, 2))
outer, outer_b = rng.random((2, 1)), rng.random((1, 1))
def squash(v):
    return 1 / (1 + np.exp(-v))
for turn in range(1000):
    mid = squash(points @ inner + inner_b)
    guess = squash(mid @ outer + outer_b)
    off = (apart - guess) * guess * (1 - guess)
    off_mid = off @ outer.T * mid * (1 - mid)
    outer += 0.1 * mid.T @ off
    outer_b += 0.1 * off.sum(0)
    inner += 0.1 * points.T @ off_mid
    inner_b += 0.1 * off_mid.sum(0)
print(np.mean((apart - guess) ** 2))
