# fault: db1 sign-turned 12
# network: 3 2:identity
import numpy as np

rng = np.random.default_rng(8)
spots = rng.normal(size=(40, 3))
heights = spots @ rng.normal(size=(3, 2)) + [1.0, -2.0]
table = rng.normal(0, 0.1, size=(4, 2))
for _ in range(60):
    missing = heights - (spots @ table[1:] + table[0])
    table[1:] += 0.2 * spots.T @ missing / 40
    table[0] -= 0.2 * missing.mean(axis=0)
print(table)
