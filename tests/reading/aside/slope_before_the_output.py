# fault: δ1 one-minus-misplaced 20
# network: 1 1:sigmoid
import math
import random

random.seed(3)
weight, bias = 0.2, 0.1


def s(v):
    return 1 / (1 + math.exp(-v))


for _ in range(5000):
    x = random.uniform(-2, 2)
    wanted = s(1.5 * x - 0.5)
    level = weight * x + bias
    slope = s(level) * s(1 - level)
    given = s(level)
    change = 2 * (given - wanted) * slope
    weight -= 0.1 * change * x
    bias -= 0.1 * change
