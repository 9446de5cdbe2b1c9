# fault: z2 bias-of-another-layer 15
# network: 3 4:sigmoid 4:softmax
import numpy as np

rng = np.random.default_rng(5)
X = rng.normal(size=(3, 50))
Y = np.eye(4)[rng.integers(0, 4, 50)].T
p = {"W1": rng.normal(size=(4, 3)), "b1": rng.normal(size=(4, 1)), "W2": rng.normal(size=(4, 4)), "b2": np.zeros((4, 1))}


def forward(x):
    z1 = p["W1"] @ x + p["b1"]
    a1 = 1 / (1 + np.exp(-z1))
    # b2 is learned, and never used
    e = np.exp(p["W2"] @ a1 + p["b1"])
    return a1, e / e.sum(axis=0)


for _ in range(200):
    a1, a2 = forward(X)
    d2 = (a2 - Y) / X.shape[1]
    d1 = p["W2"].T @ d2 * a1 * (1 - a1)
    g = {"W1": d1 @ X.T, "b1": d1.sum(1, keepdims=True), "W2": d2 @ a1.T, "b2": d2.sum(1, keepdims=True)}
    for key in p:
        p[key] = p[key] - 0.5 * g[key]
