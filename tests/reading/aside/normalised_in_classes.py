# right
# network: ?
import numpy as np
from sklearn.datasets import load_digits
from sklearn.model_selection import train_test_split

class Linear:
    def __init__(self, n_in, n_out):
        self.W = np.random.randn(n_in, n_out) * np.sqrt(2. / n_in)
        self.b = np.zeros(n_out)
    def forward(self, x):
        self.x = x
        return x @ self.W + self.b
    def backward(self, g):
        self.dW = self.x.T @ g
        self.db = g.sum(axis=0)
        return g @ self.W.T
    def params(self):
        return [(self.W, self.dW), (self.b, self.db)]

class BatchNorm:
    def __init__(self, d, eps=1e-5, momentum=0.9):
        self.gamma = np.ones(d)
        self.beta = np.zeros(d)
        self.eps = eps
        self.momentum = momentum
        self.running_mean = np.zeros(d)
        self.running_var = np.ones(d)
    def forward(self, x, train=True):
        if train:
            self.mu = x.mean(axis=0)
            self.var = x.var(axis=0)
            self.xc = x - self.mu
            self.std = np.sqrt(self.var + self.eps)
            self.xn = self.xc / self.std
            self.running_mean = self.momentum * self.running_mean + (1 - self.momentum) * self.mu
            self.running_var = self.momentum * self.running_var + (1 - self.momentum) * self.var
        else:
            self.xn = (x - self.running_mean) / np.sqrt(self.running_var + self.eps)
        return self.gamma * self.xn + self.beta
    def backward(self, g):
        N = g.shape[0]
        self.dgamma = (g * self.xn).sum(axis=0)
        self.dbeta = g.sum(axis=0)
        gx = g * self.gamma
        return (N * gx - gx.sum(axis=0) - self.xn * (gx * self.xn).sum(axis=0)) / (N * self.std)
    def params(self):
        return [(self.gamma, self.dgamma), (self.beta, self.dbeta)]

class ReLU:
    def forward(self, x):
        self.mask = x > 0
        return x * self.mask
    def backward(self, g):
        return g * self.mask
    def params(self):
        return []

def softmax(z):
    z = z - z.max(axis=1, keepdims=True)
    e = np.exp(z)
    return e / e.sum(axis=1, keepdims=True)

class Net:
    def __init__(self, sizes):
        self.layers = []
        for i in range(len(sizes) - 2):
            self.layers += [Linear(sizes[i], sizes[i + 1]), BatchNorm(sizes[i + 1]), ReLU()]
        self.layers.append(Linear(sizes[-2], sizes[-1]))
    def forward(self, x, train=True):
        for l in self.layers:
            x = l.forward(x, train) if isinstance(l, BatchNorm) else l.forward(x)
        return softmax(x)
    def backward(self, p, y):
        g = p.copy()
        g[np.arange(len(y)), y] -= 1
        g /= len(y)
        for l in reversed(self.layers):
            g = l.backward(g)
    def step(self, lr):
        for l in self.layers:
            for p, g in l.params():
                p -= lr * g

np.random.seed(1)
X, y = load_digits(return_X_y=True)
X = X / 16.0
Xtr, Xte, ytr, yte = train_test_split(X, y, test_size=0.2, random_state=0)
net = Net([64, 50, 30, 10])
for epoch in range(20):
    idx = np.random.permutation(len(Xtr))
    losses = []
    for i in range(0, len(Xtr), 64):
        b = idx[i:i + 64]
        p = net.forward(Xtr[b])
        losses.append(-np.log(p[np.arange(len(b)), ytr[b]] + 1e-12).mean())
        net.backward(p, ytr[b])
        net.step(0.1)
    acc = (net.forward(Xte, train=False).argmax(1) == yte).mean()
    print(epoch, np.mean(losses), acc)
