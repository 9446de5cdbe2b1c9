# fault: ? ? 37
# network: 2 8:tanh 1:sigmoid
import argparse
import numpy as np
from sklearn.datasets import make_circles

parser = argparse.ArgumentParser()
parser.add_argument("--epochs", type=int, default=200)
parser.add_argument("--lr", type=float, default=0.1)
args = parser.parse_args()

X, y = make_circles(n_samples=240, noise=0.05, factor=0.5)
y = y[:, np.newaxis]

class Linear:
    def __init__(self, i, o):
        self.params = [np.random.randn(i, o) * np.sqrt(2 / (i + o)), np.zeros(o)]
        self.grads = [None, None]

    def __call__(self, x):
        self.input = x
        return np.dot(x, self.params[0]) + self.params[1]

    def backward(self, g):
        self.grads[0] = np.dot(self.input.T, g)
        self.grads[1] = np.sum(g, axis=0)
        return np.dot(g, self.params[0].T)

class Tanh:
    params, grads = [], []

    def __call__(self, x):
        self.out = np.tanh(x)
        return self.out

    def backward(self, g):
        return g * self.out * (1 - self.out ** 2)

class Sigmoid(Tanh):
    def __call__(self, x):
        self.out = 1 / (1 + np.exp(-x))
        return self.out

    def backward(self, g):
        return g * self.out * (1 - self.out)

class BCE:
    def __call__(self, p, t):
        self.p, self.t = p, t
        return -np.mean(t * np.log(p) + (1 - t) * np.log(1 - p))

    def backward(self):
        return (self.p - self.t) / (self.p * (1 - self.p)) / len(self.t)

class SGD:
    def __init__(self, modules, lr):
        self.modules, self.lr = modules, lr

    def step(self):
        for module in self.modules:
            for i, g in enumerate(module.grads):
                module.params[i] = module.params[i] - self.lr * g

model = [Linear(2, 8), Tanh(), Linear(8, 1), Sigmoid()]
criterion, optimizer = BCE(), SGD(model, args.lr)
for epoch in range(args.epochs):
    out = X
    for module in model:
        out = module(out)
    loss = criterion(out, y)
    grad = criterion.backward()
    for module in model[::-1]:
        grad = module.backward(grad)
    optimizer.step()
print(loss)
