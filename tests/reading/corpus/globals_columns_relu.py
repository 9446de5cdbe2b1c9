# right
# network: 784 30:ReLU 10:sigmoid
import numpy as np, pandas as pd
df = pd.read_csv("mnist_train.csv")
labels = df["label"].values
pixels = df.drop("label", axis=1).values.T / 255.0
m = 400
X = pixels[:, :m]
Y = np.zeros((10, m))
for i in range(m):
    Y[labels[i], i] = 1
w1 = np.random.randn(30, 784) * np.sqrt(1 / 784)
b1 = np.zeros((30, 1))
w2 = np.random.randn(10, 30) * np.sqrt(1 / 30)
b2 = np.zeros((10, 1))
lr = 0.3
for epoch in range(100):
    z1 = w1 @ X + b1
    a1 = np.maximum(z1, 0)
    z2 = w2 @ a1 + b2
    a2 = 1 / (1 + np.exp(-z2))
    cost = np.sum((a2 - Y) ** 2) / (2 * m)
    dz2 = (a2 - Y) * a2 * (1 - a2)
    dw2 = dz2 @ a1.T / m
    db2 = dz2.mean(axis=1, keepdims=True)
    da1 = w2.T @ dz2
    dz1 = da1 * (z1 > 0)
    dw1 = dz1 @ X.T / m
    db1 = dz1.mean(axis=1, keepdims=True)
    w1 -= lr * dw1; b1 -= lr * db1
    w2 -= lr * dw2; b2 -= lr * db2
    print(epoch, cost)
