# right
# network: 2 1:identity
import numpy as np

rng = np.random.default_rng(7)
xs = rng.uniform(-1, 1, (60, 2))
ts = xs[:, :1] * xs[:, 1:]


def logistic(z):
    return 1 / (1 + np.exp(-z))


class Line:
    def __init__(self):
        self.w = rng.normal(0, 1, (2, 1))
        self.c = np.zeros(1)

    def learn(self, x, t, rate):
        out = x @ self.w + self.c
        off = (out - t) / len(x)
        self.w -= rate * x.T @ off
        self.c -= rate * off.sum(axis=0)
        return float(np.mean((out - t) ** 2))


class Curve:
    def __init__(self, units):
        self.v = rng.normal(0, 1, (2, units))
        self.a = np.zeros(units)
        self.w = rng.normal(0, 1, (units, 1))
        self.c = np.zeros(1)

    def learn(self, x, t, rate):
        h = logistic(x @ self.v + self.a)
        out = h @ self.w + self.c
        off = (out - t) / len(x)
        gw = h.T @ off
        gc = off.sum(axis=0)
        back = off @ self.w.T
        slope = h * (1 - h)

        down = back * slope
        self.v -= rate * x.T @ down
        self.a -= rate * down.sum(axis=0)
        self.w -= rate * gw
        self.c -= rate * gc
        return float(np.mean((out - t) ** 2))


ends = []
for model in [Line(), Curve(6), Curve(12)]:
    errors = []
    for epoch in range(400):
        errors.append(model.learn(xs, ts, 0.3))
    ends.append(errors[-1])
print(ends)
