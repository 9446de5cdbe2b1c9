# fault: δ1 error-in-place-of-delta 16
# network: 3 4:sigmoid 1:sigmoid
import numpy as np

rng = np.random.default_rng(8)
rows = rng.integers(0, 2, (8, 3)).astype(float)
flags = (rows.sum(1, keepdims=True) > 1.5).astype(float)
first, second = rng.normal(size=(3, 4)), rng.normal(size=(4, 1))
bend = lambda v: 1 / (1 + np.exp(-v))
for k in range(400):
    middle = bend(rows @ first)
    answer = bend(middle @ second)
    print(((flags - answer) ** 2).mean())
    error = flags - answer
    change = error * answer * (1 - answer)
    below = error * middle * (1 - middle)
    second += middle.T @ change
    first += rows.T @ below
