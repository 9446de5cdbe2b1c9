# right
# network: 8 6:sigmoid 1:sigmoid
import numpy as np
import pandas as pd

table = pd.read_csv("concentric.csv")
for row in range(3):
    print(table.iloc[row].values)
inputs = table.iloc[:, :-1].values
kinds = table.iloc[:, -1].values.reshape(-1, 1)
V = np.random.randn(inputs.shape[1], 6)
v = np.zeros((1, 6))
U = np.random.randn(6, 1)
u = np.zeros((1, 1))
for step in range(200):
    h = 1 / (1 + np.exp(-(inputs @ V + v)))
    o = 1 / (1 + np.exp(-(h @ U + u)))
    print(np.mean((kinds - o) ** 2) / 2)
    e = (kinds - o) * o * (1 - o)
    d = e @ U.T * h * (1 - h)
    U += 0.2 * h.T @ e
    u += 0.2 * e.sum(0)
    V += 0.2 * inputs.T @ d
    v += 0.2 * d.sum(0)
