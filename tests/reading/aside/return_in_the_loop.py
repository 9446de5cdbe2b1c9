# fault: step loop-ends-at-once 27
# network: none
import numpy as np


class Net:
    def __init__(self, inputs, units, outputs):
        self.low = np.random.randn(inputs, units) * 0.3
        self.high = np.random.randn(units, outputs) * 0.3

    def forward(self, x):
        hidden = np.tanh(x @ self.low)
        return hidden, hidden @ self.high

    def train(self, x, y, rounds, rate):
        for _ in range(rounds):
            hidden, out = self.forward(x)
            d = (out - y) / len(x)
            e = d @ self.high.T * (1 - hidden**2)
            d_high, d_low = hidden.T @ d, x.T @ e
            self.high -= rate * d_high
            self.low -= rate * d_low
            cost = np.mean((out - y) ** 2)
            if cost < 1e-6:
                return 0.0

            return cost


rng = np.random.RandomState(3)
points = rng.randn(50, 4)
net = Net(4, 6, 1)
print(net.train(points, points[:, :1] * 2, 100, 0.1))
print(net.forward(points)[1][:3])
