# fault: δ1 slope-of-sigmoid 31
# network: 3 10:swish 2:identity
import numpy as np

class Regressor:
    """Two layers, fitted to a made-up law."""

    def __init__(self, n_in: int, n_hidden: int, n_out: int, seed: int = 0) -> None:
        gen = np.random.default_rng(seed)
        self.v = gen.standard_normal((n_in, n_hidden)) / n_in ** 0.5
        self.c = gen.standard_normal(n_hidden) * 0.1
        self.w = gen.standard_normal((n_hidden, n_out)) / n_hidden ** 0.5
        self.d = np.zeros(n_out)

    @staticmethod
    def _sigma(q):
        return 1 / (1 + np.exp(-q))

    def _swish_slope(self, q):
        s = self._sigma(q)
        return s * (1 - s)

    def fit(self, x, t, *, steps, rate):
        losses = np.empty(steps)
        for s in range(steps):
            q = x @ self.v + self.c
            h = q * self._sigma(q)
            p = h @ self.w + self.d
            losses[s] = ((p - t) ** 2).sum() / (2 * len(x))
            gp = (p - t) / len(x)
            gq = gp @ self.w.T * self._swish_slope(q)
            self.w, self.d = self.w - rate * h.T @ gp, self.d - rate * gp.sum(axis=0)
            self.v, self.c = self.v - rate * x.T @ gq, self.c - rate * gq.sum(axis=0)
        return losses

x = np.random.default_rng(1).uniform(-1, 1, (90, 3))
t = np.stack([x[:, 0] * x[:, 1], x.sum(1) ** 2], axis=1)
print(Regressor(3, 10, 2).fit(x, t, steps=300, rate=0.2)[-1])
