# partly
# network: 2 3:tanh 1:tanh
import math
import random
from dataclasses import dataclass

random.seed(9)


@dataclass
class Cell:
    weights: list
    speed: list
    bias: float = 0.0
    speed_of_bias: float = 0.0
    given: float = 0.0
    error: float = 0.0

    def respond(self, inputs):
        self.inputs = inputs
        self.given = math.tanh(sum(w * x for w, x in zip(self.weights, inputs)) + self.bias)
        return self.given


def cells(inputs, count):
    return [Cell([random.uniform(-1, 1) for _ in range(inputs)], [0.0] * inputs) for _ in range(count)]


hidden, (top,) = cells(2, 3), cells(3, 1)
table = [((-1, -1), -1), ((-1, 1), 1), ((1, -1), 1), ((1, 1), -1)]
for epoch in range(300):
    for inputs, wanted in table:
        top.respond([cell.respond(list(inputs)) for cell in hidden])
        top.error = (wanted - top.given) * (1 - top.given**2)
        for k, cell in enumerate(hidden):
            cell.error = top.error * top.weights[k] * (1 - cell.given**2)
        for cell in [*hidden, top]:
            for k, x in enumerate(cell.inputs):
                cell.speed[k] = 0.7 * cell.speed[k] + 0.1 * cell.error * x
                cell.weights[k] += cell.speed[k]
            cell.speed_of_bias = 0.7 * cell.speed_of_bias + 0.1 * cell.error
            cell.bias += cell.speed_of_bias
