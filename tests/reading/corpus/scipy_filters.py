# right
# network: 1352 12:sigmoid 2:sigmoid
import numpy as np
from keras.datasets import mnist
from scipy.signal import correlate2d


class Filters:
    def __init__(self, count, size, side):
        self.K = np.random.randn(count, size, size) * 0.3
        self.shift = np.zeros((count, side - size + 1, side - size + 1))

    def ahead(self, picture):
        self.picture = picture
        maps = self.shift.copy()
        for i in range(len(self.K)):
            maps[i] += correlate2d(picture, self.K[i], "valid")
        return maps.reshape(-1, 1)

    def home(self, g, eta):
        g = g.reshape(self.shift.shape)
        change = np.zeros(self.K.shape)
        for i in range(len(self.K)):
            change[i] = correlate2d(self.picture, g[i], "valid")
        self.K -= eta * change
        self.shift -= eta * g


class Full:
    def __init__(self, n, m):
        self.W = np.random.randn(m, n) * 0.05
        self.b = np.zeros((m, 1))

    def ahead(self, x):
        self.x = x
        return np.dot(self.W, x) + self.b

    def home(self, g, eta):
        below = np.dot(self.W.T, g)
        self.W -= eta * np.dot(g, self.x.T)
        self.b -= eta * g
        return below


class Squash:
    def ahead(self, x):
        self.a = 1 / (1 + np.exp(-x))
        return self.a

    def home(self, g, eta):
        return g * self.a * (1 - self.a)


np.random.seed(8)
(x, t), _ = mnist.load_data()
two = t < 2
x, y = x[two] / 255, np.eye(2)[t[two]].reshape(-1, 2, 1)
net = [Filters(2, 3, 28), Squash(), Full(2 * 26 * 26, 12), Squash(), Full(12, 2), Squash()]
for epoch in range(3):
    for one, wanted in zip(x, y):
        out = one
        for part in net:
            out = part.ahead(out)
        loss = np.mean(-wanted * np.log(out) - (1 - wanted) * np.log(1 - out))
        g = ((1 - wanted) / (1 - out) - wanted / out) / wanted.size
        for part in net[::-1]:
            g = part.home(g, 0.1)
    print(epoch, loss)
