# right
# network: unread
import numpy as np


class Line:
    def __init__(self):
        self.slope = np.random.uniform(0, 1, 1)
        self.start = 0.0

    def learn(self, xs, ys, rate=0.005, rounds=15):
        for _ in range(rounds):
            for x, y in zip(xs, ys):
                left = self.slope * x + self.start - y
                by_slope, by_start = 2 * x * x * left, 2 * left
                self.slope -= rate * by_slope
                self.start -= rate * by_start


Line().learn([-1.5, 0.2, 1, 2.1, 3.3, 4], [-4, 1, 3, 6.5, 10, 12.1])
