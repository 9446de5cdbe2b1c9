# right
# network: 3 5:ReLU 1:identity
import numpy as np

rng = np.random.RandomState(4)


class Stage:
    def __init__(self, inputs, units, kind):
        self.W, self.b, self.kind = rng.randn(inputs, units) * 0.4, np.zeros(units), kind

    def act(self, z):
        return np.maximum(0, z) if self.kind == "relu" else z

    def slope(self, z):
        return 1 * (z > 0) if self.kind == "relu" else z - (z - 1)

    def ahead(self, x):
        self.x = x
        return self.act(np.dot(x, self.W) + self.b)

    def back(self, grad, rate):
        grad = grad * self.slope(np.dot(self.x, self.W) + self.b)
        below = np.dot(grad, self.W.T)
        self.W -= rate * np.dot(self.x.T, grad)
        self.b -= rate * np.sum(grad, axis=0)
        return below


stages = [Stage(3, 5, "relu"), Stage(5, 1, "none")]
X = rng.randn(50, 3)
Y = X[:, :1] * X[:, 1:2] + 0.5
for epoch in range(200):
    out = X
    for stage in stages:
        out = stage.ahead(out)
    grad = 2 * (out - Y) / len(X)
    for stage in reversed(stages):
        grad = stage.back(grad, 0.05)
