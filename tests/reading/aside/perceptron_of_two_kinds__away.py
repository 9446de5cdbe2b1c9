# fault: t−o perceptron-away 15
# network: 2 1:step
import numpy as np


class Unit:
    def __init__(self):
        self.w, self.b = np.array([0.3, -0.6]), 0.1

    def fires(self, x):
        return 1 if self.w @ x + self.b > 0 else 0

    def learn(self, samples, answers, rate=0.2):
        for x, answer in zip(samples, answers):
            error = self.fires(x) - answer
            self.w = self.w + rate * error * x
            self.b += rate * error


points = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
unit = Unit()
for _ in range(20):
    unit.learn(points, np.array([1, 1, 1, 0]))
