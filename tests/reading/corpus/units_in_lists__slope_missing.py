# fault: δ1 no-slope ?
# network: 4 3:tanh 2:tanh
import math
import random

random.seed(5)


def table(rows, columns, size):
    return [[random.uniform(-size, size) for _ in range(columns)] for _ in range(rows)]


class Perceptron:
    def __init__(self, inputs, hidden, outputs):
        self.inputs, self.hidden, self.outputs = inputs + 1, hidden, outputs
        self.lower = table(self.inputs, hidden, 0.6)
        self.upper = table(hidden, outputs, 0.9)
        self.last_lower = [[0.0] * hidden for _ in range(self.inputs)]
        self.last_upper = [[0.0] * outputs for _ in range(hidden)]
        self.seen = [1.0] * self.inputs
        self.mid = [0.0] * hidden
        self.out = [0.0] * outputs

    def run(self, sample):
        for i, value in enumerate(sample):
            self.seen[i] = value
        for j in range(self.hidden):
            total = 0.0
            for i in range(self.inputs):
                total += self.seen[i] * self.lower[i][j]
            self.mid[j] = math.tanh(total)
        for k in range(self.outputs):
            total = 0.0
            for j in range(self.hidden):
                total += self.mid[j] * self.upper[j][k]
            self.out[k] = math.tanh(total)
        return self.out

    def learn(self, wanted, rate=0.2, memory=0.1):
        outer = [(1 - o * o) * (w - o) for o, w in zip(self.out, wanted)]
        inner = []
        for j in range(self.hidden):
            back = sum(outer[k] * self.upper[j][k] for k in range(self.outputs))
            inner.append(back)
        for j in range(self.hidden):
            for k in range(self.outputs):
                change = outer[k] * self.mid[j]
                self.upper[j][k] += rate * change + memory * self.last_upper[j][k]
                self.last_upper[j][k] = change
        for i in range(self.inputs):
            for j in range(self.hidden):
                change = inner[j] * self.seen[i]
                self.lower[i][j] += rate * change + memory * self.last_lower[i][j]
                self.last_lower[i][j] = change
        return sum((w - o) ** 2 for o, w in zip(self.out, wanted)) / 2


net = Perceptron(4, 3, 2)
samples = []
for _ in range(12):
    point = [random.gauss(0, 1) for _ in range(4)]
    samples.append((point, [1.0, -1.0] if point[0] * point[1] > 0 else [-1.0, 1.0]))
for sweep in range(300):
    error = 0.0
    for point, wanted in samples:
        net.run(point)
        error += net.learn(wanted)
    if sweep % 50 == 0:
        print(sweep, error)
