# fault: cost cost-of-changed-output 14
# network: 2 5:tanh 2:softmax
import numpy as np

rng = np.random.default_rng(8)
points = rng.normal(size=(40, 2))
sides = (points[:, 0] > points[:, 1] ** 2).astype(int)
P, p = rng.normal(size=(2, 5)), np.zeros((1, 5))
Q, q = rng.normal(size=(5, 2)), np.zeros((1, 2))
for turn in range(400):
    h = np.tanh(points @ P + p)
    raised = np.exp(h @ Q + q)
    shares = raised / raised.sum(axis=1, keepdims=True)
    off = shares
    off[np.arange(40), sides] -= 1
    dQ, dq = h.T @ off, off.sum(axis=0, keepdims=True)
    back = (off @ Q.T) * (1 - h * h)
    dP, dp = points.T @ back, back.sum(axis=0, keepdims=True)
    P, p, Q, q = P - 0.01 * dP, p - 0.01 * dp, Q - 0.01 * dQ, q - 0.01 * dq
    if turn % 100 == 0:
        print(-np.log(shares[np.arange(40), sides]).mean())
