# fault: db2 divided-twice 21
# network: 4 6:tanh 1:sigmoid
import numpy as np
import pandas as pd

table = pd.read_csv("iris.csv")
kinds = table["Species"].astype("category").cat.codes.values
X = table[["SepalLengthCm", "SepalWidthCm", "PetalLengthCm", "PetalWidthCm"]].values
X = (X - X.mean(axis=0)) / X.std(axis=0)
t = (kinds == 1).reshape(-1, 1) * 1.0

class Dense:
    def __init__(self, i, o):
        self.w, self.b = np.random.randn(i, o) / np.sqrt(i), np.zeros(o)
        self.vw, self.vb = 0.0, 0.0
    def forward(self, x):
        self.x = x
        return x.dot(self.w) + self.b
    def backward(self, d):
        self.dw = self.x.T.dot(d)
        self.db = d.mean(axis=0)
        return d.dot(self.w.T)
    def step(self, rate):
        self.vw = 0.9 * self.vw - rate * self.dw
        self.vb = 0.9 * self.vb - rate * self.db
        self.w = self.w + self.vw
        self.b = self.b + self.vb

low, top = Dense(4, 6), Dense(6, 1)
for epoch in range(100):
    mid = np.tanh(low.forward(X))
    p = 1 / (1 + np.exp(-top.forward(mid)))
    loss = np.mean((p - t) ** 2)
    d = 2 * (p - t) * p * (1 - p) / len(t)
    d = top.backward(d) * (1 - mid ** 2)
    low.backward(d)
    top.step(0.1)
    low.step(0.1)
