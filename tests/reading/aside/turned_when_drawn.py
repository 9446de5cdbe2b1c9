# right
# network: 6 3:ReLU 1:identity
import numpy as np


class Regression:
    def __init__(self, inputs, units):
        self.turned_in = np.random.rand(inputs, units).T
        self.shift_in = np.random.rand(units)
        self.turned_out = np.random.rand(units, 1).T
        self.shift_out = np.random.rand(1)

    def fit(self, table, aims, rounds, rate):
        columns, n = table.T, len(aims)
        for _ in range(rounds):
            z = np.dot(self.turned_in, columns) + self.shift_in[:, np.newaxis]
            a = np.maximum(0, z)
            error = np.dot(self.turned_out, a) + self.shift_out - aims.T
            back = np.dot(self.turned_out.T, error) * np.where(z > 0, 1, 0)
            self.turned_out = self.turned_out - rate * (1 / n) * np.dot(error, a.T)
            self.shift_out = self.shift_out - rate * np.mean(error)
            self.turned_in = self.turned_in - rate * (1 / n) * np.dot(back, columns.T)
            self.shift_in = self.shift_in - rate * back.mean(axis=1)


rng = np.random.RandomState(0)
data = rng.randn(60, 6)
Regression(6, 3).fit(data, data[:, :1] - data[:, 1:2], 5, 0.05)
