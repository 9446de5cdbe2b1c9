# fault: step output-takes-no-part 12
# network: unread
import numpy as np

rng = np.random.default_rng(2)
points = rng.normal(size=(40, 3))
sides = np.sign(points @ np.array([1.0, -2.0, 0.5]))
weights = np.array([1.0, 1.0, 1.0])
for _ in range(30):
    given = np.sign(points @ weights)
    print((given == sides).mean())
    weights = weights + sides @ points
