# right
# network: 4 6:sigmoid 3:sigmoid
import numpy as np
import pandas as pd

table = pd.read_csv("Iris.csv")
species = table["Species"].values
X = table[["SepalLengthCm", "SepalWidthCm", "PetalLengthCm", "PetalWidthCm"]].values.astype(float)
X = (X - X.mean(axis=0)) / X.std(axis=0)
names = sorted(set(species))
T = np.array([[1.0 if s == n else 0.0 for n in names] for s in species])

def squash(v):
    return 1.0 / (1.0 + np.exp(-v))

hidden_weights = np.random.uniform(-1, 1, size=(6, 4))
hidden_bias = np.random.uniform(-1, 1, size=6)
out_weights = np.random.uniform(-1, 1, size=(3, 6))
out_bias = np.random.uniform(-1, 1, size=3)

def train_epoch(rate):
    global hidden_weights, hidden_bias, out_weights, out_bias
    total = 0.0
    for x, t in zip(X, T):
        h = squash(np.matmul(hidden_weights, x) + hidden_bias)
        o = squash(np.matmul(out_weights, h) + out_bias)
        total += 0.5 * np.sum((t - o) ** 2)
        gradient_o = (o - t) * o * (1 - o)
        gradient_h = np.matmul(gradient_o, out_weights) * h * (1 - h)
        out_weights = out_weights - rate * gradient_o[:, None] * h[None, :]
        out_bias = out_bias - rate * gradient_o
        hidden_weights = hidden_weights - rate * gradient_h[:, None] * x[None, :]
        hidden_bias = hidden_bias - rate * gradient_h
    return total / len(X)

epoch = 0
while True:
    loss = train_epoch(0.2)
    epoch += 1
    if epoch % 20 == 0:
        print(epoch, loss)
    if loss < 0.01 or epoch > 500:
        break
