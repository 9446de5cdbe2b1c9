# fault: step forward-outside-loop 13
# network: unread
import numpy as np

rng = np.random.default_rng(5)
lengths = rng.normal(size=(30, 2))
is_long = (lengths.sum(axis=1) > 0).astype(float)
weights = rng.normal(size=2)
chance = 1 / (1 + np.exp(-(lengths @ weights)))
for _ in range(500):
    wrong = chance - is_long
    pull = lengths.T @ (wrong * chance * (1 - chance))
    weights = weights - 0.05 * pull
