# fault: z2 bias-of-another-layer 14
# network: 3 5:tanh 1:identity
import numpy as np

rng = np.random.default_rng(8)
wind = rng.normal(size=(30, 3))
power = (wind[:, :1] - wind[:, 1:2]) * 0.7 + 0.3
first = rng.normal(0, 0.6, (3, 5))
second = rng.normal(0, 0.6, (5, 1))
lift1 = 0
lift2 = 0
for _ in range(80):
    hidden = np.tanh(wind @ first + lift1)
    given = hidden @ second + lift1
    cost = np.mean((given - power) ** 2) / 2
    up = (given - power) / len(wind)
    down = (up @ second.T) * (1 - hidden**2)
    second -= 0.1 * hidden.T @ up
    first -= 0.1 * wind.T @ down
    lift2 -= 0.1 * np.sum(up)
    lift1 -= 0.1 * np.mean(down)
