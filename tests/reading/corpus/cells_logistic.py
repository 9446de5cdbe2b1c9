# right
# network: 30 1:sigmoid
import numpy as np
from sklearn.datasets import load_breast_cancer

data = load_breast_cancer()
cells = (data.data - data.data.mean(axis=0)) / data.data.std(axis=0)
kind = data.target.reshape(-1, 1)
w, b = np.zeros((cells.shape[1], 1)), 0.0
for i in range(2000):
    p = 1 / (1 + np.exp(-(cells @ w + b)))
    loss = -np.mean(kind * np.log(p) + (1 - kind) * np.log(1 - p))
    w = w - 0.05 * cells.T @ (p - kind) / len(cells)
    b = b - 0.05 * np.mean(p - kind)
print(loss)
