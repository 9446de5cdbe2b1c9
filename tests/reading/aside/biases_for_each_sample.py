# fault: db2 not-summed 22
# network: 3 4:sigmoid 2:sigmoid
import numpy as np

rng = np.random.default_rng(11)


def squash(v):
    return 1 / (1 + np.exp(-v))


X = rng.normal(size=(3, 7))
T = (rng.random((2, 7)) > 0.5).astype(float)
V, c = rng.normal(size=(4, 3)), rng.normal(size=(4, 1))
U, d = rng.normal(size=(2, 4)), rng.normal(size=(2, 1))
for k in range(15):
    H = squash(V @ X + c)
    O = squash(U @ H + d)
    loss = np.mean((O - T) ** 2)
    e = (O - T) * O * (1 - O)
    g = (U.T @ e) * H * (1 - H)
    U, d = U - 0.2 * e @ H.T, d - 0.2 * e
    V, c = V - 0.2 * g @ X.T, c - 0.2 * g
