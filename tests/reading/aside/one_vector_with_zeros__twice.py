# fault: db1 divided-twice 21
# network: 4 7:tanh 3:softmax
import numpy as np

rng = np.random.default_rng(12)
X = rng.normal(size=(90, 4))
kinds = X[:, :3].argmax(axis=1)
shapes = (4, 7), (7,), (7, 3), (3,)
theta = np.concatenate([rng.normal(0, 0.4, 28), np.zeros(7), rng.normal(0, 0.4, 21), np.zeros(3)])


def gradient(theta):
    edges = [0, 28, 35, 56, 59]
    A, a, B, b = [theta[edges[k] : edges[k + 1]].reshape(shape) for k, shape in enumerate(shapes)]
    h = np.tanh(X @ A + a)
    p = np.exp(h @ B + b)
    p /= p.sum(axis=1, keepdims=True)
    loss = -np.log(p[np.arange(90), kinds]).mean()
    d = (p - np.eye(3)[kinds]) / 90
    e = d @ B.T * (1 - h * h)
    return loss, np.concatenate([(X.T @ e).ravel(), e.mean(axis=0), (h.T @ d).ravel(), d.sum(axis=0)])


for step in range(100):
    loss, change = gradient(theta)
    theta = theta - 0.4 * change
