# right
# network: 13 9:leaky ReLU (0.1) 1:sigmoid
import pandas as pd
import numpy as np

table = pd.read_csv("heart.csv")
y = table["target"].values.reshape(-1, 1).astype(float)
X = table.drop(columns=["target"]).values.astype(float)
X = (X - X.mean(axis=0)) / X.std(axis=0)
sizes, decay, eta = [X.shape[1], 9, 1], 1e-3, 0.2
np.random.seed(12)
ws = [np.random.randn(a, b) / np.sqrt(a) for a, b in zip(sizes, sizes[1:])]
bs = [np.zeros(b) for b in sizes[1:]]
for epoch in range(40):
    for at in range(0, len(X), 128):  # 128, 128 and 47 of them
        xb, yb = X[at : at + 128], y[at : at + 128]
        h = np.maximum(0.1 * (xb @ ws[0] + bs[0]), xb @ ws[0] + bs[0])
        out = 1 / (1 + np.exp(-(h @ ws[1] + bs[1])))
        d2 = (out - yb) / len(xb)
        d1 = (d2 @ ws[1].T) * np.where(h > 0, 1, 0.1)
        ws[1] = ws[1] - eta * (h.T @ d2 + decay * ws[1])
        ws[0] = ws[0] - eta * (xb.T @ d1 + decay * ws[0])
        bs[1] = bs[1] - eta * d2.sum(axis=0)
        bs[0] = bs[0] - eta * d1.sum(axis=0)
    print(epoch, -np.mean(yb * np.log(out) + (1 - yb) * np.log(1 - out)))
