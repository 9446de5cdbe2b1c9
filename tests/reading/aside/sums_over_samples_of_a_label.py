# right
# network: 3 4:tanh 2:sigmoid
import numpy as np

rng = np.random.default_rng(3)
kinds = [np.array([1.0, 0.0]), np.array([0.0, 1.0])]
samples = [(rng.normal(size=3) + k, kinds[k]) for k in (0, 1) for _ in range(12)]
W, V = rng.normal(size=(3, 4)), rng.normal(size=(4, 2))
for _ in range(40):
    dW, dV = np.zeros_like(W), np.zeros_like(V)
    for x, t in samples:
        h = np.tanh(np.matmul(x, W))
        o = 1 / (1 + np.exp(-np.matmul(h, V)))
        # t itself is the beginning of what is made here, for all twelve of a kind
        e = (t - o) * o * (1 - o)
        dV += np.matmul(h[:, None], e[None, :])
        dW += np.matmul(x[:, None], (np.matmul(V, e) * (1 - h**2))[None, :])
    W += 0.1 * dW
    V += 0.1 * dV
