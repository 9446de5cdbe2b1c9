# partly
# network: 2 1:sigmoid
import numpy as np
rng = np.random.default_rng(5)
def slopes(theta, X, y):
    return X.T @ (1 / (1 + np.exp(-X @ theta)) - y) / len(X)
def slopes_held(theta, X, y):
    g = slopes(theta, X, y)
    theta[0] = 0
    return g + .1 * theta
X = rng.normal(size=(50, 2)); y = (X[:, :1] + .3 * rng.normal(size=(50, 1)) > 0) * 1.0
theta = rng.normal(size=(2, 1)) * .1
for _ in range(100):
    theta -= .5 * slopes(theta, X, y)
theta = rng.normal(size=(2, 1)) * .1
for _ in range(100):
    theta -= .5 * slopes_held(theta, X, y)
