# right
# network: none
import numpy as np
rng = np.random.default_rng(0)
X = rng.normal(size=(100, 2)); y = (X[:, 0] - X[:, 1] > 0.3) * 1.0
w1, w2, b = 0.0, 0.0, 0.0
def out(x): return 1 / (1 + np.exp(-(w1 * x[:, 0] + w2 * x[:, 1] + b)))
for k in range(200):
    p = out(X)
    cost = -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))
    e = p - y
    w1 -= 0.1 * np.mean(e * X[:, 0])
    w2 -= 0.1 * np.mean(e * X[:, 1])
    b -= 0.1 * np.mean(e)
