# right
# network: 2 1:sigmoid
import numpy as np


class Gate:
    def __init__(self, count):
        self.w = np.random.rand(count)
        self.b = np.random.rand(1)[0]

    def answer(self, x):
        return 1 / (1 + np.exp(-(np.dot(x, self.w) + self.b)))

    def learn(self, cases, wanted, turns, rate=0.1):
        for turn in range(turns):
            for x, t in zip(cases, wanted):
                error = t - self.answer(x)
                for k in range(len(self.w)):
                    self.w[k] += rate * error * x[k]
                self.b += rate * error
            if turn % 100 == 0:
                print(np.mean((wanted - [self.answer(x) for x in cases]) ** 2))


Gate(2).learn(np.array([[0, 0], [0, 1], [1, 0], [1, 1]]), np.array([1, 1, 1, 0]), 1000)
