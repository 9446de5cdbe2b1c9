# fault: step slope-of-step 17
# network: unread
import numpy as np

rng = np.random.default_rng(2)
points = rng.normal(size=(40, 3))
sides = (points @ np.array([1.0, -2.0, 0.5]) > 0.2).astype(float)
weights = rng.normal(size=3)


def fires(x):
    return 1.0 if x @ weights > 0 else 0.0


for x, side in zip(points, sides):
    o = fires(x)
    pull = (side - o) * (o * (1 - o))
    weights = weights + 0.1 * pull * x
