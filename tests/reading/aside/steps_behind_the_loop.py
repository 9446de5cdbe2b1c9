# fault: step update-behind-loop 20|21
# network: unread
import numpy as np

rng = np.random.default_rng(6)
X = rng.normal(size=(30, 3))
T = (X[:, :1] > 0).astype(float)
W, V = rng.normal(size=(3, 4)), rng.normal(size=(4, 1))


def forward(x):
    h = np.tanh(x @ W)
    return h, 1 / (1 + np.exp(-h @ V))


for epoch in range(40):
    h, o = forward(X)
    d = (o - T) / len(X)
e = d @ V.T * (1 - h * h)
V -= 0.5 * h.T @ d
W -= 0.5 * X.T @ e
print(np.mean((forward(X)[1] > 0.5) == T))
