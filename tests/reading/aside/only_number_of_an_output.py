# right
# network: 3 2:tanh 1:sigmoid
import numpy as np
rows = np.array([[1, 0, 0], [1, 0, 1], [1, 1, 0], [1, 1, 1]]); told = np.array([0, 1, 1, 0])
rng = np.random.default_rng(42)
low, high = rng.normal(size=(2, 3)), rng.normal(size=(1, 3))
def squash(v, steep):
    return 1 / (1 + np.exp(-steep * v))
def ahead(row, steep):
    kept = np.concatenate(([1.0], np.tanh(steep * (low @ row))))
    return squash(high @ kept, steep), kept
for turn in range(3000):
    for row, aim in zip(rows, told):
        given, kept = ahead(row, 1.0)
        given = given[0]
        out = (aim - given) * given * (1 - given)
        back = out * high[0, 1:] * (1 - kept[1:] ** 2)
        high[0, :] += .5 * out * kept
        low += .5 * np.outer(back, row)
