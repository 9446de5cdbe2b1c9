# fault: db2 sum-of-dW 37
# network: 8 5:tanh 3:sigmoid
import random
import numpy as np

def rows(name):
    with open(name) as file:
        lines = [line.strip() for line in file.readlines()]
    numbers = [[float(one) for one in line.split(",")] for line in lines]
    random.shuffle(numbers)
    table = np.array(numbers)
    x = (table[:, :-1] - table[:, :-1].mean(0)) / table[:, :-1].std(0)
    return x, np.eye(3)[table[:, -1].astype(int)]

class Net:
    def __init__(self, sizes):
        self.W = [np.random.randn(a, b) / np.sqrt(a) for a, b in zip(sizes, sizes[1:])]
        self.b = [np.zeros((1, b)) for b in sizes[1:]]

    def forward(self, x):
        self.h = np.tanh(x @ self.W[0] + self.b[0])
        self.o = 1 / (1 + np.exp(-(self.h @ self.W[1] + self.b[1])))
        return self.o

    def cost(self, y):
        return -np.mean(np.sum(y * np.log(self.o) + (1 - y) * np.log(1 - self.o), axis=1))

    def step(self, x, y, rate):
        n = len(x)
        self.forward(x)
        print(self.cost(y))
        e = self.o - y
        g = e @ self.W[1].T * (1 - self.h**2)
        dW = x.T @ g / n, self.h.T @ e / n
        db = (
            g.sum(0, keepdims=True) / n,
            dW[1].sum(0, keepdims=True),
        )
        for k in range(2):
            self.W[k] -= rate * dW[k]
            self.b[k] -= rate * db[k]

x, y = rows("diabetes")
net = Net([8, 5, 3])
for epoch in range(50):
    for k in range(0, len(x), 64):
        net.step(x[k : k + 64], y[k : k + 64], 0.3)
